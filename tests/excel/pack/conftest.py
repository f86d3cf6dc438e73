"""The demo's review, made once, and packs of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbooks import AS_OF, build_demo, build_rates
from xlcredit.control import Review, review
from xlcredit.control.listing import Lists
from xlcredit.control.lists import lists_of
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.rates import read_rates
from xlcredit.policy import load


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Review, Lists]:
    folder = tmp_path_factory.mktemp("demo")
    ledger = open_ledger(FileWorkbook(build_demo(folder / "demo.xlsx", records=True))).ledger
    found = review(ledger, load(), AS_OF, read_rates(FileWorkbook(build_rates(folder / "rates.csv"))))
    return found, lists_of(found)


@pytest.fixture(scope="package")
def packs(demo: tuple[Review, Lists], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's pack in each language."""
    folder = tmp_path_factory.mktemp("packs")
    made = {lang: folder / f"pack-{lang}.xlsx" for lang in ("en", "zh", "both")}
    for lang, path in made.items():
        build_pack(*demo, path, lang)
    return made
