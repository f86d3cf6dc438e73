"""Admission in a review: a new customer whose checks are not all passed buys for cash, until they are."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.support.tables import ledger, lines
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules import admission as rules

DAY = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount | currency
    A        | OLD      | 2026-09-01    | 2026-11-30 | 500.00 | EUR
    B        | NEW      | 2026-09-01    | 2026-11-30 | 900.00 | EUR
    C        | GOOD     | 2026-09-01    | 2026-11-30 | 100.00 | EUR
    """
CUSTOMERS = """
    customer | years_of_relationship | need  | credit_limit
    OLD      | 5                     | 5000  | 5000
    NEW      | 0                     | 5000  | 5000
    GOOD     | 0                     | 5000  |
    """
CHECKS = """
    customer | check         | result | date       | evidence   | mark
    NEW      | opened        |        | 2026-09-20 |            |
    NEW      | 工商登记      |        | 2026-09-25 | excerpt    |
    NEW      | Statements    | yes    |            | accounts   |
    NEW      | reputation    | no     | 2026-10-01 | call notes |
    NEW      | collected     |        | 2026-09-26 |            |
    GOOD     | registration  | passed | 2026-08-01 | excerpt    |
    GOOD     | statements    | passed | 2026-08-02 | accounts   |
    GOOD     | reputation    | failed | 2026-07-01 | call notes |
    GOOD     | reputation    | passed | 2026-10-31 | letter     |
    """
SETS = ("currency=EUR", "scoring.scorecard=trade")


def reviewed(checks=CHECKS, customers=CUSTOMERS, day=DAY, sets=SETS, **beside):
    sheets = {"checks": checks, **beside} if checks else beside
    return review(ledger(ITEMS, customers, **sheets), load(sets=sets), day)


def limits(found):
    told = zip(found.customers.customer, found.customers.limit, found.customers.constraint, strict=True)
    return {customer: (limit, constraint) for customer, limit, constraint in told}


def shown(found, *keys, lang="en"):
    made = lists_of(found).get("admission")
    if made is None:
        return []
    words = Words.of(lang)
    said = {field.key: field.said(words) if field.kind == "text" else field.cells for field in made.fields}
    blank = ("nan", "NaT")
    return [
        ["" if (text := str(said[key][at])) in blank else text for key in keys if key in said]
        for at in range(len(made))
    ]


def test_only_a_new_customer_whose_checks_fail_is_given_nothing_and_says_so():
    assert limits(reviewed())["NEW"] == (0.0, "admission")
    assert limits(reviewed()) | {"NEW": None} == limits(reviewed(checks="")) | {"NEW": None}


def test_without_a_checks_sheet_nobody_is_barred_and_nothing_listed():
    assert limits(reviewed(checks=""))["NEW"][1] == "need"
    assert shown(reviewed(checks=""), "customer") == []


def test_the_list_says_who_is_admitted_what_is_lacking_and_which_step_is_next():
    assert shown(
        reviewed(), "customer", "new_customer", "gate", "lacking", "next_step", "step_due", "days_overdue"
    ) == lines(
        """
        NEW  | yes | CASH ONLY: no limit | Statements: without a date; Reputation: failed | Analyse | 2026-10-03 | 28.0
        GOOD | yes | ADMIT: may receive a limit | | | |
        """
    )


@pytest.mark.parametrize(
    ("day", "lacking"),
    [
        (date(2026, 7, 31), "Registration: not done; Statements: not done; Reputation: failed"),
        (date(2026, 10, 30), "Reputation: failed"),
        (date(2026, 10, 31), ""),
        (date(2027, 8, 2), "Registration: too old"),
        (date(2027, 8, 3), "Registration: too old; Statements: too old"),
    ],
)
def test_the_last_row_known_on_the_day_counts_and_a_check_ages(day, lacking):
    of = {row[0]: row[1:] for row in shown(reviewed(day=day), "customer", "lacking")}
    assert of["GOOD"] == ([lacking] if of["GOOD"] else [])
    assert (limits(reviewed(day=day))["GOOD"][1] == "admission") == bool(lacking)


def test_of_others_only_what_the_sheet_has_and_did_not_pass_is_said():
    checks = CHECKS + "OLD | site visit | | 2026-01-05 | |\nOLD | reputation | failed | 2026-01-05 | | \n"
    of = {row[0]: row[1:] for row in shown(reviewed(checks.replace("\n    ", "\n")), "customer", "gate", "lacking")}
    assert of["OLD"] == ["", "Reputation: failed"]
    assert limits(reviewed(checks))["OLD"][1] == "need"


