"""The demo's review, made once, and packs of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbooks import AS_OF, build_demo, build_rates
from xlcredit.cli import main
from xlcredit.control import Review, review
from xlcredit.control.listing import Lists
from xlcredit.control.lists import lists_of
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.rates import read_rates
from xlcredit.policy import load


@pytest.fixture(scope="package")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demo's ledger of sixty customers, and its exchange rates."""
    folder = tmp_path_factory.mktemp("demo")
    return build_demo(folder / "demo.xlsx", records=True), build_rates(folder / "rates.csv")


@pytest.fixture(scope="package")
def demo(files: tuple[Path, Path]) -> tuple[Review, Lists]:
    ledger, rates = map(FileWorkbook, files)
    found = review(open_ledger(ledger).ledger, load(), AS_OF, read_rates(rates))
    return found, lists_of(found)


@pytest.fixture(scope="package")
def inside(files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's ledger with its pack inside."""
    ledger, rates = files
    target = tmp_path_factory.mktemp("inside") / "demo.xlsx"
    main(["run", str(ledger), "--pack", "--as-of", f"{AS_OF}", "--rates", str(rates), "-o", str(target)])
    return target


@pytest.fixture(scope="package")
def packs(demo: tuple[Review, Lists], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's pack in each language."""
    folder = tmp_path_factory.mktemp("packs")
    made = {lang: folder / f"pack-{lang}.xlsx" for lang in ("en", "zh", "both")}
    for lang, path in made.items():
        build_pack(*demo, path, lang)
    return made
