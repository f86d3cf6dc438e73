"""Claims, uninsured exposure, provisions and roll rates: a ledger and its records go in, the lines come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import ledger, lines
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.claims import claims
from xlcredit.control.lists.insurance import insurance_contract, insurance_cover
from xlcredit.control.lists.provisions import provision_matrix, provisions
from xlcredit.control.lists.rolls import roll_rates
from xlcredit.control.lists.uninsured import uninsured
from xlcredit.control.provided import provided
from xlcredit.ledger.records import RECORD_ROLES, Records
from xlcredit.locales import Words
from xlcredit.policy import load

AS_OF = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount
    INV-1    | C1       | 2026-06-10    | 2026-07-10 | 1000.00
    INV-2    | C1       | 2026-09-20    | 2026-10-20 | 500.00
    INV-3    | C2       | 2026-10-01    | 2026-11-30 | 800.00
    INV-4    | C3       | 2026-05-01    | 2026-06-01 | 300.00
    INV-5    | C4       | 2026-05-01    | 2026-06-01 | 400.00
"""
COVER = """
    customer | insured_limit | cover | valid_from | valid_to   | stopped
    C1       | 1200          | 0.9   | 2026-01-01 | 2026-12-31 | 2026-08-31
    C2       | 5000          |       | 2026-01-01 |            |
    C3       | 5000          | 0.9   | 2025-01-01 | 2026-09-30 |
    C4       | 5000          | 0.9   | 2026-12-01 |            |
"""
EVENTS = """
    customer | date       | type
    C2       | 2026-10-15 | 破产清算
"""


def records(kind, table):
    """Records of a kind from a table like the ledger's."""
    heading, *rows = lines(table)
    columns = {role: [row[at] for row in rows] for at, role in enumerate(heading)}
    kinds = {role: RECORD_ROLES[kind][role][0] for role in columns}
    return Records(
        kind,
        np.arange(2, len(rows) + 2),
        {role: np.array(cells, dtype=object) for role, cells in columns.items() if kinds[role] == "text"},
        {
            role: np.array([float(cell or "nan") for cell in cells])
            for role, cells in columns.items()
            if kinds[role] in ("money", "ratio", "number")
        },
        {
            role: np.array([cell or "NaT" for cell in cells], dtype="datetime64[D]")
            for role, cells in columns.items()
            if kinds[role] == "date"
        },
        {},
    )


def reviewed(items=ITEMS, customers="", as_of=AS_OF, cover=COVER, events=EVENTS, policy=None, **beside):
    kinds = {"insurance": cover, "events": events, **beside}
    found = {kind: records(kind, table) for kind, table in kinds.items() if table}
    return review(replace(ledger(items, customers), records=found), policy or load(), as_of)


def cells(listing, *keys):
    """Lines of these columns."""
    return [list(line) for line in zip(*(listing[key].astype(object).tolist() for key in keys), strict=True)]


