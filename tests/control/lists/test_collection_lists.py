"""Payment plans, disputes, and what lawyers and agencies have in hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.tables import cells, ledger
from xlcredit.control import review
from xlcredit.control.listing import Listing
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.legal import TASK_STATES
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.ledger.grid import Grid
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount  | currency
    A1       | C1       | 2026-07-31    | 2026-08-31 | 600.00  | EUR
    B1       | C2       | 2026-09-11    | 2026-10-11 | 1000.00 | EUR
    B2       | C2       | 2026-10-11    | 2026-11-11 | 500.00  | EUR
"""


def listed(
    key: str, *sets: str, items: str = ITEMS, customers: str = "", as_of: date = AS_OF, **beside: str
) -> Listing | None:
    return lists_of(review(ledger(items, customers, **beside), load(sets=["currency=EUR", *sets]), as_of)).get(key)


class TestPlans:
    TOLD = """
        customer | plan | document | agreed     | due        | amount | paid_on
        C1       | P1   | A1       | 2026-09-10 | 2026-09-30 | 300.00 | 2026-09-28
        C1       | P1   | A1       | 2026-09-10 | 2026-10-30 | 300.00 |
        C2       | P2   | B1       | 2026-10-20 | 2026-10-31 | 400.00 |
        C2       | P2   | B1       | 2026-10-20 | 2026-11-30 | 600.00 |
    """

    def test_a_broken_one_comes_first_and_each_says_what_is_to_be_paid_next(self):
        keys = (
            "plan plan_state instalments_agreed kept broken paid left next_instalment next_amount days_overdue".split()
        )
        assert cells(listed("payment_plans", plans=self.TOLD), *keys) == [
            ["P1", "broken", 2.0, 1.0, 1.0, 300.0, 300.0, "2026-10-30", 300.0, 1.0],
            ["P2", "pending", 2.0, 0.0, 0.0, 0.0, 1000.0, "2026-10-31", 400.0, ""],
        ]

    def test_a_past_day_does_not_know_what_was_agreed_or_paid_later(self):
        found = listed("payment_plans", as_of=date(2026, 9, 20), plans=self.TOLD)
        assert cells(found, "plan", "plan_state", "paid") == [["P1", "pending", 0.0]]

    def test_a_plan_that_is_paid_off_has_nothing_next(self):
        paid = self.TOLD.replace("2026-10-30 | 300.00 |", "2026-10-30 | 300.00 | 2026-10-30")
        assert cells(listed("payment_plans", plans=paid), "plan", "plan_state", "left", "next_instalment")[1] == [
            "P1", "paid_off", 0.0, "",
        ]  # fmt: skip

    def test_what_a_broken_plan_leaves_is_planned_anew_and_foots(self):
        """T8: as many instalments as it has left, the first two weeks on; one that is kept is not touched."""
        keys = "customer plan instalment due_date currency amount left".split()
        assert cells(listed("plans_anew", plans=self.TOLD), *keys) == [
            ["C1", "P1", 1.0, "2026-11-14", "EUR", 300.0, 0.0],
        ]
        told = self.TOLD.replace("2026-09-28", "")
        sets = ("plan.anew_after_days=31", "plan.anew_every=week", "plan.most_broken=2")
        assert cells(listed("plans_anew", *sets, plans=told.replace("300.00", "200.01")), *keys[1:4], "amount") == [
            ["P1", 1.0, "2026-12-01", 200.01],
            ["P1", 2.0, "2026-12-08", 200.01],
        ]
        assert listed("plans_anew", "plan.most_broken=2", plans=self.TOLD) is None

    def test_amounts_of_another_currency_are_said_in_the_reviews(self):
        rates = "currency | rate | date\nUSD | 0.5 | 2026-01-01"
        told = self.TOLD.replace("| paid_on", "| paid_on | currency").replace("2026-09-28", "2026-09-28 | USD")
        told = "\n".join(f"{line} | USD" if line.rstrip().endswith("|") else line for line in told.splitlines())
        assert cells(listed("payment_plans", plans=told, rates=rates), "plan", "left") == [["P1", 150.0], ["P2", 500.0]]


