"""Patching: five columns into a 100,000-row sheet, against the bound, and how much memory it takes as sheets grow.

The bound inflates the sheet's XML, splits it at ``</row>``, joins ready-made cells in and deflates it: no patch of any
kind can do less. Patching also formats the values, checks every row and cell, writes styles and names, and syncs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from isal import isal_zlib

from benchmarks.clock import in_turn
from benchmarks.figures import Figure, at_most, memory_of, time_of
from benchmarks.ledgerfile import HEADINGS, SHEET, folder, ledger_file
from benchmarks.processes import growth, report_growth
from xlcredit.excel.additions import Column, Columns
from xlcredit.excel.patch import patch

PART = "xl/worksheets/sheet1.xml"
GROWTH = 1.5


def measure(*, quick: bool) -> Iterator[Figure]:
    """Time against the bound; memory at 10 k, 100 k and 1 M rows."""
    n_rows = 10_000 if quick else 100_000
    source, target = ledger_file(n_rows), folder() / "patched.xlsx"
    wanted, xml = five_columns(n_rows), _deflated_sheet(source)
    cells = [_cells(row) for row in range(2, n_rows + 2)]
    actions = {"patch": lambda: patch(source, target, [wanted]), "bound": lambda: bound(xml, cells)}
    took = in_turn(actions, 3 if quick else 5)
    yield at_most(
        3, f"patch 5 columns into {n_rows:,} rows", time_of(took["patch"]), "inflate, split, join, deflate (isal)",
        time_of(took["bound"]), took["patch"] / took["bound"],
    )  # fmt: skip
    yield from _memory((1_000, 10_000) if quick else (10_000, 100_000, 1_000_000))


def _memory(sizes: tuple[int, ...]) -> Iterator[Figure]:
    """What patching adds to the memory of a process that holds the values; the largest beside the one before it."""
    taken = {n_rows: growth(__name__, ledger_file(n_rows, streamed=True), str(n_rows)) for n_rows in sizes}
    for n_rows, found in taken.items():
        what = f"memory that patching 5 columns into {n_rows:,} rows adds to the values' own"
        if n_rows < sizes[-1]:  # a small sheet is no larger than the buffers
            yield Figure(what, memory_of(found))
        else:
            before = taken[sizes[-2]]
            yield at_most(GROWTH, what, memory_of(found), f"{sizes[-2]:,} rows", memory_of(before), found / before)


def five_columns(n_rows: int) -> Columns:
    """Days past due, bucket, stage, action and open amount, as a review adds them."""
    draw = np.random.default_rng(1)
    days = draw.integers(-60, 400, n_rows).astype(float)
    words = np.array(["Not due", "1–30 days", "31–60 days", "61–90 days", "Over 180 days"], dtype=object)
    actions = np.array(["", "Send a payment reminder by e-mail", "Call about the overdue amount"], dtype=object)
    columns = (
        Column("Days past due", "integer", days),
        Column("Aging bucket", "text", words[draw.integers(0, len(words), n_rows)]),
        Column("Dunning stage", "integer", draw.integers(0, 4, n_rows).astype(float)),
        Column("Next action", "text", actions[draw.integers(0, len(actions), n_rows)]),
        Column("Open amount", "amount", np.round(draw.uniform(0, 9_999, n_rows), 2)),
    )
    return Columns("ledger", SHEET, 0, n_rows, len(HEADINGS) - 1, np.arange(1, n_rows + 1), columns)


def bound(deflated: bytes, cells: list[bytes]) -> bytes:
    """The same XML in and out as fast as it goes."""
    xml = isal_zlib.decompress(deflated, wbits=-15)
    head, *rows = xml.split(b"</row>")
    joined = [head]
    for added, row in zip(cells, rows[:-1], strict=True):
        joined += (b"</row>", row, added)
    joined += (b"</row>", rows[-1])
    return isal_zlib.compress(b"".join(joined), 1, wbits=-15)


def _cells(row: int) -> bytes:
    kinds = zip("MNOPQ", ("17", "1–30 days", "2", "Call about the overdue amount", "4711.08"), strict=True)
    return "".join(
        f'<c r="{at}{row}" s="3"><v>{value}</v></c>'
        if value[0].isdigit() and "–" not in value
        else f'<c r="{at}{row}" s="3" t="inlineStr"><is><t>{value}</t></is></c>'
        for at, value in kinds
    ).encode()


def _deflated_sheet(source: Path) -> bytes:
    with ZipFile(source) as package:
        return isal_zlib.compress(package.read(PART), 1, wbits=-15)


def _main(source: Path, n_rows: int) -> None:
    wanted = five_columns(n_rows)
    report_growth(lambda: patch(source, source.with_name(f"patched-{n_rows}.xlsx"), [wanted]))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))
