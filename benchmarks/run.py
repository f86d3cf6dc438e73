"""Run: a 100,000 × 12 ledger workbook in and out, against openpyxl loading it, adding the same columns and saving.

The peer is given the values ready made; xlcredit also reads, judges, reviews and adds the Credit review sheet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook

from benchmarks.figures import Figure, at_least, at_most, memory_of, time_of
from benchmarks.ledgerfile import AS_OF, HEADINGS, SHEET, folder, ledger_file
from benchmarks.processes import Usage, usage


def measure(*, quick: bool) -> Iterator[Figure]:
    """Wall time and peak memory of both, in processes of their own, taking turns."""
    n_rows = 10_000 if quick else 100_000
    source = ledger_file(n_rows)
    ours, theirs = [_review(source)], []
    values = _added_values(reviewed(source))
    usage("-c", "import openpyxl")  # whose bytecode is there then, as ours is after the first run
    for turn in range(1 if quick else 3):
        ours.append(_review(source))
        if turn < 2:  # it takes its time
            theirs.append(usage("-m", __name__, source, values, folder() / "by-openpyxl.xlsx"))
    what = f"review a {n_rows:,} × {len(HEADINGS)} ledger workbook and give it back enriched"
    mine, peers = _typical(ours[1:]), _typical(theirs)  # the first run found cold caches
    peer = "openpyxl: load, add the same columns, save"
    yield at_least(
        15, f"{what}: time", time_of(mine.seconds), peer, time_of(peers.seconds), peers.seconds / mine.seconds
    )
    yield at_most(
        1 / 3, f"{what}: peak memory", memory_of(mine.megabytes), peer, memory_of(peers.megabytes),
        mine.megabytes / peers.megabytes,
    )  # fmt: skip


def reviewed(source: Path) -> Path:
    """Where a reviewed ledger lies."""
    return source.with_name(f"{source.stem}.reviewed.xlsx")


def _review(source: Path) -> Usage:
    return usage(
        "-m",
        "xlcredit",
        "run",
        source,
        "--as-of",
        AS_OF,
        "--fail-on",
        "never",
        "--no-lists",
        "-o",
        reviewed(source),
    )


def _typical(runs: list[Usage]) -> Usage:
    return Usage(median(run.seconds for run in runs), median(run.megabytes for run in runs))


def _added_values(enriched: Path) -> Path:
    """The cells that xlcredit added beside the ledger, a line each row, as the peer is given them."""
    rows = CalamineWorkbook.from_path(enriched).get_sheet_by_name(SHEET).to_python()
    path = folder() / "values.tsv"
    lines = ("\t".join(str(cell) for cell in row[len(HEADINGS) :]) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def add_by_openpyxl(source: Path, values: Path, target: Path) -> None:
    """The peer: the whole workbook into memory, the cells set, the whole workbook out."""
    import openpyxl

    book = openpyxl.load_workbook(source)
    sheet = book[SHEET]
    with values.open(encoding="utf-8") as lines:
        for row, line in enumerate(lines, 1):
            for at, text in enumerate(line.rstrip("\n").split("\t"), len(HEADINGS) + 1):
                sheet.cell(row, at, float(text) if text.lstrip("-").replace(".", "", 1).isdigit() else text or None)
    book.save(target)


if __name__ == "__main__":
    add_by_openpyxl(*map(Path, sys.argv[1:]))
