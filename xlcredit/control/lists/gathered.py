"""Exposure gathered by group of companies and by country, against the limit of the group and the cap of the country."""

from __future__ import annotations

import numpy as np

from xlcredit.control.groups import company_groups
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, sums, to_major, to_minor
from xlcredit.ledger.tables import Money
from xlcredit.rules import country, exposure


def groups(review: Review) -> Listing:
    """One line per group of companies, furthest beyond its limit first; the lowest limit that a member states holds."""
    found, places = company_groups(review), review.case.valuation.places
    excess = to_minor(found.exposure, places) - to_minor(found.limit, places)
    beyond = (excess > 0) & ~np.isnan(found.limit)
    lines = Listing(
        "groups",
        (
            Field("group", "text", found.name),
            Field("members", "integer", found.members),
            Field("exposure", "amount", found.exposure, in_base=True),
            Field("group_limit", "amount", found.limit, in_base=True),
            Field("excess_of_group", "amount", np.where(beyond, to_major(excess, places), np.nan), in_base=True),
        ),
    )
    return lines.by(-np.nan_to_num(lines["excess_of_group"]), -np.nan_to_num(lines["exposure"])).filled()


def countries(review: Review) -> Listing:
    """One line per country: what is owed from it beside its cap, and what of that is overdue.

    Beside them stand what collecting the overdue part is expected to cost (X4), and the open items at the shocked
    rates (X2).
    """
    case = review.case
    names = case.parties.text(case.ledger.customers.texts.get("country"))
    rule, places = case.policy.exposure, case.valuation.places
    known = names != ""
    found = exposure.by_country(review.exposure_minor[known], names[known], rule, places)
    order = [each.country for each in found]
    lower, upper = _shocked(review, order)
    overdue = np.where(case.found.is_overdue, case.found.open_minor, 0)
    late = _of_countries(case.valuation.in_base(overdue), review, order)
    cost = country.collection_cost(to_major(late, places), texts(order), case.policy.countries, places)
    return Listing(
        "countries",
        (
            Field("country", "text", texts(order)),
            Field("exposure", "amount", np.array([each.exposure for each in found], dtype=float), in_base=True),
            Field("cap", "amount", np.array([each.cap for each in found], dtype=float), in_base=True),
            Field("excess_of_cap", "amount", np.array([each.excess or np.nan for each in found]), in_base=True),
            Field("overdue", "amount", to_major(late, places), in_base=True),
            Field("collection_cost", "amount", cost, in_base=True),
            Field("open_at_lower_rates", "amount", lower, in_base=True),
            Field("open_at_higher_rates", "amount", upper, in_base=True),
        ),
    ).filled()


def _shocked(review: Review, order: list[str]) -> tuple[Money, Money]:
    """Open items of each country at rates moved by the policy's shock either way."""
    case = review.case
    of_item, codes = case.valuation.currencies.of_item, case.valuation.currencies.codes
    foreign = np.array([code != review.currency for code in codes], dtype=np.bool_)[of_item]
    rates, rule = np.nan_to_num(case.valuation.rates)[of_item], case.policy.exposure
    moved = exposure.shocked(case.found.open, rates, foreign, rule, case.valuation.places)
    places = case.valuation.places
    lower, upper = (
        to_major(_of_countries(to_minor(np.nan_to_num(side), places), review, order), places)
        for side in (moved.lower, moved.higher)
    )
    return lower, upper


def _of_countries(minor: Minor, review: Review, order: list[str]) -> Minor:
    """Sum of each country over its items, those without a country left out."""
    case = review.case
    names = case.parties.text(case.ledger.customers.texts.get("country"))[case.parties.owner]
    place = {name: at for at, name in enumerate([*order, ""])}
    at = np.array([place[name] for name in names.tolist()], dtype=np.intp)
    return sums(minor, at, len(place))[:-1]
