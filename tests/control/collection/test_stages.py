"""Dunning in the review: level by level, held back by notices, promises, disputes and plans, as of any day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.collection.plans import asked_for
from xlcredit.control.lists import LISTS
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.workbook import MemoryWorkbook
from xlcredit.ledger.grid import Grid
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
SEQUENTIAL = "dunning.procedures.prompt.escalation=sequential"
# Due so many days before the as-of date: the procedure "prompt" has levels at -7, 15 and above 60 days.
ITEMS = """
    document | customer | document_date | due_date   | amount
    D61      | C1       | 2026-07-31    | 2026-08-31 | 610.00
    D20      | C1       | 2026-09-11    | 2026-10-11 | 200.00
    D0       | C2       | 2026-10-01    | 2026-10-31 | 100.00
"""


def stages(*sets: str, items: str = ITEMS, as_of: date = AS_OF, **beside: str) -> dict[str, int]:
    found = review(ledger(items, **beside), load(sets=["currency=EUR", *sets]), as_of)
    return dict(zip(found.ledger.items.document.tolist(), found.items.stage.tolist(), strict=True))


def test_where_nothing_is_stated_the_stage_is_that_of_the_age():
    assert stages() == {"D61": 3, "D20": 2, "D0": 1}


class TestNotices:
    SENT = """
        customer | document | date       | stage
        C1       | D61      | 2026-10-30 | 1
    """

    def test_day_61_after_a_first_reminder_yesterday_stays_at_stage_1_in_a_sequential_procedure(self):
        patient = "dunning.procedures.prompt.days_between=7"
        assert stages(SEQUENTIAL, patient, dunning=self.SENT)["D61"] == 1
        assert stages(SEQUENTIAL, patient, dunning=self.SENT, as_of=date(2026, 11, 6))["D61"] == 2
        assert stages(SEQUENTIAL, dunning=self.SENT)["D61"] == 2

    @pytest.mark.parametrize("levels", [(1, 3), (3, 1)])
    def test_of_several_notices_of_a_day_to_a_customer_the_highest_counts_in_whatever_order(self, levels):
        sent = "customer | date | stage" + "".join(f"\nC1 | 2026-10-30 | {level}" for level in levels)
        found = review(ledger(ITEMS, dunning=sent), load(sets=["currency=EUR"]), AS_OF)
        assert found.case.found.dunned.standing.last_stage[:2].tolist() == [2, 2]

    def test_without_any_notice_a_sequence_begins_at_its_first_level(self):
        assert stages(SEQUENTIAL) == {"D61": 1, "D20": 1, "D0": 1}

    def test_a_jump_waits_for_the_days_between_and_then_goes_to_the_level_of_the_age(self):
        patient = "dunning.procedures.prompt.days_between=7"
        assert stages(dunning=self.SENT)["D61"] == 3
        assert stages(patient, dunning=self.SENT)["D61"] == 1
        assert stages(patient, dunning=self.SENT, as_of=date(2026, 11, 6))["D61"] == 3

    def test_a_second_run_on_the_day_of_a_notice_gives_nothing_new(self):
        assert stages(dunning=self.SENT, as_of=date(2026, 10, 30))["D61"] == 1

    def test_a_past_date_does_not_know_the_notices_after_it(self):
        sent = """
            customer | document | date       | stage
            C1       | D61      | 2026-10-01 | 1
            C1       | D61      | 2026-10-20 | 2
        """
        climbed = {day: stages(SEQUENTIAL, dunning=sent, as_of=date(2026, 10, day))["D61"] for day in (1, 15, 21, 30)}
        assert climbed == {1: 1, 15: 2, 21: 2, 30: 2}
        assert stages(SEQUENTIAL, dunning=sent, as_of=date(2026, 10, 31))["D61"] == 3

    def test_a_notice_to_a_customer_as_a_whole_is_about_what_had_reached_a_stage(self):
        sent = """
            customer | document | date       | stage
            C1       |          | 2026-09-05 | 1
        """
        assert stages(SEQUENTIAL, dunning=sent) == {"D61": 2, "D20": 1, "D0": 1}

    def test_a_notice_without_a_level_was_of_the_one_its_age_called_for(self):
        sent = """
            customer | document | date       | stage
            C1       | D61      | 2026-10-29 |
        """
        assert stages("dunning.procedures.prompt.days_between=7", dunning=sent)["D61"] == 2

    LEVELS = """
        document | customer | document_date | due_date   | amount | last_stage | last_dunned
        A        | C1       | 2026-07-31    | 2026-08-31 | 610.00 | 1          | 2026-10-20
        B        | C1       | 2026-07-31    | 2026-08-31 | 610.00 | 2          |
        C        | C1       | 2026-07-31    | 2026-08-31 | 610.00 |            |
    """

    def test_level_and_day_of_the_ledger_count_unless_they_are_of_a_later_day(self):
        assert stages(SEQUENTIAL, items=self.LEVELS) == {"A": 2, "B": 3, "C": 1}
        assert stages(SEQUENTIAL, items=self.LEVELS, as_of=date(2026, 10, 15)) == {"A": 1, "B": 2, "C": 1}

    def test_of_ledger_and_sheet_the_later_notice_counts(self):
        before, after = (
            f"""
            customer | document | date       | stage
            C1       | A        | {day} | 2
            """
            for day in ("2026-10-10", "2026-10-25")
        )
        assert stages(SEQUENTIAL, items=self.LEVELS, dunning=before)["A"] == 2
        assert stages(SEQUENTIAL, items=self.LEVELS, dunning=after)["A"] == 3


class TestPromises:
    LOG = """
        customer | document | date       | note             | promised
        C1       | D61      | 2026-10-12 | pays next month  | 2026-11-02
    """

    @pytest.mark.parametrize(("day", "stage"), [(12, 2), (31, 2)])
    def test_a_promise_holds_the_stage_of_the_day_it_was_given(self, day, stage):
        assert stages(contacts=self.LOG, as_of=date(2026, 10, day))["D61"] == stage

    def test_until_its_day_is_over_then_it_is_broken_and_dunning_goes_on(self):
        found = [
            review(ledger(ITEMS, contacts=self.LOG), load(sets=["currency=EUR"]), date(2026, 11, day)) for day in (2, 3)
        ]
        assert [each.items.stage.tolist() for each in found] == [[2, 2, 1], [3, 2, 1]]
        assert [each.case.found.dunned.broken.tolist()[0] for each in found] == [False, True]

    def test_a_promise_of_the_ledger_holds_at_the_level_it_states(self):
        items = """
            document | customer | document_date | due_date   | amount | last_stage | promised_date
            A        | C1       | 2026-07-31    | 2026-08-31 | 610.00 | 1          | 2026-11-05
            B        | C1       | 2026-07-31    | 2026-08-31 | 610.00 |            | 2026-10-05
        """
        assert stages(items=items) == {"A": 1, "B": 3}

    def test_a_promise_about_everything_is_about_what_is_due_by_then(self):
        log = """
            customer | document | date       | note | promised
            C1       |          | 2026-10-20 | pays | 2026-10-31
        """
        assert stages(contacts=log, as_of=date(2026, 10, 31)) == {"D61": 2, "D20": 1, "D0": 1}


class TestReasons:
    def reason(self, said: str) -> dict[str, int]:
        return stages(
            contacts=f"""
            customer | document | date       | note | reason
            C1       |          | 2026-10-20 | said | {said}
            """
        )

    def test_a_reason_holds_or_takes_an_item_to_the_level_of_its_kind(self):
        assert self.reason("oversight") == {"D61": 3, "D20": 2, "D0": 1}
        assert self.reason("Short of cash") == {"D61": 2, "D20": 1, "D0": 1}
        assert self.reason("有能力但拒付") == {"D61": 3, "D20": 3, "D0": 1}


class TestDisputes:
    def disputed(self, amount: str, resolved: str = "", **given) -> dict[str, int]:
        told = f"""
            customer | document | reason  | amount   | opened     | owner | resolved
            C1       | D61      | quality | {amount} | 2026-10-01 | sales | {resolved}
        """
        return stages("dunning.procedures.prompt.minimum_amount=100", disputes=told, **given)

    def test_the_rest_goes_on_unless_it_is_below_the_minimum(self):
        assert self.disputed("510.00")["D61"] == 3
        assert self.disputed("510.01")["D61"] == 0
        assert self.disputed("")["D61"] == 0

    def test_only_while_it_is_going_on(self):
        assert self.disputed("", resolved="2026-10-15")["D61"] == 3
        assert self.disputed("", resolved="2026-10-15", as_of=date(2026, 10, 14))["D61"] == 0
        assert self.disputed("", as_of=date(2026, 9, 30))["D61"] == 2

    def test_a_dispute_of_a_customer_takes_its_oldest_items_first(self):
        told = """
            customer | document | reason | amount | opened
            C1       |          | price  | 650.00 | 2026-10-01
        """
        found = review(ledger(ITEMS, disputes=told), load(sets=["currency=EUR"]), AS_OF).case.found.dunned
        assert found.disputed.minor.tolist() == [610_00, 40_00, 0]
        assert found.dunned_minor.tolist() == [0, 160_00, 100_00]

    def test_a_disputed_item_with_a_part_stated_is_dunned_for_the_rest(self):
        grid = Grid(
            "Items",
            [
                ["Customer", "Invoice", "Due Date", "Amount", "Disputed", "Disputed Amount"],
                ["C1", "A", date(2026, 8, 31), 610.0, "Yes", 10.0],
                ["C1", "B", date(2026, 8, 31), 610.0, "Yes", None],
            ],
        )
        found = review(open_ledger(MemoryWorkbook([grid])).ledger, load(), AS_OF)
        assert found.items.stage.tolist() == [3, 0]


class TestTogether:
    def test_a_customers_items_stand_on_one_stage_where_the_policy_says_so(self):
        assert stages("dunning.procedures.prompt.per=customer") == {"D61": 3, "D20": 3, "D0": 1}

    def test_a_customer_who_owes_less_than_the_minimum_is_left_alone(self):
        assert stages("dunning.procedures.prompt.minimum_per_customer=500") == {"D61": 3, "D20": 2, "D0": 0}


class TestPlans:
    PLAN = """
        customer | plan | document | agreed     | due        | amount | currency
        C1       | P1   | D61      | 2026-09-20 | 2026-10-10 | 305.00 | EUR
        C1       | P1   | D61      | 2026-09-20 | 2026-11-10 | 305.00 | EUR
    """
    HALF = """
        document | customer | document_date | due_date   | amount | settled | settled_date | currency
        D61      | C1       | 2026-07-31    | 2026-08-31 | 610.00 | 305.00  | 2026-10-10   | EUR
    """

    def plans(self, items: str, as_of: date = AS_OF):
        found = review(ledger(items, plans=self.PLAN), load(sets=["currency=EUR"]), as_of)
        (plan,) = found.case.found.dunned.plans
        return found, plan

    def test_a_plan_that_is_kept_is_dunned_by_its_next_instalment_and_aged_by_the_due_date(self):
        found, plan = self.plans(self.HALF)
        assert (plan.holds, plan.states.tolist(), plan.left) == (True, ["kept", "pending"], 305_00)
        assert found.items.stage.tolist() == [0]
        assert (found.items.days_past_due.tolist(), found.items.bucket.tolist()) == ([61.0], ["61-90"])
        assert self.plans(self.HALF, date(2026, 11, 3))[0].items.stage.tolist() == [1]

    def test_a_plan_lessens_no_provision_interest_or_overdue_amount(self):
        """T8, T2: the original due date stays that of aging and provisions; what is dunned alone is put off."""
        with_plan, plan = self.plans(self.HALF)
        without = review(ledger(self.HALF), load(sets=["currency=EUR"]), AS_OF)
        assert plan.holds
        for key in ("provisions", "provision_matrix", "interest"):
            there, wanted = (LISTS[key](found).frame() for found in (with_plan, without))
            assert len(there) > 0
            pd.testing.assert_frame_equal(there, wanted)
        assert with_plan.totals == without.totals
        assert with_plan.customers.overdue.tolist() == [305.0]
        assert (with_plan.items.stage.tolist(), without.items.stage.tolist()) == ([0], [3])

    def test_a_broken_instalment_ends_the_plan_and_dunning_goes_by_the_due_date(self):
        found, plan = self.plans(self.HALF, date(2026, 11, 11))
        assert (plan.holds, plan.states.tolist()) == (False, ["kept", "broken"])
        assert found.items.stage.tolist() == [3]

    def test_before_it_was_agreed_there_is_no_plan(self):
        found = review(ledger(ITEMS, plans=self.PLAN), load(sets=["currency=EUR"]), date(2026, 9, 19))
        assert found.case.found.dunned.plans == ()

    def test_what_its_sheet_states_as_paid_goes_before_the_ledger(self):
        paid = """
            customer | plan | document | agreed     | due        | amount | paid_on
            C1       | P1   | D61      | 2026-09-20 | 2026-10-10 | 305.00 | 2026-10-09
            C1       | P1   | D61      | 2026-09-20 | 2026-11-10 | 305.00 |
        """
        assert stages(plans=paid)["D61"] == 0

    def test_a_plan_without_documents_pays_off_what_was_due_when_it_was_agreed(self):
        whole = """
            customer | plan | agreed     | due        | amount
            C1       | P1   | 2026-09-20 | 2026-12-10 | 305.00
        """
        assert stages(plans=whole) == {"D61": 0, "D20": 2, "D0": 1}

    def test_a_column_of_the_ledger_may_put_off_items_one_by_one(self):
        items = """
            document | customer | document_date | due_date   | planned_date | amount | settled | settled_date
            A        | C1       | 2026-07-31    | 2026-08-31 | 2026-11-30   | 610.00 |         |
            B        | C1       | 2026-07-31    | 2026-08-31 | 2026-10-30   | 610.00 |         |
            C        | C1       | 2026-07-31    | 2026-08-31 | 2026-10-30   | 610.00 | 610.00  | 2026-10-30
            D        | C1       | 2026-07-31    | 2026-08-31 |              | 610.00 |         |
        """
        assert stages(items=items) == {"A": 0, "B": 3, "C": 0, "D": 3}
        found = review(ledger(items), load(sets=["currency=EUR"]), AS_OF)
        plans = {plan.number: (plan.states.tolist(), plan.left) for plan in found.case.found.dunned.plans}
        assert plans == {"A": (["pending"], 610_00), "B": (["broken"], 610_00), "C": (["kept"], 0)}
        assert found.items.bucket.tolist() == ["61-90", "61-90", "", "61-90"]

    def test_who_is_short_of_cash_is_held_until_a_plan_is_agreed(self):
        log = """
            customer | document | date       | note | reason
            C1       |          | 2026-09-15 | said | cash_shortage
        """
        assert stages(contacts=log)["D61"] == 2
        assert stages(contacts=log, plans=self.PLAN)["D61"] == 3, "the first instalment is broken"


DAYS = st.integers(0, 60)
FACTS = st.fixed_dictionaries(
    {
        "notice": st.none() | st.tuples(DAYS, st.integers(0, 4)),
        "promise": st.none() | st.tuples(DAYS, st.integers(-30, 30)),
        "reason": st.sampled_from(["", "oversight", "cash_shortage", "dispute", "unwilling"]),
        "disputed": st.none() | st.sampled_from(["", "0.01", "300.00", "900.00"]),
        "instalments": st.lists(st.tuples(st.integers(-60, 60), st.integers(1, 400)), max_size=3),
        "blocked": st.booleans(),
    }
)


def _told(facts) -> dict[str, str]:
    """The sheets beside the ledger that state these facts about D61."""
    day = np.datetime64(AS_OF)
    beside = {}
    if facts["notice"]:
        ago, level = facts["notice"]
        beside["dunning"] = f"customer | document | date | stage\nC1 | D61 | {day - ago} | {level}"
    if facts["promise"] or facts["reason"]:
        ago, ahead = facts["promise"] or (0, None)
        promised = "" if ahead is None else day + ahead
        log = f"C1 | D61 | {day - ago} | said | {promised} | {facts['reason']}"
        beside["contacts"] = f"customer | document | date | note | promised | reason\n{log}"
    if facts["disputed"] is not None:
        beside["disputes"] = f"customer | document | opened | amount\nC1 | D61 | 2026-10-01 | {facts['disputed']}"
    if facts["instalments"]:
        rows = [f"C1 | D61 | 2026-09-01 | {day + ahead} | {amount}" for ahead, amount in facts["instalments"]]
        beside["plans"] = "\n".join(["customer | document | agreed | due | amount", *rows])
    return beside


def _items(paid: int, *, blocked: bool) -> str:
    return f"""
        document | customer | document_date | due_date   | amount | currency | settled | settled_date | blocked
        D61      | C1       | 2026-07-31    | 2026-08-31 | 610.00 | EUR      | {paid}  | 2026-10-15   | {"yes" if blocked else ""}
        D20      | C1       | 2026-09-11    | 2026-10-11 | 200.00 | EUR      |         |              |
    """


PROCEDURES = st.sampled_from(
    [
        (),
        (SEQUENTIAL,),
        ("dunning.procedures.prompt.days_between=10", "dunning.procedures.prompt.promise_days=3"),
        (SEQUENTIAL, "dunning.procedures.prompt.per=customer", "dunning.procedures.prompt.minimum_per_customer=250"),
        ("plan.most_broken=2", "plan.grace_days=5", "dunning.procedures.prompt.minimum_amount=50"),
    ]
)


@given(FACTS, PROCEDURES, st.integers(0, 610), st.integers(0, 610))
def test_paying_never_worsens_a_stage(facts, sets, one, other):
    less, more = (
        stages(*sets, items=_items(paid, blocked=facts["blocked"]), **_told(facts)) for paid in sorted((one, other))
    )
    assert all(more[document] <= less[document] for document in less)


@given(FACTS, PROCEDURES, st.integers(0, 610))
def test_no_more_is_asked_for_than_is_open_and_not_in_dispute(facts, sets, paid):
    items = ledger(_items(paid, blocked=facts["blocked"]), **_told(facts))
    found = review(items, load(sets=["currency=EUR", *sets]), AS_OF)
    dunned = found.case.found.dunned
    asked = asked_for(dunned.plans, dunned.dunned_minor)
    assert (asked >= 0).all()
    assert (asked + dunned.disputed.minor <= found.items.open_minor).all()


@given(FACTS, PROCEDURES)
def test_a_blocked_item_never_escalates(facts, sets):
    found = stages(*sets, items=_items(0, blocked=True), **_told(facts))
    had = facts["notice"][1] if facts["notice"] else 0
    assert found["D61"] <= had


@given(FACTS, PROCEDURES, st.integers(1, 60))
def test_a_past_date_does_not_know_what_came_after_it(facts, sets, back):
    then = AS_OF - (date(2026, 10, 31) - date.fromordinal(AS_OF.toordinal() - back))
    known = dict(facts)
    if facts["notice"] and facts["notice"][0] < back:
        known["notice"] = None
    if (facts["promise"] or (0, 0))[0] < back:
        known |= {"promise": None, "reason": ""}
    told = [_told(each) for each in (facts, known)]
    found = [stages(*sets, items=_items(0, blocked=facts["blocked"]), as_of=then, **beside) for beside in told]
    assert found[0] == found[1]