class TestClaims:
    def test_the_insolvent_and_the_late_stand_by_the_day_of_notification(self):
        assert cells(claims(reviewed()), "customer", "notify_by", "days_left", "claim_action") == [
            ["C3", date(2026, 9, 27), -34, "notify_at_once"],
            ["C1", date(2026, 11, 6), 6, "notify"],
            ["C2", date(2027, 2, 27), 119, "file_claim"],
        ]

    @pytest.mark.parametrize("said", ["Receivership", "Winding up petition", "重整", "资不抵债"])
    def test_insolvency_is_told_by_the_words_of_the_signals(self, said):
        found = claims(reviewed(events=f"customer | date | type\nC2 | 2026-10-15 | {said}"))
        assert ["C2", "insolvency", "file_claim"] in cells(found, "customer", "cause", "claim_action")

    def test_what_was_sold_after_the_stop_is_lost_and_not_insured(self):
        assert cells(claims(reviewed()), "loss", "insured_part", "uninsured_part", "waiting_end", "pay_by")[1:] == [
            [1500, 900, 600, date(2027, 1, 6), date(2027, 2, 5)],
            [800, 720, 80, date(2026, 10, 31), date(2026, 11, 30)],
        ]

    def test_on_a_past_day_later_events_had_not_come_and_old_cover_held(self):
        past = claims(reviewed(as_of=date(2026, 9, 30)))
        assert cells(past, "customer", "notify_by", "loss") == [
            ["C3", date(2026, 9, 27), 300],
            ["C1", date(2026, 11, 6), 1000],
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
        assert second[:2] + second[3:] == ["C1", "wait", ("invoice", "open_item_statement")]
        assert np.isnan(second[2])
        assert third == [
            "C2",
            "file_claim",
            119,
            ("claim_registration", "contract", "delivery_proof", "open_item_statement"),
        ]

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
            date(2026, 12, 30),
            date(2027, 1, 11),
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
        assert cells(on_time, "notify_by", "days_left", "claim_action") == [[deadline, 0, "notify"]]
        assert cells(late, "notify_by", "days_left", "claim_action") == [[deadline, -1, "notify_at_once"]]


class TestCover:
    POLICY = ("insurance.rates.E=0.01", "insurance.rates.D=0.01", "insurance.rates.C=0.01")
    POLICY += ("insurance.rates.B=0.01", "insurance.rates.A=0.01", "insurance.minimum_premium=20")

    def cover(self, *sets, **given):
        found = reviewed(policy=load(sets=[*self.POLICY, *sets]), **given)
        return cells(insurance_cover(found), "customer", "insured_limit", "premium_base", "premium")

    def contract(self, *sets):
        keys = ("insured_by", "scope", "premium_base", "premium", "policy_maximum", "indemnity", "maximum_used")
        return cells(insurance_contract(reviewed(policy=load(sets=[*self.POLICY, *sets]))), *keys)[0]

    def test_the_whole_turnover_of_the_year_bears_the_premium(self):
        """I2, I4: 1 % of what was invoiced in 365 days, also of C4, whom nobody has insured yet."""
        found = self.cover()
        assert found[0] == ["C1", 1200, 1500, 15]
        assert [[who, *rest[1:]] for who, *rest in found[1:]] == [["C2", 800, 8], ["C3", 300, 3], ["C4", 400, 4]]

    def test_of_named_buyers_only_what_was_sold_under_a_limit(self):
        assert [line[::2] for line in self.cover("insurance.scope=named_buyers")] == [
            ["C1", 1500],
            ["C2", 800],
            ["C3", 300],
        ]

    def test_by_the_order_only_what_cover_extends_to(self):
        """I3: what was sold after shipments had to stop was not declared."""
        assert self.cover("insurance.basis=order")[0] == ["C1", 1200, 1000, 10]

    def test_the_base_may_be_the_limit_or_the_exposure(self):
        found = self.cover("insurance.premium_base=exposure", "insurance.scope=named_buyers")
        assert [line[::2] for line in found[:2]] == [["C1", 1500], ["C2", 800]]
        # Shipments to C1 have stopped: what its limit was carries nothing new.
        assert self.cover("insurance.premium_base=limit")[:2] == [["C1", 1200, 0, 0], ["C2", 5000, 5000, 50]]

    def test_the_contract_has_a_minimum_and_the_claims_use_up_its_maximum(self):
        assert self.contract() == ["annual", "whole_turnover", 3000, 30, 900, 900, 1]
        assert self.contract("insurance.minimum_premium=100")[3:] == [100, 3000, 1890, 0.63]

    def test_a_multiple_of_a_premium_that_nobody_knows_is_no_maximum(self):
        free = load(sets=["insurance.premium_from=0", "insurance.premium_to=0"])
        assert cells(insurance_contract(reviewed(policy=free)), "premium", "indemnity") == [[0, 1890]]

    def test_nothing_said_of_insurance_makes_no_list(self):
        found = reviewed(cover="", events="")
        assert not len(insurance_cover(found))
        assert not len(insurance_contract(found))


class TestConsecutiveCover:
    """Two policies, one after the other: what was sold is insured by the one that was in force on its day."""

    ITEMS = """
        customer | document_date | due_date   | amount
        C1       | 2025-11-20    | 2026-01-20 | 1000.00
        C1       | 2026-02-10    | 2026-04-10 | 600.00
        C1       | 2026-07-15    | 2026-09-15 | 400.00
    """
    COVER = """
        customer | insured_limit | cover | valid_from | valid_to
        C1       | 2000          | 0.9   | 2025-01-01 | 2025-12-31
        C1       | 1200          | 0.8   | 2026-01-01 | 2026-06-30
    """

    def reviewed(self, **given):
        return reviewed(given.pop("items", self.ITEMS), cover=self.COVER, events="", **given)

    def test_both_have_run_out_and_both_still_pay(self):
        # 90 % of 1,000 under the first; under the second 80 % of the 200 that its limit of 1,200 has left; then nothing.
        assert cells(claims(self.reviewed()), "notify_by", "loss", "insured_part", "uninsured_part") == [
            [date(2026, 4, 18), 2000, 1060, 940]
        ]

    def test_the_uninsured_exposure_and_the_concentration_say_the_same(self):
        found = self.reviewed()
        keys = ("insured_part", "uninsured_part", "cover_status")
        assert cells(uninsured(found), *keys) == [[1060, 940, "partly_covered"]]
        assert cells(lists_of(found)["concentration"], "insured", "lost") == [[1060, 940]]

    def test_so_do_the_provisions(self):
        rule = load()
        policy = replace(rule, provision=replace(rule.provision, cover_is_integral=True))
        # 200 days and more past due and 46 days: 10.6 % of 100 and of 440, 3.6 % of 400.
        assert cells(provisions(self.reviewed(policy=policy)), "insured_part", "expected_loss") == [[1060, 71.64]]

    def test_cover_without_a_line_for_today_bounds_no_new_business(self):
        assert np.isnan(self.reviewed().customers.answers["insured_limit"][0])
        assert self.reviewed(as_of=date(2026, 6, 30)).customers.answers["insured_limit"][0] == 1200

    def test_a_payment_on_account_is_set_off_against_what_fell_due_first(self):
        paid = self.ITEMS + "    C1 | 2026-10-01 | 2026-10-01 | -900.00\n"
        # 100 are left of the first invoice, all 600 of the second: 90 + 480.
        assert cells(claims(self.reviewed(items=paid)), "loss", "insured_part") == [[1100, 570]]

    @given(st.integers(1, 28), st.integers(1, 300_000))
    def test_insured_and_uninsured_foot_to_what_is_lost(self, day, cents):
        items = f"customer | document_date | due_date | amount\nC1 | 2025-12-{day:02} | 2026-01-31 | {cents / 100}"
        found = claims(self.reviewed(items=items))
        parts = [round(found[key][0] * 100) for key in ("insured_part", "uninsured_part", "loss")]
        assert (parts[0] + parts[1], parts[2]) == (cents, cents)


class TestUninsured:
    def test_the_largest_uninsured_part_stands_first(self):
        keys = ("customer", "exposure", "insured_part", "uninsured_part", "cover_status")
        assert cells(uninsured(reviewed()), *keys) == [
            ["C1", 1500, 900, 600, "partly_covered"],
            ["C4", 400, 0, 400, "not_covered"],
            ["C2", 800, 720, 80, "covered"],
            ["C3", 300, 270, 30, "covered"],
        ]

    def test_nothing_said_of_insurance_makes_no_list(self):
        assert not len(uninsured(reviewed(cover="")))


class TestProvisions:
    def test_each_customer_has_the_losses_of_its_items(self):
        found = provisions(reviewed())
        assert cells(found, "customer", "open", "overdue", "expected_loss") == [
            ["C1", 1500, 1500, 114],
            ["C4", 400, 400, 42.4],
            ["C3", 300, 300, 31.8],
            ["C2", 800, 0, 2.4],
        ]
        assert found["loss_share"].tolist() == pytest.approx([0.076, 0.106, 0.106, 0.003])

    def test_cover_that_is_integral_lowers_the_loss_of_what_it_extends_to(self):
        rule = load()
        found = provisions(reviewed(policy=replace(rule, provision=replace(rule.provision, cover_is_integral=True))))
        assert cells(found, "customer", "expected_loss", "insured_part")[1:3] == [["C1", 18.6, 900], ["C3", 3.18, 270]]

    @given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-99_999, 99_999), st.integers(1, 28)), min_size=1))
    def test_lines_add_up_to_the_items(self, drawn):
        rows = [f"{owner} | 2026-0{day % 9 + 1}-{day:02} | {cents / 100}" for owner, cents, day in drawn]
        found = reviewed("\n".join(["customer | due_date | amount", *rows]), cover="", events="")
        for key, of_items in (("open", provided(found).open), ("expected_loss", provided(found).loss)):
            cents = [
                sum(round(cell * 100) for cell in made(found)[key].tolist()) for made in (provisions, provision_matrix)
            ]
            assert cents == [of_items.sum()] * 2

    def test_the_matrix_has_a_line_for_each_segment_bucket_and_rate(self):
        sets = ['provision.segments={ Distributors = { "91-120" = 0.2 } }', "provision.retention_recovery=0.5"]
        customers = "customer | segment | retention_of_title\nC1 | distributors |\nC3 | | yes\nC4 | Others |"
        found = reviewed(customers=customers, policy=load(sets=sets))
        keys = ("segment", "bucket", "open", "provision_rate", "expected_loss", "retention_of_title")
        assert cells(provision_matrix(found), *keys) == [
            ["", "not_due", 800, 0.003, 2.4, ""],
            ["", "121-180", 300, 0.053, 15.9, "retained"],
            ["", "121-180", 400, 0.106, 42.4, ""],
            ["Distributors", "1-30", 500, 0.016, 8, ""],
            ["Distributors", "91-120", 1000, 0.2, 200, ""],
        ]
        assert cells(provisions(found), "customer", "segment", "provided_for")[0] == ["C1", "Distributors", 1500]

    def test_a_segment_may_be_the_industry(self):
        sets = ["provision.segment_by=industry", 'provision.segments={ Mining = { "91-120" = 0.5 } }']
        found = reviewed(customers="customer | industry\nC1 | Mining", policy=load(sets=sets))
        assert cells(provisions(found), "customer", "expected_loss")[0] == ["C1", 508]

    def test_a_grade_with_a_probability_of_default_takes_the_place_of_the_matrix(self):
        """EAD × PD × LGD (formulas.md, ecl-insured): default is presumed after 90 days, where LGD alone is lost."""
        graded = reviewed().customers.grade[0]
        found = provisions(reviewed(policy=load(sets=[f"provision.pd.{graded}=0.04", "provision.lgd=0.5"])))
        assert cells(found, "customer", "expected_loss", "loss_basis")[0] == ["C1", 510, "graded"]

    def test_what_insurance_takes_off_is_not_provided_for(self):
        found = provision_matrix(reviewed(policy=load(sets=["provision.cover=integral"])))
        assert cells(found, "bucket", "open", "provided_for")[1:3] == [["1-30", 500, 500], ["91-120", 1000, 100]]
        assert found["insured_part"].tolist()[2] == 900


