"""The contract, kept by the defined names that need no Python, as two independent engines calculate them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.contract import cases, check
from tests.support.engines import ENGINES, write_calls
from xlcredit import policy
from xlcredit.excel.functions import dunning_stage
from xlcredit.excel.native import functions, names
from xlcredit.excel.policysheet import policy_sheet
from xlcredit.locales import Words
from xlcredit.policy.sheet import to_rows

EN = Words.of("en")
STANDARD = policy.load()
WIDTHS = {
    name: lambda_[len("LAMBDA(") : lambda_.index(",MAKEARRAY" if ",MAKEARRAY" in lambda_ else ",BYROW")].count(",") + 1
    for name, lambda_ in functions(STANDARD, EN).items()
}
"""Arguments of each name: no more, for the workbook has its own policy, and no fewer."""

CASES = [case for case in cases() if case.function in WIDTHS and len(case.arguments) <= WIDTHS[case.function]]


SEQUENTIAL = policy.load(sets=["dunning.procedures.prompt.escalation=sequential"])
CLIMBING = [
    # due, blocked, stage it had, stage in a sequence
    [date(2026, 4, 1), "", "", 1],
    [date(2026, 4, 1), "", 1, 2],
    [date(2026, 4, 1), "", 2, 3],
    [date(2026, 4, 1), "x", 1, 1],
    [date(2026, 6, 15), "", 3, 2],
    [date(2026, 7, 8), "", 1, 0],
    ["", "", 1, 0],
]
"""As of 2026-06-30, by the prompt procedure."""


@pytest.fixture(scope="module", params=ENGINES)
def calculated(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("native") / "calls.xlsx"
    calls = [(case.function, _all(case), len(case.expected), len(case.expected[0])) for case in CASES]
    corners = write_calls(path, policy_sheet(STANDARD, date(2026, 6, 30), EN), names(STANDARD, EN), calls)
    read = ENGINES[request.param](path)
    return {str(case): read(*corner, *call[2:]) for case, corner, call in zip(CASES, corners, calls, strict=True)}


def _all(case):
    return [*case.arguments, *([[[""]]] * (WIDTHS[case.function] - len(case.arguments)))]


def test_the_contract_is_long_enough():
    assert len(CASES) > 40
    assert {case.function for case in CASES} == set(WIDTHS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_name_keeps_the_contract(case, calculated):
    check(case, calculated[str(case)], reasons=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_reason_to_hold_an_order_is_told_in_chinese(engine, tmp_path):
    zh, day = Words.of("zh"), date(2026, 6, 30)
    columns = [[[900], [900], [""]], [[1000], [1000], [1000]], [[200], [100], [200]], [[31], [0], [45]]]
    call = ("CREDIT_CHECK", [*columns, [[day], [day], [date(2026, 6, 29)]], [[day]]], 3, 1)
    corners = write_calls(tmp_path / "zh.xlsx", policy_sheet(STANDARD, day, zh), names(STANDARD, zh), [call])
    assert ENGINES[engine](tmp_path / "zh.xlsx")(*corners[0], 3, 1) == [
        ["暂停放行：风险敞口加订单超出信用额度；逾期天数超出容忍期"],
        ["放行"],
        ["暂停放行：信用额度已过期；风险敞口未知；逾期天数超出容忍期"],
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_climbs_level_by_level_where_the_policy_says_so(engine, tmp_path):
    due, blocked, last, stages = ([[row[place]] for row in CLIMBING] for place in range(4))
    arguments = [due, [[date(2026, 6, 30)]], [[100]], blocked, last]
    assert dunning_stage(*arguments, _sheet_of(SEQUENTIAL)) == stages
    sheet, path = policy_sheet(SEQUENTIAL, date(2026, 6, 30), EN), tmp_path / "calls.xlsx"
    (corner,) = write_calls(path, sheet, names(SEQUENTIAL, EN), [("DUNNING_STAGE", arguments, len(stages), 1)])
    assert ENGINES[engine](path)(*corner, len(stages), 1) == stages


def _sheet_of(chosen):
    return to_rows(chosen, EN)
