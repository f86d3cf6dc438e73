"""The contract through xlwings: its real ``call_udf``, over a stand-in for COM, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.support import contract

ROOT = Path(__file__).parents[2]
CASES = contract.cases()


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What each case gives, asked in one process."""
    asked = [[case.function, case.arguments] for case in CASES]
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.com"],
        input=json.dumps(asked, default=lambda day: {"date": day.isoformat()}),
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False,
        env={**os.environ, "XLCREDIT_HOME": str(tmp_path_factory.mktemp("home")), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    given = json.loads(run.stdout, object_hook=lambda held: date.fromisoformat(held["date"]))
    return dict(zip(map(str, CASES), given, strict=True))


@contract.parametrized(CASES)
def test_xlwings_hands_the_function_s_answer_to_excel(case, answers):
    contract.check(case, answers[str(case)])
