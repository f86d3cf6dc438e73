"""How the defined names are written, and that stages climb as the rules of Python say, by two independent engines."""

from __future__ import annotations

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


def test_parameters_and_newer_functions_get_their_prefixes():
    assert filed('LAMBDA(v,LET(said,TRIM(v),said&"v"))') == (
        '_xlfn.LAMBDA(_xlpm.v,_xlfn.LET(_xlpm.said,TRIM(_xlpm.v),_xlpm.said&"v"))'
    )
    assert filed("INDEX({sheet[policy]}!$E$2,1)") == "INDEX({sheet[policy]}!$E$2,1)"


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
