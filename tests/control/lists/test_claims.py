"""Claims to notify: by when, for how much, and what their files lack."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.insured import AS_OF, reviewed
from tests.support.tables import cells
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.claims import claims
from xlcredit.locales import Words
from xlcredit.policy import load


class TestClaims:
    def test_the_insolvent_and_the_late_stand_by_the_day_of_notification(self):
        assert cells(claims(reviewed()), "customer", "notify_by", "days_left", "claim_action") == [
            ["C3", "2026-09-27", -34, "notify_at_once"],
            ["C1", "2026-11-06", 6, "notify"],
            ["C2", "2027-02-27", 119, "file_claim"],
        ]

    @pytest.mark.parametrize("said", ["Receivership", "Winding up petition", "重整", "资不抵债"])
    def test_insolvency_is_told_by_the_words_of_the_signals(self, said):
        found = claims(reviewed(events=f"customer | date | type\nC2 | 2026-10-15 | {said}"))
        assert ["C2", "insolvency", "file_claim"] in cells(found, "customer", "cause", "claim_action")

    def test_what_was_sold_after_the_stop_is_lost_and_not_insured(self):
        assert cells(claims(reviewed()), "loss", "insured_part", "uninsured_part", "waiting_end", "pay_by")[1:] == [
            [1500, 900, 600, "2027-01-06", "2027-02-05"],
            [800, 720, 80, "2026-10-31", "2026-11-30"],
        ]

    def test_on_a_past_day_later_events_had_not_come_and_old_cover_held(self):
        past = claims(reviewed(as_of=date(2026, 9, 30)))
        assert cells(past, "customer", "notify_by", "loss") == [
            ["C3", "2026-09-27", 300],
            ["C1", "2026-11-06", 1000],
        ]
        assert past["claim_action"].tolist() == ["notify_at_once", "notify"]

    def test_without_an_insurance_sheet_the_customers_sheet_says_the_limit(self):
        found = reviewed(customers="customer | insured_limit\nC4 | 100", cover="", events="")
        assert cells(claims(found), "customer", "insured_part") == [["C4", 90]]


class TestWhatAClaimBringsAndLacks:
    def test_the_contract_deducts_in_its_order_and_pays_up_to_its_maximum_of_the_year(self):
        """I10: 100 of each loss after cover; 1,500 in all, which the last of three reaches."""
        sets = ["insurance.indemnity.excess=100", "insurance.indemnity.maximum=1500"]
        found = reviewed(policy=load(sets=[*sets, "insurance.indemnity.maximum_premiums=unlimited"]))
        assert cells(claims(found), "customer", "insured_part", "indemnity") == [
            ["C3", 270, 170],
            ["C1", 900, 800],
            ["C2", 720, 530],
        ]

    def test_without_deductions_the_insured_part_is_paid_to_the_cent(self):
        odd = "customer | document_date | due_date | amount\nC1 | 2026-06-10 | 2026-07-10 | 333.33"
        found = claims(reviewed(odd, events="", policy=load(sets=["insurance.indemnity.maximum_premiums=unlimited"])))
        assert cells(found, "insured_part", "indemnity") == [[300.0, 300.0]]

    FILED = """
        customer | document             | date
        C1       | Contract             | 2026-08-01
        C1       | Proof of delivery    | 2026-08-01
        C1       | Second dunning letter| 2026-09-01
        C1       | 报案                 | 2026-10-05
        C2       | 发票                 |
        C2       | insolvency notice    | 2026-10-20
        C9       | Contract             | 2026-08-01
    """

    def test_the_file_says_what_it_lacks_and_who_was_told_waits(self):
        """I6, D14: 提供证据；完整的债权证明文件."""
        keys = ("customer", "claim_action", "days_left", "missing_documents")
        first, second, third = cells(claims(reviewed(claim_file=self.FILED)), *keys)
        everything = ("contract", "delivery_proof", "dunning_letters", "invoice", "open_item_statement")
        assert first == ["C3", "notify_at_once", -34, everything]
        assert second == ["C1", "wait", "", ("invoice", "open_item_statement")]
        assert third == [
            "C2",
            "file_claim",
            119,
            ("claim_registration", "contract", "delivery_proof", "open_item_statement"),
        ]

    def test_a_notification_without_a_day_was_made(self):
        found = claims(reviewed(claim_file="customer | document\nC1 | notification"))
        assert cells(found, "customer", "notified", "claim_action")[1] == ["C1", str(AS_OF), "wait"]

    def test_before_it_was_told_it_was_not(self):
        past = claims(reviewed(claim_file=self.FILED, as_of=date(2026, 10, 4)))
        assert cells(past, "customer", "claim_action")[1] == ["C1", "notify"]

    def test_a_waiting_period_may_count_from_the_notification(self):
        found = claims(reviewed(claim_file=self.FILED, policy=load(sets=["insurance.clock.waiting_from=notification"])))
        assert found["waiting_end"].tolist()[1] == date(2027, 4, 3)

    def test_advances_and_settlements_count_the_insurer_s_working_days(self):
        """I8: 理赔14个工作日，快可7日预赔付; over Christmas and New Year."""
        found = claims(reviewed(as_of=date(2026, 12, 18), policy=load(sets=["insurance.holidays=DE"])))
        assert cells(found, "customer", "advanced_by", "settled_by")[-1] == [
            "C2",
            "2026-12-30",
            "2027-01-11",
        ]

    @pytest.mark.parametrize(
        ("sold", "deadline"),
        [
            ("2024-01-31", date(2024, 6, 28)),
            ("2024-02-29", date(2024, 7, 27)),
            ("2025-08-31", date(2026, 1, 27)),
            ("2026-05-08", date(2026, 10, 4)),  # a Sunday in the Chinese holiday: the contract counts days
        ],
    )
    def test_the_last_day_to_notify_is_never_another(self, sold, deadline):
        """150 days, the day of the invoice being day 1: at month ends, over a leap day, on a holiday."""
        items = f"customer | document_date | due_date | amount\nC1 | {sold} | {sold} | 100"
        cover = "customer | insured_limit\nC1 | 100"
        policy = load(sets=["insurance.holidays=CN"])
        on_time, late = (
            claims(reviewed(items, cover=cover, events="", policy=policy, as_of=day))
            for day in (deadline, deadline + timedelta(days=1))
        )
        assert cells(on_time, "notify_by", "days_left", "claim_action") == [[str(deadline), 0, "notify"]]
        assert cells(late, "notify_by", "days_left", "claim_action") == [[str(deadline), -1, "notify_at_once"]]


@pytest.mark.parametrize(
    ("language", "names", "action"),
    [
        (
            "en",
            ["Claims to notify", "Uninsured exposure", "Provisions"],
            "Notify the insurer at once: the deadline has passed",
        ),
        ("zh", ["待报案清单", "未投保敞口", "坏账准备"], "立即报案：报案期限已过"),
    ],
)
def test_lists_have_their_words(language, names, action):
    words, made = Words.of(language), lists_of(reviewed())
    assert [words("lists", key) for key in ("claims", "uninsured", "provisions") if key in made] == names
    shown = {field.key: field.said(words)[0] for field in made["claims"].fields if field.group}
    assert shown["claim_action"] == action
    assert all(words("columns", field.key) for each in made.values() for field in each.fields)