class TestDisputes:
    TOLD = """
        customer | document | reason   | amount | opened     | owner   | resolved
        C2       | B1       | price    | 250.00 | 2026-10-21 | Sales   |
        C1       | A1       | hardness |        | 2026-09-01 | Quality |
        C2       | B2       | freight  | 10.00  | 2026-10-12 | Sales   | 2026-10-30
    """
    KEYS = ("customer", "document", "dispute_reason", "disputed", "bucket", "opened", "age_days", "owner")

    def test_the_oldest_comes_first_with_its_age_and_who_settles_it(self):
        """T10: reason, amount, opened, owner; what is settled is none."""
        assert cells(listed("disputes", disputes=self.TOLD), *self.KEYS) == [
            ["C1", "A1", "hardness", 600.0, "61-90", "2026-09-01", 60.0, "Quality"],
            ["C2", "B1", "price", 250.0, "1-30", "2026-10-21", 10.0, "Sales"],
        ]

    def test_before_it_was_settled_it_was_going_on(self):
        found = listed("disputes", as_of=date(2026, 10, 20), disputes=self.TOLD)
        assert cells(found, "document") == [["A1"], ["B2"]]

    def test_what_only_the_ledger_says_to_be_disputed_is_listed(self):
        rows = [
            ["Customer", "Invoice", "Due Date", "Amount", "Disputed", "Disputed Amount"],
            ["C1", "A", date(2026, 8, 31), 610.0, "Yes", 10.0],
            ["C1", "B", date(2026, 8, 31), 300.0, "Yes", None],
            ["C1", "C", date(2026, 8, 31), 100.0, "No", None],
        ]
        found = review(open_ledger(MemoryWorkbook([Grid("Items", rows)])).ledger, load(), AS_OF)
        assert cells(lists_of(found)["disputes"], "document", "disputed") == [["B", 300.0], ["A", 10.0]]