def test_a_check_without_evidence_does_not_count():
    assert "Registration: without evidence" in shown(reviewed(CHECKS.replace("excerpt", "")), "lacking")[0][0]


def test_the_policy_says_for_how_long_a_customer_is_new():
    assert limits(reviewed(sets=(*SETS, "order.new_months=61")))["OLD"] == (0.0, "admission")
    assert limits(reviewed(sets=(*SETS, "order.new_months=0")))["NEW"][1] == "need"


def test_where_nothing_says_its_age_one_who_asked_for_credit_lately_and_never_bought_before_is_new():
    def bound(opened, first):
        items = ITEMS + f"    D | ASKS | {first} | 2026-11-30 | 1.00 | EUR\n" if first else ITEMS
        customers = CUSTOMERS + "    ASKS | | 5000 | 5000\n"
        checks = CHECKS + f"    ASKS | opened | | {opened} | |\n"
        found = review(ledger(items, customers, checks=checks), load(sets=SETS), DAY)
        return limits(found)["ASKS"][1] == "admission"

    assert bound("2026-10-01", "")
    assert bound("2026-10-01", "2026-10-15")
    assert not bound("2026-10-01", "2026-01-15")
    assert not bound("2026-04-01", "")


def test_an_order_of_one_who_is_not_admitted_is_held_unless_paid_for():
    orders = """
        customer | document | date       | amount | prepaid
        NEW      | S1       | 2026-10-30 | 50.00  |
        NEW      | S2       | 2026-10-30 | 60.00  | 60.00
        """
    found = lists_of(reviewed(orders=orders, sets=(*SETS, "order.new_customers=limit")))["orders"]
    held = dict(zip(found["order"], zip(found["decision"], found["hold_reasons"], strict=True), strict=True))
    assert held["S1"] == ("hold", ("cash_only",))
    assert held["S2"][0] != "hold"


REGISTER = """
    customer | years_of_relationship | need | registration | register_status | founded    | registered_capital
    OLD      | 5                     | 5000 |              | dissolved       |            | 0
    NEW      | 0                     | 5000 | HRB 1        | 存续            | 2025-11-01 | 500
    GOOD     | 0                     | 5000 |              | active          | 2020-01-01 | 1000
    """


def test_what_the_register_lacks_bars_a_new_customer_whatever_its_check_says():
    found = reviewed(customers=REGISTER, sets=(*SETS, "admission.least_capital=1000"))
    assert shown(found, "customer", "gate", "register") == lines(
        """
        NEW  | CASH ONLY: no limit | too young, or founded no one knows when; registered capital too low or not known
        GOOD | CASH ONLY: no limit | registration number is missing
        """
    )
    assert limits(found)["GOOD"] == (0.0, "admission")
    assert limits(found)["OLD"][1] == "need"


def test_what_the_register_lacks_of_a_customer_of_long_standing_is_not_said():
    checks = CHECKS + "OLD | site visit | | 2026-01-05 | |\n"
    found = reviewed(checks.replace("\n    ", "\n"), customers=REGISTER)
    assert {row[0]: row[1:] for row in shown(found, "customer", "lacking", "register")}["OLD"] == ["", ""]


JUDGED = """
    customer | check           | date       | mark
    OLD      | trade reference | 2026-05-01 | 5
    OLD      | 银行资信        | 2026-06-01 | 4
    OLD      | bank reference  | 2025-06-01 | 1
    OLD      | site visit      | 2025-10-31 | 4
    OLD      | market position | 2026-01-01 | 2
    NEW      | trade reference | 2026-05-01 | 5
    NEW      | site visit      | 2025-10-30 | 4
    NEW      | market position | 2026-11-01 | 5
    """


def test_references_visits_and_market_position_are_scores_while_they_are_young_enough():
    people = reviewed(JUDGED).customers
    assert {
        customer: [people.answers[name][at] for name in ("reference_score", "site_visit", "market_position")]
        for at, customer in enumerate(people.customer)
        if customer != "GOOD"
    } == {
        "OLD": [87.5, 75.0, 25.0],
        "NEW": [pytest.approx(np.nan, nan_ok=True)] * 3,
    }


def test_a_scorecard_for_newcomers_asks_for_them():
    # References 87.5: 18 of 20, visit 75: 15, market position 25: 3; of rating, debt and margin nothing is known.
    found = reviewed(JUDGED, sets=("currency=EUR", "scoring.scorecard=newcomer"))
    assert found.customers.score[found.customers.customer.tolist().index("OLD")] == 18 + 15 + 3 + 8 + 9 + 5


