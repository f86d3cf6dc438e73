"""Who is on the blacklist: by registration number, by name, or by a name that is like one, with what is at stake."""

from __future__ import annotations

import numpy as np

from xlcredit.control.grading.blacklisted import listed_parties, listed_strangers
from xlcredit.control.listing import Field, Listing
from xlcredit.control.orders.openorders import open_orders
from xlcredit.control.review import Review
from xlcredit.kernel.money import to_major
from xlcredit.rules.blacklist import avoided_exposure
from xlcredit.rules.order import holds_for_list


def blacklist(review: Review) -> Listing:
    """One line per customer that matches, those of orders whom nobody knows besides; a near name comes last.

    What the orders would add to the exposure is avoided where the match holds them.
    """
    case, people, waiting = review.case, review.customers, open_orders(review.case)
    places, strangers = case.valuation.places, waiting.strangers
    known, unknown = listed_parties(case), listed_strangers(case, strangers)
    kind, listed = np.append(known.kind, unknown.kind), np.append(known.name, unknown.name)
    credit = np.append(waiting.of_party(len(people.customer), places), waiting.of_stranger(places))
    avoided = avoided_exposure(credit, holds_for_list(kind, review.policy.order))
    nothing = np.full(len(strangers.name), np.nan)
    lines = Listing(
        "blacklist",
        (
            Field("customer", "text", np.append(people.customer, strangers.customer)),
            Field("name", "text", np.append(people.names_beside, strangers.name)),
            Field("matched_by", "text", kind, "blacklist"),
            Field("likeness", "decimal", np.append(known.likeness, unknown.likeness)),
            Field("listed_name", "text", listed),
            Field("exposure", "amount", np.append(people.exposure, nothing), in_base=True),
            Field("avoided_exposure", "amount", np.where(avoided > 0, to_major(avoided, places), np.nan), in_base=True),
        ),
    ).take(kind != "")
    return lines.by(-lines["likeness"], -np.nan_to_num(lines["exposure"])).filled()