class TestLegalAndAgency:
    KEYS = ("customer", "handover_kind", "task", "task_state", "due_date", "done_on")

    ORDERS = """
        document | customer | date       | amount  | contract | method | jurisdiction | terms   | unusual_terms
        SO-1     | C1       | 2026-10-05 | 300.00  | 90000    | D/A 90 | CN           | Net 30  |
        SO-2     | C2       | 2026-11-10 | 300.00  | 90000    |        | CN           | Net 30  | open price
        SO-3     | C2       | 2026-10-30 | 300.00  | 500000   |        |              | Net 120 | none
        SO-4     | C9       | 2026-10-29 | 300.00  |          |        |              |         | consignment
        SO-5     | C2       | 2026-10-28 | 300.00  | 499999   |        | cn           | Net 30  |
    """
    TO_REVIEW = ("terms.legal_review=500000", 'terms.unusual.jurisdictions=["CN"]')

    def reviews(self, *sets: str, customers: str = "", **beside: str) -> list[list[object]]:
        items = ITEMS.replace("2026-08-31", "2026-10-31")
        found = listed("legal_and_agency", *self.TO_REVIEW, *sets, items=items, customers=customers, **beside)
        keys = ("order", "customer", "task", "task_state", "due_date", "amount", "review_reasons")
        return cells(found, *keys)

    def test_large_contracts_and_those_with_unusual_terms_are_for_a_lawyer(self):
        """T6: with every reason; of customers that nobody knows yet, too; an order of a later day is not there yet."""
        assert self.reviews(orders=self.ORDERS) == [
            ["SO-1", "C1", "review_contract", "overdue", "2026-10-05", 90000.0, ("risky_method",)],
            ["SO-4", "C9", "review_contract", "overdue", "2026-10-29", "", ("stated",)],
            [
                "SO-3",
                "C2",
                "review_contract",
                "overdue",
                "2026-10-30",
                500000.0,
                ("large", "longer_terms", "unusual_jurisdiction"),
            ],
        ]

    def test_a_review_that_was_done_after_the_order_closes_it(self):
        """T6."""
        done = "customer | kind | task | done\nC1 | Contract |  | 2026-10-06\nC2 | 合同审核 |  | 2026-10-01"
        told = self.reviews(orders=self.ORDERS, handovers=done)
        assert [line[0::3] for line in told] == [
            ["SO-4", "overdue", ("stated",)],
            ["SO-3", "overdue", ("large", "longer_terms", "unusual_jurisdiction")],
            ["SO-1", "done", ("risky_method",)],
        ]

    def test_terms_longer_than_the_grade_s_and_goods_without_retention_of_title_are_unusual(self):
        """T6: grade A is granted 60 days; C1 has the contract's terms from the customers sheet."""
        people = """
            customer | terms   | retention_of_title | unusual_terms | years_of_relationship | average_days_late | overdue_share | debt_ratio | net_margin | adverse_events
            C1       | Net 91  | yes                |               | 10 | 0 | 0 | 0.3 | 0.1 | 0
            C2       | Net 30  |                    | 通常          | 10 | 0 | 0 | 0.3 | 0.1 | 0
            C3       | Net 30  |                    | 寄售          | 10 | 0 | 0 | 0.3 | 0.1 | 0
        """
        orders = """
            document | customer | date       | amount | contract
            SO-1     | C1       | 2026-10-05 | 300.00 | 90000
            SO-2     | C2       | 2026-10-06 | 300.00 | 90000
        """
        told = self.reviews(
            "scoring.scorecard=trade", "terms.unusual.retention_from=90000", customers=people, orders=orders
        )
        assert [(*line[:2], line[-1]) for line in told] == [
            ("SO-1", "C1", ("longer_terms",)),
            ("SO-2", "C2", ("no_retention",)),
            ("", "C3", ("stated",)),
        ]

    def test_a_legal_stage_asks_for_the_hand_over_and_its_tasks_with_their_days(self):
        """D10; the stage of A1 began on day 61."""
        assert cells(listed("legal_and_agency"), *self.KEYS[:-1]) == [
            ["C1", "legal", "hand_over", "due", "2026-10-31"],
            ["C1", "legal", "collect_evidence", "due", "2026-10-31"],
            ["C1", "legal", "appoint_lawyer", "due", "2026-11-07"],
        ]

    def test_its_notice_tells_when_a_stage_began(self):
        sent = "customer | document | date | stage\nC1 | A1 | 2026-11-05 | 3"
        found = listed("legal_and_agency", as_of=date(2026, 11, 10), dunning=sent)
        assert cells(found, "task", "due_date")[0] == ["hand_over", "2026-11-05"]

    def test_what_was_handed_over_and_what_was_done_is_said_from_its_day_on(self):
        told = """
            customer | kind  | task           | partner | date       | done       | amount | status | reference
            C1       | Legal |                | Vasseur | 2026-10-31 |            | 600.00 | filed  | V/7
            C1       | 法律程序 | 委托律师           |         | 2026-11-02 | 2026-11-01 |        |        |
        """
        keys = (*self.KEYS[2:], "handed_over", "partner", "amount", "status", "file_number")
        on = {
            day: {line[0]: line[1:] for line in cells(listed("legal_and_agency", as_of=day, handovers=told), *keys)}
            for day in (date(2026, 10, 31), date(2026, 11, 2))
        }
        assert on[AS_OF]["hand_over"] == ["given", "", "", "2026-10-31", "Vasseur", 600.0, "filed", "V/7"]
        assert on[AS_OF]["appoint_lawyer"][:3] == ["due", "2026-11-02", ""]
        assert on[date(2026, 11, 2)]["appoint_lawyer"][:3] == ["done", "2026-11-02", "2026-11-01"]

    def test_an_agency_asks_the_share_it_states_or_the_policys(self):
        """D11."""
        told = """
            customer | kind   | partner | date       | amount | fee
            C1       | agency | Inkasso | 2026-10-20 | 600.00 | 0.18
            C2       | agency | Inkasso | 2026-10-20 | 500.00 |
        """
        found = listed("legal_and_agency", "dunning.procedure=three-stage", handovers=told)
        lines = cells(found, "customer", "handover_kind", "task_state", "amount", "fee_share", "fee")
        assert [line for line in lines if line[1] == "agency"] == [
            ["C1", "agency", "given", 600.0, 0.18, 108.0],
            ["C2", "agency", "given", 500.0, 0.25, 125.0],
        ]

    def test_what_has_reached_the_agencys_stage_is_to_be_handed_over(self):
        found = listed("legal_and_agency", "dunning.procedure=three-stage")
        assert cells(found, "customer", "handover_kind", "task", "due_date", "amount", "fee") == [
            ["C1", "agency", "hand_over", "2026-10-01", 600.0, 150.0]
        ]

    EVENTS = "customer | date | type\nC1 | 2026-10-15 | Insolvency"

    def test_the_claim_file_of_an_insolvent_customer_lists_what_it_lacks(self):
        """D14: 完整的债权证明文件."""
        told = "customer | kind | task | date | done\nC1 | insolvency | Proof of delivery | | 2026-10-20"
        found = cells(
            listed("legal_and_agency", events=self.EVENTS, handovers=told), "evidence", "task_state", "due_date"
        )
        documents = {document: state for document, state, _ in found}
        assert documents == {
            "contract": "overdue", "invoice": "overdue", "open_item_statement": "overdue", "insolvency_notice": "overdue",
            "claim_registration": "overdue", "delivery_proof": "done",
        }  # fmt: skip

    def test_nobody_is_sued_who_is_insolvent(self):
        assert "legal" not in listed("legal_and_agency", events=self.EVENTS)["handover_kind"]
        assert listed("legal_and_agency", as_of=date(2026, 10, 14), events=self.EVENTS) is None

    def test_where_nothing_is_stated_or_due_there_is_no_list(self):
        assert listed("legal_and_agency", as_of=date(2026, 10, 30)) is None
        assert listed("payment_plans") is listed("disputes") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_has_words_for_its_name_columns_and_codes(lang):
    words = Words.of(lang).table
    beside = {"plans": TestPlans.TOLD, "disputes": TestDisputes.TOLD, "events": TestLegalAndAgency.EVENTS}
    for key in ("payment_plans", "disputes", "legal_and_agency"):
        made = listed(key, **beside)
        assert key in words["lists"]
        assert {field.key for field in made.fields} <= words["columns"].keys()
    assert set(TASK_STATES) == words["task_states"].keys()
