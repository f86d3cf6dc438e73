"""Sheets spelled every which way: what was in them reads back the same, ours read back as given, twice is once."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.support.ledgers import plain
from tests.support.packages import LEDGER, MAIN, read_parts, write_parts
from xlcredit.excel.additions import Column, Columns
from xlcredit.excel.marks import own_columns
from xlcredit.excel.patch import patch
from xlcredit.ledger.grid import letter

WIDTH = 4

cell = st.one_of(
    st.none(), st.integers(-5, 5).map(float), st.sampled_from(["a", "<&>", "</row>", "</c>", "x:c", '"q"'])
)
row = st.lists(cell, min_size=0, max_size=WIDTH)
spelling = st.fixed_dictionaries(
    {
        "prefix": st.sampled_from(["", "x:"]),
        "row_numbers": st.booleans(),
        "cell_addresses": st.booleans(),
        "blanks_written": st.booleans(),
        "quote": st.sampled_from(['"', "'"]),
        "spans": st.booleans(),
        "between": st.sampled_from(["", "\n  ", "<!-- </row><c r='Z9'> -->"]),
        "cdata": st.booleans(),
        "empty_rows": st.sampled_from(["closed", "open", "left out"]),
    }
)
texts = st.text(st.characters(codec="utf-8"), max_size=12)


def sheet_xml(rows: list[list], how: dict) -> str:
    p, q = how["prefix"], how["quote"]
    body = "".join(filter(None, (row_xml(at, cells, how) + how["between"] for at, cells in enumerate(rows, 1))))
    space = f"xmlns{':x' if p else ''}={q}{MAIN}{q}"
    return f"<{p}worksheet {space}><{p}sheetData>{body}</{p}sheetData></{p}worksheet>"


def row_xml(number: int, cells: list, how: dict) -> str:
    p, q = how["prefix"], how["quote"]
    # Where rows or cells do not say their place, none may be left out.
    implied = not how["row_numbers"]
    tag = f"{p}row" + ("" if implied else f" r={q}{number}{q}") + (f" spans={q}1:{WIDTH}{q}" if how["spans"] else "")
    written = "".join(cell_xml(number, at, value, how) for at, value in enumerate(cells))
    if not written and how["empty_rows"] != "open":
        return "" if how["empty_rows"] == "left out" and not implied else f"<{tag}/>"
    return f"<{tag}>{written}</{p}row>"


def cell_xml(number: int, column: int, value, how: dict) -> str:
    p, q = how["prefix"], how["quote"]
    address = f" r={q}{letter(column)}{number}{q}" if how["cell_addresses"] else ""
    if value is None:
        return f"<{p}c{address}/>" if how["blanks_written"] or not how["cell_addresses"] else ""
    if isinstance(value, float):
        return f"<{p}c{address}><{p}v>{value!r}</{p}v></{p}c>"
    text = f"<![CDATA[{value}]]>" if how["cdata"] else value.replace("&", "&amp;").replace("<", "&lt;")
    return f"<{p}c{address} t={q}inlineStr{q}><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>"


def by_openpyxl(path: Path) -> dict[tuple[int, int], object]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    found = ((c.row - 1, c.column - 1, c.value) for row in sheet.iter_rows() for c in row)
    return {(r, c): v for r, c, v in found if v not in {None, ""}}


def by_calamine(path: Path) -> dict[tuple[int, int], object]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {(r, c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""}


@settings(deadline=None, max_examples=60)
@given(st.lists(row, max_size=7), spelling, st.data())
def test_any_spelling_of_any_sheet(rows, how, data):
    items = sorted(data.draw(st.sets(st.integers(1, 9), min_size=1, max_size=6), label="item rows"))
    numbers = data.draw(st.lists(st.floats(-1e9, 1e9) | st.just(np.nan), min_size=len(items), max_size=len(items)))
    labels = data.draw(st.lists(texts, min_size=len(items), max_size=len(items)))
    columns = (Column("Ours", "amount", np.array(numbers)), Column("Label", "text", np.array(labels, dtype=object)))
    last_column = data.draw(st.integers(0, WIDTH), label="last column")
    wanted = Columns("ledger", "Open items", 0, 9, last_column, np.array(items, dtype=np.int64), columns)
    with TemporaryDirectory() as folder:
        source, once, twice = (Path(folder, f"{name}.xlsx") for name in ("source", "once", "twice"))
        parts = read_parts(plain(source))
        write_parts(source, {**parts, LEDGER: sheet_xml(rows, how).encode()})
        before = by_openpyxl(source)
        patch(source, once, [wanted])
        patch(once, twice, [wanted])
        assert read_parts(once) == read_parts(twice)
        _, first, last = own_columns(once)["ledger"]
        ours = {(0, first): "Ours", (0, last): "Label"}
        ours |= {(at, first): v for at, v in zip(items, numbers, strict=True) if not np.isnan(v)}
        assert by_calamine(source) | ours | {
            (at, last): text for at, text in zip(items, labels, strict=True) if text
        } == by_calamine(once)
        after = {place: v for place, v in by_openpyxl(once).items() if place[1] not in {first, last}}
        assert before == after
        assert not any(first <= column <= last for _, column in before)