class TestRollRates:
    PAID = """
        customer | document_date | due_date   | amount | settled | settled_date
        C1       | 2026-07-01    | 2026-07-15 | 100    | 100     | 2026-08-20
        C1       | 2026-07-01    | 2026-07-15 | 300    |         |
    """

    def test_what_is_a_bucket_older_a_month_later_over_what_could_be(self):
        found = roll_rates(reviewed(self.PAID, cover="", events=""))
        assert cells(found, "bucket", "next_bucket", "roll_rate")[1:3] == [
            ["1-30", "31-60", 0.75],
            ["31-60", "61-90", 1.0],
        ]

    def test_a_bucket_that_never_held_anything_is_blank_and_says_so(self):
        found = roll_rates(reviewed(self.PAID, cover="", events=""))
        assert np.isnan(found["roll_rate"][0])
        assert found["note"][:2].tolist() == ["nothing_to_roll", ""]

    def test_a_rate_into_a_bucket_wider_than_a_month_is_said_to_be_too_high(self):
        sets = [
            'aging.buckets=[{key="not_due"}, {key="1-30", from=1}, {key="31-90", above=30}, {key=">90", above=90}]',
            "provision.rates.31-90=0.05",
            'provision.rates.">90"=0.1',
        ]
        found = roll_rates(reviewed(self.PAID, cover="", events="", as_of=date(2026, 9, 30), policy=load(sets=sets)))
        assert cells(found, "next_bucket", "note")[1:] == [["31-90", "wide_bucket"], [">90", "wide_bucket"]]

    def test_open_items_alone_tell_nothing_of_what_was_paid(self):
        assert not len(roll_rates(reviewed()))
        assert not len(roll_rates(reviewed(self.PAID, cover="", events="", as_of=date(2026, 8, 19))))


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
