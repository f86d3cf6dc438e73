"""Early warnings: what calls for a look at a customer, how urgent it is, and what has to be done by whom until when."""

from __future__ import annotations

import numpy as np

from xlcredit.control.listing import Fact, Field, Listing, texts
from xlcredit.control.lists.seen import tests
from xlcredit.control.review import Review
from xlcredit.rules.signals import Signal
from xlcredit.rules.signals import signals as raised


def signals(review: Review) -> Listing:
    """One line per signal, the most urgent first; what lacks its data raises none."""
    found = review.customers
    each = raised(tests(review), len(found.customer), review.policy.signals)
    flat = [(owner, signal) for owner, mine in enumerate(each) for signal in mine]
    flat.sort(key=lambda line: line[1].urgency)
    owners = np.array([owner for owner, _ in flat], dtype=np.intp)
    told = [signal for _, signal in flat]
    customer, name = found.customer[owners], found.name[owners]
    days = np.array([signal.due_days for signal in told], dtype="timedelta64[D]")
    return Listing(
        "signals",
        (
            Field("customer", "text", customer),
            Field("name", "text", np.where(name == customer, "", name)),
            Field("signal", "text", texts([signal.kind for signal in told]), "signals"),
            Field("level", "text", texts([signal.level for signal in told]), "signal_levels"),
            Field("evidence", "text", texts([_evidence(signal) for signal in told])),
            Field("required", "text", texts([signal.action for signal in told]), "responses"),
            Field("owner", "text", texts([signal.owner for signal in told]), "owners"),
            Field("due_date", "date", review.case.as_of + days),
        ),
    ).filled()


def _evidence(signal: Signal) -> tuple[Fact, ...]:
    return tuple(
        Fact("characteristics", signal.subject, value)
        if signal.subject and key == "value"
        else Fact("signal_figures", key, value)
        for key, value in signal.figures
    )
