"""Exposure gathered by group of companies and by country, against the limit of the group and the cap of the country."""

from __future__ import annotations

import numpy as np

from xlcredit.control.collection.lapses import first_days, lapses
from xlcredit.control.groups import company_groups
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, sums, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money
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

    Beside them stand its usual terms, what collecting the overdue part is expected to cost (X4), the claims whose
    limitation period is over or soon will be (X1), and the open items at the shocked rates (X2).
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
            Field("usual_days", "integer", country.usual_days(texts(order), case.policy.countries)),
            Field("overdue", "amount", to_major(late, places), in_base=True),
            Field("collection_share", "percent", country.collection_share(texts(order), case.policy.countries)),
            Field("collection_cost", "amount", cost, in_base=True),
            *_lapsing(review, order),
            Field("open_at_lower_rates", "amount", lower, in_base=True),
            Field("open_at_higher_rates", "amount", upper, in_base=True),
        ),
    ).filled()


def _lapsing(review: Review, order: list[str]) -> tuple[Field, ...]:
    """When the first claim of each country lapses, what lapses soon, and what has lapsed."""
    case = review.case
    found, places = lapses(case), case.valuation.places
    names = case.parties.text(case.ledger.customers.texts.get("country"))
    first = first_days(case, found)
    days = np.array([np.fmin.reduce(first[names == name]) for name in order], dtype="datetime64[D]")

    def owed(which: Flags) -> Money:
        minor = case.valuation.in_base(np.where(which, case.found.open_minor, 0))
        amounts = _of_countries(minor, review, order)
        return np.where(amounts > 0, to_major(amounts, places), np.nan)

    return (
        Field("lapses_on", "date", days),
        Field("lapsing", "amount", owed(found.soon), in_base=True),
        Field("lapsed", "amount", owed(found.over), in_base=True),
    )


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
