"""Unmatched: what sheets beside the ledger say of documents it does not have, and reasons the policy does not know."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlcredit.control.collection.standing import reason_codes
from xlcredit.control.parties import Parties
from xlcredit.control.recorded import items_of, owners
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Flags
from xlcredit.policy import Policy
from xlcredit.rules import dunning


def unmatched(ledger: Ledger, parties: Parties, policy: Policy, as_of: np.datetime64) -> tuple[Finding, ...]:
    """A finding for each dispute or plan of the day that is about no item, and each reason that changes nothing."""
    disputes, plans, log = (ledger.recorded(kind) for kind in ("disputes", "plans", "contacts"))
    going_on = ~(disputes.day("opened") > as_of) & ~(disputes.day("resolved") <= as_of)
    agreed = ~(plans.day("agreed") > as_of)
    reasons = reason_codes(log.text("reason"), policy.cases)
    unknown = dunning.unknown_reasons(reasons, policy.cases) & ~(log.day("date") > as_of)
    return (
        *_without_items(ledger, parties, disputes, going_on),
        *_without_items(ledger, parties, plans, agreed),
        *(
            Finding("warning", "unknown-reason", log.where("reason", at), {"reason": str(reasons[at])})
            for at in np.flatnonzero(unknown).tolist()
        ),
    )


def _without_items(ledger: Ledger, parties: Parties, told: Records, counts: Flags) -> Iterator[Finding]:
    counts = counts & (told.text("document") != "")
    counts[items_of(parties, ledger.items, told)[0]] = False
    owner = owners(parties, told)
    for at in np.flatnonzero(counts).tolist():
        customer = parties.customer[owner[at]] if owner[at] >= 0 else told.text("customer")[at] or told.text("name")[at]
        facts = {"document": str(told.text("document")[at]), "customer": str(customer)}
        yield Finding("warning", "unknown-document", told.where("document", at), facts)
