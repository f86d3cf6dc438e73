"""The names against the functions of Python, on random rows as people type them, by two independent engines."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tests.support.drawn import (
    DAYS,
    DAYS_OF_PYTHON,
    NO_DAYS,
    NO_NUMBERS,
    NOT_SET,
    NUMBERS,
    NUMBERS_OF_PYTHON,
    SET,
    TODAY,
    ForPythonAlone,
    drawn,
)
from tests.support.engines import DAY_ZERO, ENGINES, write_calls
from xlcredit import policy
from xlcredit.excel import cells, configuration, functions
from xlcredit.excel.native import lambdas, names
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.policysheet import policy_sheet
from xlcredit.locales import Words
from xlcredit.policy.canonical import canonical

EN = Words.of("en")
STANDARD = policy.load()
DRAWN = drawn(STANDARD, STANDARD.scorecards["trade"])
SPILLED = {"CREDIT_POINTS": 250}
"""Rows of one call: an engine spills no more than some thousands, and cellrune few of several columns."""
ROWS = 10_000
OTHERS = {
    "prompt, in yen": ("prompt", "currency=JPY", "limit.step=auto", "dunning.procedures.prompt.minimum_amount=0.4"),
    "stepped, in dinars": (
        "stepped",
        "currency=KWD",
        "limit.step=0.005",
        "scoring.scorecard=behaviour",
        "dunning.procedures.stepped.escalation=sequential",
        "dunning.procedures.stepped.grace_days=5",
        "dunning.procedures.stepped.minimum_amount=25.125",
    ),
    "three stages, averages up to a maximum": (
        "three-stage",
        "currency=CNY",
        "limit.combine=average",
        "limit.maximum=20000.01",
        "limit.step=7",
        "insurance.cover=0.9",
        "scorecards.trade.characteristics.debt_ratio.missing=reweight",
        "scorecards.trade.characteristics.net_margin.missing=reweight",
    ),
    "statements, no cap on worth": (
        "standard",
        "scoring.scorecard=financial",
        "limit.caps.net_worth=off",
        "limit.step=1000",
        "order.tolerance_days=0",
        "grades.E.limit_factor=0.1",
    ),
}


@pytest.fixture
def in_force(tmp_path, monkeypatch):
    """Makes a policy the active one of a user who has no other configuration."""

    def put(loaded):
        (tmp_path / "policies").mkdir()
        (tmp_path / "policies" / "own.toml").write_text(canonical(loaded), encoding="utf-8")
        (tmp_path / "config.toml").write_text('policy = "own"\n', encoding="utf-8")
        monkeypatch.setenv("XLCREDIT_HOME", str(tmp_path))
        configuration.reload()

    yield put
    monkeypatch.undo()
    configuration.reload()


def python(function, each, rows):
    return getattr(functions, function.lower())(*each.arguments(rows))


def calculated(engine, path, loaded, asked):
    """Function → what the engine makes of it over its rows, in as many calls as it can take."""
    calls = [
        (function, each.arguments(rows[top : top + most]), len(rows[top : top + most]), width)
        for function, (each, rows, width) in asked.items()
        for most in [SPILLED.get(function, 2_000)]
        for top in range(0, len(rows), most)
    ]
    corners = write_calls(path, policy_sheet(loaded, TODAY, EN), names(loaded, EN), calls)
    read, said = ENGINES[engine](path), {function: [] for function in asked}
    for corner, (function, _, height, width) in zip(corners, calls, strict=True):
        said[function] += read(*corner, height, width)
    return said


def differing(rows, said, wanted):
    """Rows of which a name says something else than Python; what Python alone reads must be an error to it."""
    return [
        (row, got, want)
        for row, got, want in zip(rows, said, wanted, strict=True)
        if not (all(map(is_error, got)) if is_for_python_alone(row) else got == [*map(code, want)])
    ]


def is_for_python_alone(row):
    return any(isinstance(cell, ForPythonAlone) for cell in row)


def is_error(cell):
    return isinstance(cell, str) and cell.startswith("#")


def code(cell):
    return cell.partition(" ")[0] if is_error(cell) else cell


@cache
def expected(function):
    """Rows, and what Python says of each."""
    rows = DRAWN[function].rows(ROWS, seed=20260630)
    return rows, python(function, DRAWN[function], rows)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("function", DRAWN)
def test_ten_thousand_random_rows_are_those_of_python(function, engine, in_force, tmp_path):
    in_force(STANDARD)
    rows, wanted = expected(function)
    asked = {function: (DRAWN[function], rows, len(wanted[0]))}
    said = calculated(engine, tmp_path / "calls.xlsx", STANDARD, asked)
    assert differing(rows, said[function], wanted) == []


@pytest.mark.parametrize("name", OTHERS)
def test_so_are_those_of_other_policies_and_currencies(name, in_force, tmp_path):
    loaded = policy.load(OTHERS[name][0], sets=OTHERS[name][1:])
    in_force(loaded)
    each = drawn(loaded, lambdas.card_of(Ranges(loaded, EN)))
    rows = {function: each[function].rows(150, seed=7) for function in each}
    wanted = {function: python(function, each[function], rows[function]) for function in each}
    asked = {function: (each[function], rows[function], len(wanted[function][0])) for function in each}
    for engine in ENGINES:
        said = calculated(engine, tmp_path / "calls.xlsx", loaded, asked)
        for function in each:
            assert (function, differing(rows[function], said[function], wanted[function])) == (function, [])


def test_most_random_rows_have_a_result_and_the_rest_an_error(in_force):
    in_force(STANDARD)
    for function in DRAWN:
        rows, wanted = expected(function)
        broken = sum(is_error(row[0]) for row in wanted)
        assert 0.05 < broken / len(rows) < 0.3
        assert len({repr(row) for row in wanted}) > 50
        assert any(map(is_for_python_alone, rows))


READ = {
    # helper → what Python makes of cells; texts as both read them, as Python alone does, and as nobody does
    "XLC_NUMBER": (cells.numbers, NUMBERS, NUMBERS_OF_PYTHON, NO_NUMBERS),
    "XLC_DAY": (cells.days, DAYS, DAYS_OF_PYTHON, NO_DAYS),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("helper", READ)
def test_a_text_is_read_as_python_reads_it_or_is_an_error(helper, engine, tmp_path):
    of_python, by_both, by_python, by_nobody = READ[helper]
    texts = [*by_both, *by_python, *by_nobody]
    found, broken = of_python(texts)
    assert [found[at].item() for at in range(len(texts)) if at not in broken] == [
        *by_both.values(),
        *by_python.values(),
    ]
    assert [texts[at] for at in broken] == [*by_nobody]
    calls = [(helper, [[[text]]], 1, 1) for text in texts]
    corners = write_calls(tmp_path / "calls.xlsx", policy_sheet(STANDARD, TODAY, EN), names(STANDARD, EN), calls)
    read = ENGINES[engine](tmp_path / "calls.xlsx")
    assert [read(*corner, 1, 1)[0][0] for corner in corners] == [
        *map(serial, by_both.values()),
        *["#VALUE!"] * (len(by_python) + len(by_nobody)),
    ]


def serial(value):
    return value.toordinal() - DAY_ZERO if isinstance(value, date) else value


@pytest.mark.parametrize("engine", ENGINES)
def test_a_block_is_set_by_any_text_but_a_no(engine, tmp_path):
    calls = [("XLC_IS_SET", [[[text]]], 1, 1) for text in (*SET, *NOT_SET)]
    corners = write_calls(tmp_path / "calls.xlsx", policy_sheet(STANDARD, TODAY, EN), names(STANDARD, EN), calls)
    read = ENGINES[engine](tmp_path / "calls.xlsx")
    wanted = [True] * len(SET) + [False] * len(NOT_SET)
    assert cells.flags([*SET, *NOT_SET])[0].tolist() == wanted
    assert [read(*corner, 1, 1)[0][0] for corner in corners] == wanted
