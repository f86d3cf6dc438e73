"""What is insured and what is not, under consecutive policies, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.support.insured import reviewed
from tests.support.tables import cells
from xlcredit.control.lists import lists_of
from xlcredit.control.lists.claims import claims
from xlcredit.control.lists.insurance import insurance_contract, insurance_cover
from xlcredit.control.lists.provisions import provisions
from xlcredit.control.lists.uninsured import uninsured
from xlcredit.policy import load


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
            ["2026-04-18", 2000, 1060, 940]
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

    def test_the_coverage_is_the_insured_share_of_the_exposure(self):
        """L10: 900 of 1,500, nothing, 720 of 800, 270 of 300."""
        assert uninsured(reviewed())["coverage"].tolist() == [0.6, 0, 0.9, 0.9]

    def test_nothing_said_of_insurance_makes_no_list(self):
        assert not len(uninsured(reviewed(cover="")))


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

    def test_what_the_portfolio_is_like_proposes_a_product(self):
        """I5: half of all is owed by one, 2,500 of 3,000 sold are in default, and a twentieth of the equity at stake."""
        keys = ("hhi", "default_share", "equity_share", "proposal")
        told = insurance_contract(reviewed(policy=load(sets=["insurance.choice.equity=30000"])))
        hhi, defaulted, strain, proposed = cells(told, *keys)[0]
        assert round(hhi * 9_000_000) == 1500**2 + 800**2 + 300**2 + 400**2
        # C1's 1,000 are 113 days late, C3's and C4's 700 are 152, C2's 800 are insolvent.
        assert (round(defaulted * 3000), strain, proposed) == (2500, 0.05, "named_buyers")

    def test_without_the_equity_no_product_is_proposed(self):
        assert "proposal" not in [field.key for field in insurance_contract(reviewed()).fields]

    def test_a_multiple_of_a_premium_that_nobody_knows_is_no_maximum(self):
        free = load(sets=["insurance.premium_from=0", "insurance.premium_to=0"])
        assert cells(insurance_contract(reviewed(policy=free)), "premium", "indemnity") == [[0, 1890]]

    def test_nothing_said_of_insurance_makes_no_list(self):
        found = reviewed(cover="", events="")
        assert not len(insurance_cover(found))
        assert not len(insurance_contract(found))
