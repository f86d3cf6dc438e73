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
