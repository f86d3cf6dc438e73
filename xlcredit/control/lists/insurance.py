"""Insurance: what the insurer covers of each customer and what that costs, and how much of the contract is used."""

from __future__ import annotations

import numpy as np

from xlcredit.control.events import insolvent
from xlcredit.control.insurance.insured import grants, insured_exposure
from xlcredit.control.insurance.premiums import indemnity_rule, premiums
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.lists.claims import claims
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import to_major, to_minor
from xlcredit.ledger.tables import Money
from xlcredit.rules import concentration
from xlcredit.rules.insurance import cover as covers
from xlcredit.rules.insurance.choice import proposal


def insurance_cover(review: Review) -> Listing:
    """One line per customer that the insurer has a limit or a premium for; what ends first comes first."""
    people, places, granted = review.customers, review.case.valuation.places, grants(review.case)
    paid, new, sheet = premiums(review), granted.new, review.case.ledger.recorded("insurance")
    carried = insured_exposure(review)
    has_limit = new.limit > 0
    lines = Listing(
        "insurance_cover",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("insurer_number", "text", np.append(sheet.text("reference"), np.array([""], dtype=object))[new.line]),
            Field("insured_limit", "amount", np.where(has_limit, new.limit, np.nan), in_base=True),
            Field("cover", "percent", np.where(has_limit, new.share, np.nan)),
            Field("valid_to", "date", np.append(sheet.day("valid_to"), np.datetime64("NaT", "D"))[new.line]),
            Field("stopped", "date", new.stopped),
            Field("exposure", "amount", people.exposure, in_base=True),
            Field("insured_part", "amount", to_major(carried.insured, places), in_base=True),
            Field("cover_status", "text", covers.status(people.exposure, to_major(carried.carried, places)), "cover"),
            Field("premium_base", "amount", paid.base, in_base=True),
            Field("premium_rate", "percent", paid.rate),
            Field("premium", "amount", paid.premium, in_base=True),
        ),
    ).take(granted.asked & (has_limit | (carried.insured > 0) | (np.nan_to_num(paid.premium) > 0)))
    return lines.by(lines["valid_to"], -np.nan_to_num(lines["insured_limit"]), lines["customer"].astype(str)).filled()


def insurance_contract(review: Review) -> Listing:
    """One line: what the contract takes in, its premium, and how much of its maximum the day's claims use (I10)."""
    case, rule, granted = review.case, review.policy.insurance, grants(review.case)
    places, paid, due = case.valuation.places, premiums(review), claims(review)
    most = indemnity_rule(review, paid.total).greatest(paid.total)
    claimed = int(to_minor(due["indemnity"], places).sum()) if len(due) else 0
    used = float(to_major(claimed, places)) / most if most > 0 else np.nan
    base = float(to_major(to_minor(paid.base, places).sum(), places))
    hhi, defaulted, strain = _portfolio(review)
    return (
        Listing(
            "insurance_contract",
            (
                Field("insured_by", "text", texts([rule.basis]), "insurance_bases"),
                Field("scope", "text", texts([rule.scope]), "insurance_scopes"),
                Field("premium_on", "text", texts([rule.premium.base]), "premium_bases"),
                Field("premium_base", "amount", np.array([base]), in_base=True),
                Field("premium", "amount", np.array([paid.total]), in_base=True),
                Field("minimum_premium", "amount", np.array([rule.premium.minimum or np.nan]), in_base=True),
                Field("policy_maximum", "amount", np.array([most if np.isfinite(most) else np.nan]), in_base=True),
                Field("indemnity", "amount", np.array([float(to_major(claimed, places))]), in_base=True),
                Field("maximum_used", "percent", np.array([used if np.isfinite(most) else np.nan])),
                Field("hhi", "index", hhi),
                Field("default_share", "percent", defaulted),
                Field("equity_share", "percent", strain),
                Field("proposal", "text", proposal(hhi, defaulted, strain, rule.choice), "insurance_products"),
            ),
        )
        .take(np.array([granted.asked]))
        .filled()
    )


def _portfolio(review: Review) -> tuple[Money, Money, Money]:
    """What a product is chosen by (I5): concentration, share of the year's sales in default, strain on the equity.

    In default is what is open beyond the days that presume it, and what insolvent customers owe.
    """
    case, owed = review.case, review.exposure_minor
    equity = to_minor(review.policy.insurance.choice.equity, case.valuation.places)[0]
    ago = days_between(case.items.document_date, case.as_of)
    sold = (ago >= 0) & (ago < review.policy.window_days) & (case.found.amount_minor > 0)
    late = case.found.days_past_due > review.policy.provision.default_days
    bad = sold & (late | (~np.isnat(insolvent(case)))[case.parties.owner])
    sales = case.valuation.in_base(np.where(sold, case.found.amount_minor, 0)).sum()
    lost = case.valuation.in_base(np.where(bad, np.maximum(case.found.open_minor, 0), 0)).sum()
    shares = (concentration.hhi(owed), _share(lost, sales), _share(owed.max(initial=0), equity))
    hhi, defaulted, strain = (np.array([figure]) for figure in shares)
    return hhi, defaulted, strain


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan
