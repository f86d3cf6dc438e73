"""The reviewed workbook of the smaller demo: dumped, recalculated, without errors or broken links."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.pack.test_recalculated import by_ironcalc, differing, formulas, held
from tests.support.dump import dump, opened
from tests.support.office import convert
from workbooks import AS_OF, build_demo, build_rates
from xlcredit.cli import main

GOLDEN = Path(__file__).parent / "golden" / "reviewed.txt"
ROWS = 7
"""Rows of a sheet that are dumped: below the ledger's title rows its first two."""


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewed")
    source = build_demo(folder / "demo-ledger.xlsx", records=True)
    asked = [str(source), "--as-of", AS_OF.isoformat(), "--rates", str(build_rates(folder / "rates.csv"))]
    assert main(["run", *asked, "--fail-on", "never"]) == 0
    return folder / "demo-ledger.reviewed.xlsx"


def test_the_golden_dump(reviewed: Path, update_golden: bool) -> None:
    said = dump(reviewed, ROWS)
    if update_golden:
        GOLDEN.write_text(said, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == said


def test_no_cell_holds_an_error_and_every_link_leads_to_a_sheet(reviewed: Path) -> None:
    book = opened(reviewed, values=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []
    links = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert {link.partition("!")[0].strip("'") for link in links} == {"Open items"}


def test_libreoffice_and_an_independent_engine_give_every_cached_value(reviewed: Path) -> None:
    places = list(formulas(reviewed))
    cached = held(reviewed, places)
    assert len(places) == 7
    assert differing(cached, held(convert(reviewed, "xlsx", timeout=300), places)) == []
    assert differing(cached, by_ironcalc(reviewed, places)) == []
