"""Lists: what a review of the demo ledger lists, with the columns of each as sheets and JSON have them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pages import code, table
from workbooks import AS_OF, build_demo, build_rates
from xlcredit.control import review
from xlcredit.control.listing import Listing
from xlcredit.control.lists import lists_of
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.rates import read_rates
from xlcredit.locales import Words
from xlcredit.policy import load

INTRODUCTION = """\
# Lists

A review makes these lists; each that has a line becomes a sheet of its own and, under its key, part of the
[JSON](json.md). What is to be done first stands first. Columns that say nothing in any line are left out; amounts are
in the review's currency. The lists below are those of the demo ledger.
"""


def page() -> str:
    """Every list of the demo's review."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_ledger(FileWorkbook(build_demo(Path(folder) / "demo-ledger.xlsx", records=True)))
        rates = read_rates(FileWorkbook(build_rates(Path(folder) / "demo-rates.csv")))
        lists = lists_of(review(desk.ledger, load(), AS_OF, rates))
    return "\n".join([INTRODUCTION, *map(_listed, lists.values())])


def _listed(listing: Listing) -> str:
    english, chinese = Words.of("en"), Words.of("zh")
    rows = [
        (code(field.key), english("columns", field.key), chinese("columns", field.key), field.kind)
        for field in listing.fields
    ]
    heading = f"## {english('lists', listing.key)} · {chinese('lists', listing.key)}"
    counted = f"`{listing.key}`, {len(listing)} {'line' if len(listing) == 1 else 'lines'} in the demo."
    return f"{heading}\n\n{counted}\n\n{table(('key', 'heading', '表头', 'kind'), rows)}"
