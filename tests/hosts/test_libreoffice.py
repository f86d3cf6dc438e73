"""The worksheet functions called by LibreOffice Calc through the extension."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.calc import ERRORS, Calc, needed, packages, sheet
from tests.support.contract import Case, Table, cases, check, named, parametrized, with_dates
from udfs.calc.build import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    needed()
    # Not in pytest's folder, which nobody else may enter: LibreOffice adds the extension as nobody.
    with TemporaryDirectory(prefix="xlcredit-calc-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        calc = Calc(folder)
        calc.add(build(tmp_path_factory.mktemp("built")))
        yield calc


def holds_errors(case: Case) -> bool:
    """Whether a range of several cells has an error: Calc then calls nothing and gives #VALUE! throughout."""
    ranges = [rows for rows in case.arguments if len(rows) > 1 or len(rows[0]) > 1]
    return any(cell in ERRORS for rows in ranges for row in rows for cell in row)


def holds_true(case: Case) -> bool:
    """Whether an answer is TRUE, which is the figure 1 to Calc."""
    return case.function != "DUNNING_STAGE" and any(c is True for rows in case.arguments for row in rows for c in row)


@pytest.fixture(scope="module")
def shown(calc: Calc) -> dict[str, Table]:
    """What Calc shows for every case of the contract, all recalculated in one start."""
    texts = [sheet(f"c{number}", case) for number, case in enumerate(cases())]
    found = calc.sheets(texts, packages())
    return {case.name: found[f"c{number}"] for number, case in enumerate(cases())}


def result(case: Case, shown: Table) -> Table:
    wide = max(map(len, case.expected))
    return with_dates(case, [row[:wide] for row in shown[: len(case.expected)]])


@parametrized([case for case in cases() if not holds_errors(case) and not holds_true(case)])
def test_calc_gives_what_the_contract_says(case: Case, shown: dict[str, Table]):
    check(case, result(case, shown[case.name]), reasons=False)


@parametrized([case for case in cases() if holds_errors(case)])
def test_an_error_within_a_range_spoils_the_whole_call(case: Case, shown: dict[str, Table]):
    assert {"#VALUE!"} == {cell for row in result(case, shown[case.name]) for cell in row}


def test_without_xlcredit_every_cell_says_what_is_missing(calc: Calc, tmp_path: Path):
    shown = calc.sheets([sheet("days", named("due today is not overdue"))], packages=str(tmp_path))
    assert "xlcredit cannot be loaded by LibreOffice's Python 3." in shown["days"][0][0]
    assert "No module named 'udfs'" in shown["days"][0][0]
