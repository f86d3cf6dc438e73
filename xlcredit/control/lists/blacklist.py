"""Who is on the blacklist: by registration number, by name, or by a name that is like one, with what is at stake."""

from __future__ import annotations

import numpy as np

from xlcredit.control.likeness import most_alike
from xlcredit.control.listing import Field, Listing
from xlcredit.control.review import Review
from xlcredit.rules import blacklist as rules


def blacklist(review: Review) -> Listing:
    """One line per customer that matches; a near name comes last and is for a person to judge."""
    case, people = review.case, review.customers
    listed = case.ledger.recorded("blacklist")
    dated = listed.day("date")
    there = np.isnat(dated) | (dated <= case.as_of)
    names, numbers = listed.text("name")[there], listed.text("registration")[there]
    own = case.parties.text(case.ledger.customers.texts.get("registration"))
    found = rules.match(people.name, own, names, numbers, most_alike, case.policy.admission.near_name)
    lines = Listing(
        "blacklist",
        (
            Field("customer", "text", people.customer),
            Field("name", "text", people.names_beside),
            Field("matched_by", "text", found.kind, "blacklist"),
            Field("likeness", "decimal", found.score),
            Field("listed_name", "text", np.append(names, np.array([""], dtype=object))[found.listed]),
            Field("exposure", "amount", people.exposure, in_base=True),
        ),
    ).take(found.kind != "")
    return lines.by(-lines["likeness"], -np.nan_to_num(lines["exposure"]))
