"""Provisions, their matrix and roll rates: a ledger goes in, the lines come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.insured import reviewed
from tests.support.tables import cells
from xlcredit.control.insurance.provided import provided
from xlcredit.control.lists.lossrates import loss_rates
from xlcredit.control.lists.provisions import provision_matrix, provisions
from xlcredit.control.lists.rolls import roll_rates
from xlcredit.policy import load


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
            lists = [made(found) for made in (provisions, provision_matrix)]  # nothing owed: no line, no column
            cents = [sum(round(cell * 100) for cell in made[key].tolist()) if len(made) else 0 for made in lists]
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

    def test_what_the_standard_presumes_of_days_past_due_is_told_apart(self):
        """IFRS 9 5.5.11 and B5.5.37: stage 2 above 30 days, stage 3 above 90; lifetime losses are provided for in each."""
        items = """
            customer | due_date   | amount
            C1       | 2026-10-01 | 1.00
            C1       | 2026-09-30 | 20.00
            C1       | 2026-08-02 | 300.00
            C1       | 2026-08-01 | 4000.00
            C2       |            | 50000.00
        """
        found = provisions(reviewed(items, cover="", events=""))
        assert cells(found, "customer", "risk_risen", "default_presumed")[1] == ["C1", 320, 4000]
        told = {field.key for field in provisions(reviewed("customer | due_date | amount\nC1 | 2026-10-01 | 1")).fields}
        assert not told & {"risk_risen", "default_presumed"}

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
        assert cells(found, "bucket", "next_bucket", "roll_rate", "policy_rate")[1:3] == [
            ["1-30", "31-60", 0.75, 0.016],
            ["31-60", "61-90", 1.0, 0.036],
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


class TestLossRates:
    PAID = """
        document | customer | document_date | due_date   | amount   | settled  | settled_date
        1        | C1       | 2025-10-01    | 2025-12-31 | 20000.00 | 20000.00 | 2025-12-31
        2        | C1       | 2025-10-01    | 2025-12-31 | 35000.00 | 35000.00 | 2026-01-10
        3        | C2       | 2025-10-01    | 2025-12-31 | 30000.00 | 30000.00 | 2026-02-20
        4        | C2       | 2025-10-01    | 2025-12-31 | 15000.00 | 12000.00 | 2026-03-20
    """

    def test_what_was_never_paid_of_what_reached_each_bucket_beside_the_policys_rate(self):
        """ecl-agedsales (formulas.md 4f): of 100,000 sold 3,000 were never paid."""
        found = loss_rates(reviewed(self.PAID, cover="", events="", as_of=date(2026, 10, 31)))
        assert cells(found, "bucket", "sales_reached", "paid_within", "policy_rate")[:5] == [
            ["not_due", 100_000, 20_000, 0.003],
            ["1-30", 80_000, 35_000, 0.016],
            ["31-60", 45_000, 30_000, 0.036],
            ["61-90", 15_000, 12_000, 0.066],
            ["91-120", 3_000, 0, 0.106],
        ]
        assert found["loss_rate"].round(6).tolist() == [0.03, 0.0375, 0.066667, 0.2, 1.0, 1.0, 1.0]

    @pytest.mark.parametrize(
        ("as_of", "told"), [(date(2026, 6, 29), {"history_short"}), (date(2027, 6, 30), {"", "history_short"})]
    )
    def test_sales_too_young_or_too_long_ago_tell_nothing_and_that_is_said(self, as_of, told):
        # 180 days after the due date they might still be paid in the bucket before the last.
        items = self.PAID + "5 | C1 | 2026-01-01 | 2026-01-31 | 1.00 | 1.00 | 2026-02-01"
        found = loss_rates(reviewed(items, cover="", events="", as_of=as_of))
        assert set(found["note"].tolist()) == told

    def test_each_segment_has_its_own(self):
        sets = ["provision.segments={ Distributors = { not_due = 0.2 }, Retail = { not_due = 0.3 } }"]
        people = "customer | segment\nC2 | distributors"
        found = loss_rates(
            reviewed(self.PAID, people, cover="", events="", policy=load(sets=sets), as_of=date(2026, 10, 31))
        )
        lines = cells(found, "segment", "bucket", "sales_reached", "policy_rate")
        assert (lines[0], lines[7], len(lines)) == (
            ["", "not_due", 55_000, 0.003],
            ["Distributors", "not_due", 45_000, 0.2],
            14,
        )
        assert found["loss_rate"][[0, 7]].tolist() == [0, 3_000 / 45_000]

    def test_a_payment_of_no_known_day_leaves_its_invoice_out(self):
        items = self.PAID + "6 | C1 | 2025-10-01 | 2025-12-31 | 900.00 | 900.00 |"
        found = loss_rates(reviewed(items, cover="", events="", as_of=date(2026, 10, 31)))
        assert found["sales_reached"][0] == 100_000

    def test_open_items_alone_tell_nothing_of_what_was_paid(self):
        assert not len(loss_rates(reviewed()))

    @given(st.lists(st.tuples(st.integers(2, 9999), st.integers(0, 300)), min_size=1))
    def test_a_rate_never_falls_with_age_while_nothing_is_called_back(self, drawn):
        rows = [f"{cents / 100} | {cents // 2 / 100} | {np.datetime64('2025-11-30') + late}" for cents, late in drawn]
        heads = "customer | document_date | due_date | amount | settled | settled_date"
        items = "\n".join([heads, *(f"C1 | 2025-10-01 | 2025-12-31 | {row}" for row in rows)])
        rates = loss_rates(reviewed(items, cover="", events=""))["loss_rate"]
        known = rates[~np.isnan(rates)]
        assert (np.diff(known) >= 0).all()
        assert ((known >= 0) & (known <= 1)).all()
