"""The ribbon: every button has words in both languages, and pressing it yields the statement Python runs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pyopenvba.interpreter._runtime import Slot

import udfs.addin
from tests.support.vba import CHINESE, Control, Excel, texts
from udfs.addin import check

FOLDER = Path(udfs.addin.__file__).parent
CONTROLS = check.controls((FOLDER / "ribbon.xml").read_bytes())
BUTTONS = [each for each in CONTROLS if "onAction" in each]


@pytest.fixture
def excel():
    return Excel(lambda name, _: [[name]])


def said(excel, callback, name):
    answer = Slot()
    runtime = excel.interpreter
    procedure, module = runtime.find_procedure(callback)
    runtime.call(procedure, module, [Control(name), answer], {})
    return answer.get()


@pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each["id"])
def test_a_button_runs_the_macro_of_its_name(excel, button):
    excel.interpreter.run("XlcreditAction", [Control(button["id"], button["tag"])])
    assert excel.application.server.executed == [f"import udfs.macros; udfs.macros.{button['id']}()"]


def test_every_button_has_a_macro():
    macros = ast.parse((FOLDER.parent / "macros.py").read_text("utf-8"))
    assert {each["tag"] for each in BUTTONS} <= {node.name for node in macros.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_control_has_its_words(lang):
    for control in CONTROLS:
        words = texts()[lang][control["id"]]
        assert set(words) == ({"label", "tip", "more"} if control in BUTTONS else {"label"})
        assert all(words.values())


def test_keytips_and_pictures_are_its_own():
    for attribute in ("keytip", "image"):
        values = [each[attribute] for each in BUTTONS]
        assert len(set(values)) == len(values)
    assert {each["image"] for each in BUTTONS} == {path.stem for path in (FOLDER / "icons").glob("*.png")}


def test_labels_are_in_the_language_of_excel(excel):
    assert said(excel, "XlcreditLabel", "run_review") == "Run review"
    excel.application.language = CHINESE
    assert said(excel, "XlcreditLabel", "run_review") == "信用审查"
    assert said(excel, "XlcreditTip", "age_ledger") == "未清项账龄分析"
    assert said(excel, "XlcreditMore", "doctor") == texts()["zh"]["doctor"]["more"]


def test_the_function_wizard_is_told_each_function_and_argument(excel):
    excel.application.language = CHINESE
    excel.interpreter.run("DescribeFunctions", [])
    described, category, helps = excel.application.described["DAYS_PAST_DUE"]
    assert (described, category) == ("从到期日到截止日的天数；到期当天为 0，未到期为负", "信用管理")
    assert helps == ["到期日，一列", "截止日：从哪一天看"]
    assert len(excel.application.described) == 20
