"""Lists: what a review of the demo ledger lists, with the columns of each as sheets and JSON have them."""

from __future__ import annotations

import tempfile
import tomllib
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
[JSON](json.md). What is to be done first stands first. Columns that say nothing in any line are left out (below they
are those of a demo ledger); amounts are in the review's currency.
"""
PURPOSES = Path(__file__).with_name("lists.toml")


def page() -> str:
    """Every list of the demo's review."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_ledger(FileWorkbook(build_demo(Path(folder) / "demo-ledger.xlsx", records=True)))
        rates = read_rates(FileWorkbook(build_rates(Path(folder) / "demo-rates.csv")))
        lists = lists_of(review(desk.ledger, load(), AS_OF, rates))
    purposes = tomllib.loads(PURPOSES.read_text(encoding="utf-8"))
    if unused := set(purposes) - set(lists):
        raise ValueError(f"{PURPOSES.name} explains lists that there are none of: {', '.join(sorted(unused))}")
    rows = [(f"[{_title(key, 'en')}](#{_anchor(key)})", _title(key, "zh"), purposes[key]) for key in lists]
    return "\n".join([INTRODUCTION, table(("list", "清单", "what it is for"), rows), *map(_listed, lists.values())])


def _title(key: str, lang: str) -> str:
    return Words.of(lang)("lists", key)


def _anchor(key: str) -> str:
    return f"{_title(key, 'en')}  {_title(key, 'zh')}".lower().replace(" ", "-")


def _listed(listing: Listing) -> str:
    english, chinese = Words.of("en"), Words.of("zh")
    rows = [
        (code(field.key), english("columns", field.key), chinese("columns", field.key), field.kind)
        for field in listing.fields
    ]
    heading = f"## {_title(listing.key, 'en')} · {_title(listing.key, 'zh')}"
    return f"{heading}\n\nKey: `{listing.key}`.\n\n{table(('key', 'heading', '表头', 'kind'), rows)}"