RATINGS = """
    customer | agency        | rating | date
    OLD      | Allianz Trade | 2      | 2026-03-01
    OLD      | Allianz Trade | 7      | 2026-10-01
    OLD      | Coface DRA    | 9      | 2026-11-01
    NEW      | Coface DRA    | 7      | 2025-10-30
    GOOD     | Coface @      | @@     | 2026-09-01
    """


def test_an_external_rating_is_mapped_in_its_direction_and_counts_while_it_is_young_enough():
    keys = ("customer", "agency", "rating", "rating_age", "rating_state", "rating_score", "rating_amount")
    assert shown(reviewed(checks="", ratings=RATINGS), *keys) == lines(
        """
        GOOD | Coface @      | @@ | 60.0  | yes                            |      | 50000.0
        NEW  | Coface DRA    | 7  | 366.0 | no: too old, or without a date | 70.0 |
        OLD  | Allianz Trade | 7  | 30.0  | yes                            | 40.0 |
        """
    )
    people = reviewed(ratings=RATINGS).customers
    assert dict(zip(people.customer, np.nan_to_num(people.answers["external_rating"], nan=-1), strict=True)) == {
        "GOOD": -1.0,
        "NEW": -1.0,
        "OLD": 40.0,
    }


def test_a_row_about_nobody_is_found_once_for_each_customer():
    checks = CHECKS + "    GHOST | opened | | 2026-10-01 | |\n    GHOST | scored | | 2026-10-02 | |\n"
    ratings = "name | agency | rating | date\nNobody Ltd | Coface DRA | 7 | 2026-09-01"
    said = [each for each in reviewed(checks, ratings=ratings).findings if each.code == "record-of-nobody"]
    assert [each.facts["customer"] for each in said] == ["GHOST", "Nobody Ltd"]


def test_an_unknown_agency_rating_check_or_result_is_found_and_the_nearest_named():
    ratings = RATINGS.replace("Coface @ ", "Cofas DRA").replace("| 7  ", "| 11 ")
    checks = CHECKS.replace("opened   ", "opend    ").replace("| yes    |", "| maybe  |")
    said = [finding for finding in reviewed(checks, ratings=ratings).findings if finding.code == "unknown-word"]
    assert [(finding.facts["value"], finding.facts["nearest"]) for finding in said] == [
        ("opend", "opened"),
        ("maybe", "passed"),
        ("11", "1"),
        ("11", "1"),
        ("Cofas DRA", "coface_dra"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_state_and_step_has_words(lang):
    words = Words.of(lang).table
    assert {*load().admission.checks, *rules.STEPS} <= words["check_words"].keys()
    assert words["check_words"].keys() == Words.of("en").table["check_words"].keys()
    states = {rules.OPEN, rules.FAILED, rules.NO_DATE, rules.NO_EVIDENCE, rules.EXPIRED}
    assert words["check_states"].keys() == states


def test_it_is_said_in_chinese():
    told = shown(reviewed(), "new_customer", "gate", "lacking", lang="zh")[0]
    assert told == ["是", "现款：不得赊销", "财务报表：无日期；商业口碑：未通过"]


def test_a_risk_class_caps_the_score_and_is_the_first_reason():
    classes = """
        customer | years_of_relationship | risk_class | adverse_events | debt_ratio | net_margin
        OLD      | 5                     | 高         | 0              | 0.1        | 0.2
        NEW      | 5                     | Very High  | 9              | 0.9        | -0.2
        GOOD     | 5                     | low        | 0              | 0.1        | 0.2
        """
    found = reviewed(checks="", customers=classes).customers
    scored = dict(zip(found.customer, zip(found.score, found.capped, strict=True), strict=True))
    # Unpaid items not yet due: 12 points for the days late, which nothing tells, and 20 of 20 for nothing overdue.
    assert scored == {"OLD": (55.0, True), "NEW": (30.0, True), "GOOD": (87.0, False)}
    at = found.customer.tolist().index("OLD")
    assert found.reasons[at][0].in_words(Words.of("en")) == "Cap of the risk class: 55 (55 of 87 points)"
    assert len(found.reasons[at]) <= load().reasons


def test_a_risk_class_that_nobody_knows_is_found():
    said = reviewed(customers="customer | risk_class\nOLD | hihg\nNEW | low").findings
    assert [(each.code, each.facts["nearest"]) for each in said if each.code == "unknown-word"] == [
        ("unknown-word", "high")
    ]
