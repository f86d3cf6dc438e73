"""The contract in Pyodide, the Python of the browser that xlwings Lite runs: here in Node, with nothing licensed."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

import platformdirs
import pytest
import rapidfuzz

from tests.support import contract
from xlcredit.excel import functions

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "pyodide"
PACKAGES = {
    "xlcredit": ROOT / "xlcredit",
    "udfs": ROOT / "udfs",
    "platformdirs": Path(platformdirs.__file__).parent,
    "rapidfuzz": Path(rapidfuzz.__file__).parent,  # its compiled part does not load there; its Python does the same
}
CASES = contract.cases()
TODAY, ROWS = date(2026, 10, 31), 1_000


def drawn():
    """A call over many rows of each kind: counts, shares, days, and amounts of up to thousands of millions."""
    draw = random.Random(11)
    scores = [[draw.uniform(0, 100)] for _ in range(ROWS)]
    amounts = [[round(10 ** draw.uniform(-2, 9), 2)] for _ in range(ROWS)]
    others = [[round(10 ** draw.uniform(-2, 9), 2)] for _ in range(ROWS)]
    answers = [[draw.choice(["", round(draw.uniform(-1, 6), 2)]) for _ in range(6)] for _ in range(ROWS)]
    due = [[TODAY - timedelta(draw.randint(-60, 400))] for _ in range(ROWS)]
    paid = [[day + timedelta(draw.randint(-20, 200))] for [day] in due]
    customers = [[f"C{draw.randint(1, 40)}"] for _ in range(ROWS)]
    return [
        contract.Case("random rows", function, arguments, [])
        for function, *arguments in (
            ("CREDIT_SCORE", answers),
            ("CREDIT_LIMIT", scores, amounts, others),
            ("CREDIT_HEADROOM", amounts, others),
            ("AGING_TABLE", customers, due, amounts, [[TODAY]]),
            ("DUNNING_STAGE", due, [[TODAY]], amounts),
            ("AVG_DAYS_LATE", due, paid, amounts),
        )
    ]


DRAWN = drawn()


@pytest.fixture(scope="module")
def answers():
    """What Pyodide gives for every call, all asked in one start."""
    assert (HERE / "node_modules").is_dir(), "Pyodide is not installed: run 'make pyodide'"
    asked = [[case.function, case.arguments] for case in CASES + DRAWN]
    run = subprocess.run(
        ["node", str(HERE / "run.mjs"), *(f"{name}={folder}" for name, folder in PACKAGES.items())],
        input=json.dumps(asked, default=lambda day: {"date": day.isoformat()}),
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout, object_hook=lambda held: date.fromisoformat(held["date"]) if "date" in held else held)


@pytest.fixture(scope="module")
def given(answers):
    return dict(zip(map(str, CASES + DRAWN), answers["given"], strict=True))


@contract.parametrized(CASES)
def test_pyodide_gives_what_the_contract_says(case, given):
    contract.check(case, given[str(case)], reasons=False)  # there, an error is its bare code


@contract.parametrized(DRAWN)
def test_integers_of_32_bits_change_no_row(case, given):
    """Pyodide's addresses have 32 bits, and so have numpy's integers where no width is asked for."""
    plain = getattr(functions, case.function.lower())(*case.arguments)
    contract.check(contract.Case(case.name, case.function, case.arguments, plain), given[str(case)])


def test_it_was_the_browser_s_python_with_numpy_and_neither_xlwings_nor_a_library_that_reads_files(answers):
    read_files = {"isal", "openpyxl", "pandas", "python_calamine", "xlsxwriter"}
    xlwings = {name for name in answers["modules"] if name.startswith("xlwings.")}
    assert ("emscripten", "2.2.5") == (answers["platform"], answers["numpy"])
    assert set() == (read_files & set(answers["modules"])) | xlwings
