"""Pack: the credit pack of a large ledger, against openpyxl and pandas writing the same tables; time and memory.

The peers get the tables ready made and write cells alone, into plain sheets. xlcredit makes the tables, counted as
its own, and writes formulas, formats, colours, filters, charts and the pages that read them. The same goes for the
pack inside the ledger's workbook, where whole processes are measured, review and reading included.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.clock import seconds
from benchmarks.figures import Figure, at_most, memory_of, time_of
from benchmarks.ledgerfile import folder, ledger_file
from benchmarks.processes import growth, report_growth, usage
from xlcredit.control import Review, review
from xlcredit.control.listing import Lists
from xlcredit.control.lists import lists_of
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.pack.recipe import pack_tables
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable
from xlcredit.excel.workbook import column_cells
from xlcredit.ledger.ledger import Ledger, customers_from, items_from
from xlcredit.policy import load

if TYPE_CHECKING:
    from openpyxl import Workbook

AS_OF = date(2026, 10, 31)
CUSTOMERS = 20_000
ITEMS = 200_000


def measure(*, quick: bool) -> Iterator[Figure]:
    """One run of each: writers take minutes, and their ratio is far from 1."""
    n_customers, n_items = (1_000, 10_000) if quick else (CUSTOMERS, ITEMS)
    actions = _actions(n_customers, n_items)
    took = {name: seconds(action) for name, action in actions.items()}
    grown = {name: growth(__name__, name, str(n_customers), str(n_items)) for name in actions}
    what = f"credit pack of {n_customers:,} customers and {n_items:,} items"
    for peer, slower, lighter in (("openpyxl", 1 / 3, 1.5), ("pandas", 1 / 5, 1 / 5)):
        told = f"{peer}: the same tables as plain cells"
        ours, theirs = took["pack"], took[peer]
        yield at_most(slower, f"{what}: time", time_of(ours), told, time_of(theirs), ours / theirs)
        ours, theirs = grown["pack"], grown[peer]
        yield at_most(lighter, f"{what}: memory it adds", memory_of(ours), told, memory_of(theirs), ours / theirs)
    yield from _inside(n_customers, n_items)


def _inside(n_customers: int, n_items: int) -> Iterator[Figure]:
    """The pack as sheets of the ledger's workbook: whole processes, from the file that is read to the one written."""
    source, target = ledger_file(n_items), folder() / "inside.xlsx"
    command = ("-m", "xlcredit", "run", source, "--pack", "--as-of", AS_OF.isoformat(), "--fail-on", "never")
    ours = usage(*command, "-o", target)
    theirs = usage("-m", __name__, "inside", str(n_customers), str(n_items))
    what, told = f"run --pack on a workbook of {n_items:,} items", "openpyxl: load, add the same tables, save"
    for figure, spent, peer, tell, bound in (
        ("time", ours.seconds, theirs.seconds, time_of, 1 / 3),
        ("peak memory", ours.megabytes, theirs.megabytes, memory_of, 1 / 2),
    ):
        yield at_most(bound, f"{what}: {figure}", tell(spent), told, tell(peer), spent / peer)


def _actions(n_customers: int, n_items: int) -> Mapping[str, Callable[[], object]]:
    found = reviewed(n_customers, n_items)
    lists = lists_of(found)
    tables = pack_tables(found, lists, Speech.of("en"))
    target = folder() / "pack.xlsx"
    return {
        "pack": lambda: build_pack(found, lists, target, "en"),
        "openpyxl": lambda: by_openpyxl(tables, target.with_name("by-openpyxl.xlsx")),
        "pandas": lambda: by_pandas(tables, target.with_name("by-pandas.xlsx")),
    }


def reviewed(n_customers: int, n_items: int) -> Review:
    """The review of a seeded ledger: every item open, some of them long overdue."""
    draw = np.random.default_rng(1)
    owner = draw.integers(0, n_customers, n_items)
    day = np.datetime64(AS_OF) - draw.integers(1, 400, n_items)
    names = np.array([f"{number:06d}" for number in range(n_customers)], dtype=object)
    items = items_from(
        {
            "customer": names[owner],
            "name": np.array([f"Customer number {number}" for number in range(n_customers)], dtype=object)[owner],
            "document": np.array([f"INV{number:08d}" for number in range(n_items)], dtype=object),
            "document_date": day,
            "due_date": day + 30,
            "amount": np.round(draw.uniform(10, 9_999, n_items), 2),
            "currency": np.full(n_items, "CNY", dtype=object),
        }
    )
    people = customers_from({"customer": names, "credit_limit": np.round(draw.uniform(1e4, 2e5, n_customers), -3)})
    return review(Ledger(items, people), load(), AS_OF)


def by_openpyxl(tables: Sequence[PackTable], target: Path) -> None:
    """The tables as openpyxl writes them, a row after the other."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _add_sheets(book, tables)
    book.save(target)


def inside_by_openpyxl(tables: Sequence[PackTable], source: Path, target: Path) -> None:
    """The ledger's workbook as openpyxl loads and saves it, the tables added."""
    from openpyxl import load_workbook

    book = load_workbook(source)
    _add_sheets(book, tables)
    book.save(target)


def _add_sheets(book: Workbook, tables: Sequence[PackTable]) -> None:
    for table in tables:
        sheet = book.create_sheet(table.key)
        sheet.append([column.heads[0] for column in table.columns])
        for row in zip(*(column_cells(column) for column in table.written()), strict=True):
            sheet.append(row)


def by_pandas(tables: Sequence[PackTable], target: Path) -> None:
    """The tables as pandas writes them with its default engine for writing."""
    import pandas as pd

    with pd.ExcelWriter(target, engine="xlsxwriter") as book:
        for table in tables:
            columns = {column.header: column_cells(column) for column in table.written()}
            pd.DataFrame(columns).to_excel(book, sheet_name=table.key, index=False)


def _main(name: str, n_customers: int, n_items: int) -> None:
    found = reviewed(n_customers, n_items)
    lists: Lists = lists_of(found)
    if name == "pack":
        report_growth(lambda: build_pack(found, lists, folder() / "pack.xlsx", "en"))
        return
    tables = pack_tables(found, lists, Speech.of("en"))
    if name == "inside":
        inside_by_openpyxl(tables, ledger_file(n_items), folder() / "inside-by-openpyxl.xlsx")
        return
    write = {"openpyxl": by_openpyxl, "pandas": by_pandas}[name]
    report_growth(lambda: write(tables, folder() / f"{name}.xlsx"))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
