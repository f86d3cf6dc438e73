"""Orders, exposure, plans and terms under a policy of the house, and in Chinese."""

from __future__ import annotations

from datetime import date

import pytest

from xlcredit.excel import configuration, functions
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.policy.sheet import to_rows

FIRST = date(2026, 1, 31)


def house(home, text, lang="en"):
    """Makes a policy of these figures the active one."""
    (home / "policies").mkdir()
    (home / "policies" / "house.toml").write_text(text, encoding="utf-8")
    (home / "config.toml").write_text(f'policy = "house"\nlang = "{lang}"\n', encoding="utf-8")
    configuration.reload()


@pytest.mark.parametrize(
    ("currency", "amount", "instalments"),
    [
        ("EUR", 1000, [333.33, 333.33, 333.34]),
        ("JPY", 1000, [333.0, 333.0, 334.0]),
        ("KWD", 1000, [333.333, 333.333, 333.334]),
    ],
)
def test_a_plan_splits_to_the_decimals_of_the_currency(currency, amount, instalments, home):
    """T2, T8: the remainder is one minor unit, whatever that is."""
    house(home, f'currency = "{currency}"')
    _, *lines = functions.payment_plan([[amount]], [[3]], [[FIRST]])
    assert [line[3] for line in lines] == instalments
    unit = {"EUR": "0.01", "JPY": "1", "KWD": "0.001"}[currency]
    assert [line[5] for line in lines] == ["", "", f"takes the remainder of {unit}"]


@pytest.mark.parametrize(("figure", "owed"), [("orders", 90.0), ("unbilled", 105.0), ("guarantees", 135.0)])
def test_a_component_that_is_switched_off_does_not_count(figure, owed, home):
    house(home, f'exposure.{figure} = "no"')
    assert functions.credit_exposure([[100]], [[25]], [[10]], [[20]]) == [[owed]]


def test_terms_of_grades_of_the_house(home):
    house(
        home,
        'grades = [{ grade = "Gold", from = 60, limit_factor = 1 }, { grade = "Tin", limit_factor = 0 }]\n'
        "[terms]\nprepayment = 0.25\n[terms.grades]\nGold = { net_days = 90, prepayment = 0 }\n"
        'Tin = { net_days = 7, prepayment = 0.5, approver = "The owner" }\n',
    )
    assert functions.credit_terms([["Gold"], ["tin"]]) == [
        [90.0, 0.0, 0.0, 0.0, 1.0, ""],
        [7.0, 0.5, 0.0, 0.0, 1.0, "The owner"],
    ]
    assert functions.prepayment_gap([[1000]], [[0]], [["Gold"], ["Tin"], [""]]) == [[0.0], [500.0], [250.0]]


def test_the_terms_of_a_policy_table_on_a_sheet():
    rows = to_rows(load(sets=["terms.grades.C.net_days=31", "order.tolerance_days=0"]), Words.of("en"))
    assert functions.credit_terms([["C"]], rows)[0][0] == 31.0
    late = functions.credit_check([[0]], [[1000]], [[10]], [[1]], None, None, rows)
    assert late == [["HOLD: items are past due beyond the tolerance"]]


def test_it_all_reads_in_chinese(home):
    house(home, "", "zh")
    assert functions.credit_check([[900]], [[1000]], [[200]], [[31]]) == [
        ["暂停放行：风险敞口加订单超出信用额度；逾期天数超出容忍期"]
    ]
    assert functions.discount_cost([[0.02]], [[10]], [[30]], [[360]], [[True]])[0][1] == "复利，一年按 360 天"
    assert functions.credit_terms([["D"]])[0][5] == "财务总监"
    assert functions.payment_plan([[1]], [[1]], [[FIRST]])[0] == ["计划", "期次", "到期日", "金额", "付后余额", "说明"]
    assert functions.payment_plan([[100]], [[2]], [[FIRST]], [["每季"]])[2][2] == date(2026, 4, 30)
