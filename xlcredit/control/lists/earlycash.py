"""Early cash: what having receivables paid before they are due would bring and cost, financed or by a discount."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import sums, to_major, to_minor
from xlcredit.ledger.tables import Flags, Money, Text
from xlcredit.rules import terms

FINANCING: Final = "financing"
DISCOUNT: Final = "discount"


def early_cash(review: Review) -> Listing:
    """One line per grade with receivables that are not due yet, the safest first (M7).

    Financed, they bring the policy's advance less its interest until each is due; offered the discount that the grade
    is granted, for paying at once, all of them less that. Beside each stands what it costs a year.
    """
    case, rule = review.case, review.policy.terms
    there, places, year = _is_to_come(case), case.valuation.places, rule.financing.year_days
    names, of_item = _grades(review, there)
    n = len(names)

    def total(column: Money) -> Money:
        return to_major(sums(to_minor(column, places), of_item, n), places)

    amounts = to_major(case.valuation.in_base(case.found.dunned.dunned_minor), places)[there]
    days = -case.found.days_past_due[there]
    made = terms.discounting(amounts, days, rule.financing, places)
    not_due, cash, cost = total(amounts), total(made.cash), total(made.cost)
    offered = np.nan_to_num(terms.granted(names, rule).discount)
    given = to_major(to_minor(not_due * offered, places), places)
    mean = np.bincount(of_item, amounts * days, n) / not_due
    financed = terms.a_year(cost, cash, mean, year)
    discounted = np.where(offered > 0, terms.a_year(given, not_due - given, mean, year), np.nan)
    return Listing(
        "early_cash",
        (
            Field("grade", "text", names),
            Field("not_due", "amount", not_due, in_base=True),
            Field("days_until_due", "decimal", np.round(mean, 1)),
            Field("cash_now", "amount", cash, in_base=True),
            Field("paid_later", "amount", total(made.retained), in_base=True),
            Field("financing_cost", "amount", cost, in_base=True),
            Field("financing_rate", "percent", financed),
            Field("discount", "percent", np.where(offered > 0, offered, np.nan)),
            Field("discount_given", "amount", np.where(offered > 0, given, np.nan), in_base=True),
            Field("discount_rate", "percent", discounted),
            Field("cheaper", "text", _cheaper(financed, discounted), "early_cash"),
        ),
    ).filled()


def _is_to_come(case: Case) -> Flags:
    """Items that somebody would pay for today: owed, not due, not in dispute, not blocked, and of known worth."""
    worth = ~np.isnan(case.valuation.rates[case.valuation.currencies.of_item])
    dunned = case.found.dunned
    return np.asarray((dunned.dunned_minor > 0) & (case.found.days_past_due < 0) & ~dunned.frozen & worth)


def _grades(review: Review, there: Flags) -> tuple[Text, NDArray[np.intp]]:
    """The grades among some items, the safest first, "" for none last, and the position of each item's."""
    of_items = review.customers.grade[review.case.parties.owner][there].tolist()
    known = [name for name in (*review.policy.grades.names, "") if name in set(of_items)]
    return texts(known), np.array([known.index(grade) for grade in of_items], dtype=np.intp)


def _cheaper(financed: Money, discounted: Money) -> Text:
    """The way that costs less a year, "" where no discount is granted."""
    said = np.select([np.isnan(discounted), discounted < financed], ["", DISCOUNT], FINANCING)
    return said.astype(object)
