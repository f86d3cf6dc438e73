"""The defined names against the rules of Python, on random customers and items, by two independent engines."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from tests.support.engines import ENGINES, write_calls
from xlcredit import policy
from xlcredit.excel.native import names
from xlcredit.excel.native.spelling import filed
from xlcredit.excel.policysheet import policy_sheet
from xlcredit.kernel.bands import Bands, Bound
from xlcredit.locales import Words
from xlcredit.rules import scorecard
from xlcredit.rules.scorecard import Characteristic, Scorecard

EN = Words.of("en")
ROWS, SPILLED = 10_000, 2_000
"""Rows in all, and of one call: an engine spills no more than some thousands."""


def test_parameters_and_newer_functions_get_their_prefixes():
    assert filed('LAMBDA(v,LET(said,TRIM(v),said&"v"))') == (
        '_xlfn.LAMBDA(_xlpm.v,_xlfn.LET(_xlpm.said,TRIM(_xlpm.v),_xlpm.said&"v"))'
    )
    assert filed("INDEX({sheet[policy]}!$E$2,1)") == "INDEX({sheet[policy]}!$E$2,1)"


def answers(seed):
    draw = random.Random(seed)
    bounds = [0.0, 0.03, 0.08, 0.1, 0.25, 0.4, 0.5, 0.55, 0.7, 0.85, 1.0, 2.0, 3.0, 5.0, 15.0, 30.0, 60.0]
    return [[_answer(draw, bounds) for _ in range(6)] for _ in range(ROWS)]


def _answer(draw, bounds):
    return draw.choice(["", draw.choice(bounds), draw.choice(bounds), draw.uniform(-1, 2), draw.uniform(-9, 99)])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sets", [(), ("scorecards.trade.characteristics.debt_ratio.missing=reweight",)])
def test_scores_are_those_of_python(engine, sets, tmp_path):
    given, loaded = answers(7), policy.load(sets=sets)
    columns = [
        np.array([float(cell) if cell != "" else np.nan for cell in column]) for column in zip(*given, strict=True)
    ]
    wanted = scorecard.score(loaded.scorecards["trade"], columns).tolist()
    path = tmp_path / "scores.xlsx"
    sheet = policy_sheet(loaded, date(2026, 6, 30), EN)
    calls = [("CREDIT_SCORE", [given[top : top + SPILLED]], SPILLED, 1) for top in range(0, ROWS, SPILLED)]
    corners = write_calls(path, sheet, names(loaded, EN), calls)
    read = ENGINES[engine](path)
    said = [row[0] for corner in corners for row in read(*corner, SPILLED, 1)]
    assert said == ["" if np.isnan(score) else score for score in wanted]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", policy.builtin_names())
def test_stages_climb_as_python_says(engine, name, tmp_path):
    loaded, today = policy.load(name), date(2026, 6, 30)
    due = [[today - timedelta(days)] for days in range(-40, 220)]
    calls = [("DUNNING_STAGE", [due, [[today]], [[100]], [[""]], [[""]]], len(due), 1)]
    path = tmp_path / "stages.xlsx"
    [corner] = write_calls(path, policy_sheet(loaded, today, EN), names(loaded, EN), calls)
    said = [row[0] for row in ENGINES[engine](path)(*corner, len(due), 1)]
    assert said == loaded.dunning.bands.index(np.arange(-40.0, 220.0)).tolist()


def test_a_half_hundredth_is_rounded_up():
    """12.34 of 80 points at stake are 15.425 of 100."""
    questions = (
        Characteristic("debt_ratio", Bands((Bound(0.5),), (12.34, 80.0)), "higher"),
        Characteristic("net_margin", Bands((Bound(0.5),), (0.0, 20.0)), "higher"),
    )
    scored = scorecard.score(Scorecard("half", questions), [np.array([0.1]), np.array([np.nan])])
    assert scored.tolist() == [15.43]
