"""Early warnings: records and a ledger go in, signals with what is to be done come out."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.tables import ledger, lines
from xlcredit.control import review
from xlcredit.control.events import event_kind
from xlcredit.control.lists import lists_of
from xlcredit.locales import Words
from xlcredit.policy import load
from xlcredit.record import record

DAY = date(2026, 10, 31)
ONE_EACH = """
    document | customer | document_date | due_date   | amount
    A        | C1       | 2026-10-01    | 2026-11-30 | 10.00
    B        | C2       | 2026-10-01    | 2026-11-30 | 10.00
    C        | C3       | 2026-10-01    | 2026-11-30 | 10.00
    """


def listed(items, customers="", day=DAY, off=("concentration",), **records):
    policy = load(sets=[f"signals.levels.{kind}=off" for kind in off])
    return review(ledger(items, customers, **records), policy, day)


def shown(found, lang="en"):
    made = lists_of(found).get("signals")
    if made is None:
        return []
    texts = {field.key: field.said(Words.of(lang)) for field in made.fields if field.kind == "text"}
    return [
        [texts["customer"][at], made["signal"][at], made["level"][at], texts["evidence"][at], str(made["due_date"][at])]
        for at in range(len(made))
    ]


EVENTS = """
    customer | date       | type
    C2       | 2026-10-20 | 股东变更
    C2       | 2026-01-20 | Change of management
    C1       | 2026-10-01 | Insolvency petition
    C3       | 2026-09-01 | Lawsuit
    C9       | 2026-09-01 | 破产
    """


def test_events_in_either_language_become_signals_the_most_urgent_first():
    assert shown(listed(ONE_EACH, events=EVENTS)) == lines(
        """
        C1 | insolvency       | stop  | Days ago: 30                   | 2026-11-01
        C3 | legal_events     | warn  | Events: 1; More than before: 1 | 2026-11-07
        C2 | ownership_change | watch | Events: 2                      | 2026-11-14
        """
    )


def test_a_past_date_knows_no_later_event():
    assert shown(listed(ONE_EACH, day=date(2026, 9, 30), events=EVENTS)) == lines(
        "C3 | legal_events | warn | Events: 1; More than before: 1 | 2026-10-07"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Winding up", "insolvency"), ("法定代表人变更", "ownership"), ("负面舆情", "legal"), ("New office", "")],
)
def test_an_events_type_tells_its_kind(text, kind):
    assert event_kind(text) == kind


def test_days_to_pay_that_grow_month_by_month_and_old_items_are_seen():
    items = """
        document | customer | document_date | due_date   | amount | settled | settled_date
        1        | C1       | 2026-03-01    | 2026-05-30 | 10.00  | 10.00   | 2026-04-01
        2        | C1       | 2026-04-01    | 2026-07-30 | 10.00  | 10.00   | 2026-05-05
        3        | C1       | 2026-05-01    | 2026-08-30 | 10.00  | 10.00   | 2026-06-08
        4        | C1       | 2026-06-01    | 2026-09-30 | 10.00  | 10.00   | 2026-07-11
        5        | C1       | 2026-07-01    | 2026-10-30 | 10.00  | 10.00   | 2026-08-14
        6        | C1       | 2026-08-01    | 2026-11-30 | 10.00  | 10.00   | 2026-09-17
        7        | C2       | 2026-01-01    | 2026-05-03 | 10.00  | 0       |
        8        | C3       | 2026-01-01    | 2026-05-04 | 10.00  | 0       |
        """
    # Days to pay 31, 34, 38, 40, 44, 47: S = 15, variance 28.33, z = 14 ÷ 5.323 = 2.630, p = 0.0043.
    assert shown(listed(items, off=("concentration", "late_payment"))) == lines(
        """
        C2 | old_receivables | warn  | Days past due: 181 | 2026-11-07
        C1 | payment_trend   | watch | Months with payments: 6; Growth in days per month: 3.2; Probability by chance: 0.4% | 2026-11-14
        """
    )


def test_payers_orders_and_indices_are_looked_at_as_of_the_day():
    payments = """
        customer | date       | amount | account
        C1       | 2026-06-01 | 1      | DE1
        C1       | 2026-07-01 | 1      | DE2
        C1       | 2026-08-01 | 1      | de 3
        C2       | 2026-06-01 | 1      | DE1
        C2       | 2026-07-01 | 1      | DE2
        C2       | 2026-11-01 | 1      | DE3
        """
    orders = "customer | date | amount\n" + "\n".join(
        f"C3 | 2026-{month:02}-15 | {amount}"
        for month, amount in zip(range(4, 11), (100, 110, 90, 105, 95, 100, 900), strict=True)
    )
    indices = """
        subject | date       | value
        Steel   | 2025-12-31 | 100
        Steel   | 2026-09-30 | 85
        Steel   | 2026-11-30 | 10
        CN      | 2026-01-31 | 100
        CN      | 2026-09-30 | 95
        """
    customers = """
        customer | name | industry | country
        C1       | A    |          |
        C2       | B    | steel    | CN
        C3       | C    |          |
        """
    assert shown(listed(ONE_EACH, customers, payments=payments, orders=orders, indices=indices)) == lines(
        """
        C1 | payer_accounts | warn  | Payer accounts: 3        | 2026-11-07
        C3 | order_anomaly  | watch | Robust z: 107.92         | 2026-11-14
        C2 | industry_index | info  | Fall of the index: 15.0% | 2026-11-30
        """
    )


def test_statements_say_distress_and_weakness_and_a_declared_indicator_speaks():
    statements = """
        customer | year | revenue | net_income | ebit | total_assets | current_assets | current_liabilities | total_liabilities | equity | retained_earnings
        C1       | 2024 | 100     | 10         | 5    | 100          | 50             | 40                  | 60                | 40     | 10
        C1       | 2025 | 100     | 5          | 0    | 100          | 30             | 50                  | 80                | 20     | 0
        """
    customers = """
        customer | debt_ratio
        C1       | 0.80
        C2       | 0.90
        C3       |
        """
    # 6.56 × −0.2 + 1.05 × 0.25 = −1.0495
    assert shown(listed(ONE_EACH, customers, statements=statements)) == lines(
        """
        C1 | altman_distress | warn  | Altman Z'': -1.05 | 2026-11-07
        C1 | weak_statements | watch | Debt ratio: 80.0%; Rise of the debt ratio: 20.0%; Change of the profit: -50.0% | 2026-11-14
        C2 | indicator       | watch | Debt ratio: 90.0% | 2026-11-14
        """
    )


def test_a_group_is_one_concentration_and_an_old_review_is_due():
    customers = """
        customer | group | since      | last_review
        C1       | X     | 2020-01-01 | 2026-10-01
        C2       | X     | 2020-01-01 | 2026-07-01
        C3       |       | 2026-10-01 |
        """
    found = listed(ONE_EACH, customers, off=())
    assert shown(found) == lines(
        """
        C1 | concentration | info | Share of the whole exposure: 66.7% | 2026-11-30
        C2 | concentration | info | Share of the whole exposure: 66.7% | 2026-11-30
        C3 | concentration | info | Share of the whole exposure: 33.3% | 2026-11-30
        C2 | checklist_due | info | Days since the last check: 122 | 2026-11-30
        """
    )


def test_signals_are_said_in_chinese_and_kept_as_codes_in_the_record():
    found = listed(ONE_EACH, events=EVENTS)
    assert shown(found, "zh")[0][3] == "距今天数：30"
    line = record(found, lists_of(found), Words.of("zh"))["lists"]["signals"][0]
    assert line == {
        "customer": "C1", "signal": "insolvency", "level": "stop", "evidence": ["days_since: 30"],
        "required": "stop_deliveries", "owner": "credit_manager", "due_date": "2026-11-01",
    }  # fmt: skip


def test_a_ledger_alone_without_trouble_raises_nothing():
    assert shown(listed(ONE_EACH)) == []
