"""Whom to call: customers with items in dunning, the furthest stage and the largest amount first."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.collection import notices
from xlcredit.control.collection.contacts import Contacts, contacts
from xlcredit.control.collection.handovers import AGENCY, LEGAL, handovers
from xlcredit.control.collection.standing import NO_DAY
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_major
from xlcredit.ledger.tables import Days, Text
from xlcredit.rules import country, dunning

WAITING: Final = "waiting"
BROKEN: Final = "broken"
PROMISES: Final = (WAITING, BROKEN)
"""How a promise to pay stands: its day is to come, or it is over and something is still open."""


def calls(review: Review) -> Listing:
    """One line per customer that has reached a stage, promised to pay, or is to be contacted again by the day."""
    case, found = review.case, review.customers
    said, dunned = contacts(case), case.found.dunned
    stage = np.zeros(len(case.parties), dtype=np.int64)
    np.maximum.at(stage, case.parties.owner, dunned.stage)
    promise, promised = _promises(case)
    again = np.where(np.isnat(said.next), _after(promise, promised, case), said.next)
    lines = Listing(
        "calls",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("stage", "integer", stage.astype(np.float64)),
            *_notice(case, stage),
            Field("items", "integer", case.of_party((dunned.stage > 0).astype(np.int64)).astype(np.float64)),
            _amount("to_collect", notices.to_collect(case), case),
            _amount("fee", notices.fees(case), case),
            Field("interest", "amount", notices.interest(case), in_base=True),
            Field("oldest_days", "integer", case.oldest(dunned.stage > 0)),
            Field("grade", "text", found.grade),
            Field("promised_date", "date", promised),
            Field("promise", "text", promise, "promises"),
            Field("reason", "text", said.reason, "dunning_reasons"),
            Field("ability", "text", said.ability),
            Field("last_contact", "date", said.last),
            Field("next_contact", "date", again),
            Field("next_step", "text", _next_steps(case, stage, said), "dunning_steps"),
            Field("next_dunning", "date", notices.next_dates(case)),
        ),
    ).take((stage > 0) | (promise != "") | (said.next <= case.as_of))
    return lines.by(-lines["stage"], -lines["to_collect"], lines["customer"].astype(str)).filled()


def _amount(key: str, minor: Minor, case: Case) -> Field:
    """Amounts in the review's currency, blank where there is none; what is to be collected is never blank."""
    amounts = to_major(minor, case.valuation.places)
    return Field(key, "amount", np.where((minor > 0) | (key == "to_collect"), amounts, np.nan), in_base=True)


def _notice(case: Case, stage: NDArray[np.int64]) -> tuple[Field, ...]:
    """What is done at each stage, and the letter with its language: the customer's own, else its country's (D12)."""
    customers, procedure = case.ledger.customers, case.policy.dunning
    own, code = (case.parties.text(customers.texts.get(role)) for role in ("language", "country"))
    letter = np.array(notices.letters(case.policy), dtype=object)[stage]
    language = np.where(letter == "", "", country.languages(own, code, case.policy.countries, ""))
    return (
        Field("action", "text", dunning.action(stage, procedure), "actions"),
        Field("channel", "text", dunning.channel(stage, procedure), "channels"),
        Field("letter", "text", letter, "letters"),
        Field("language", "text", texts(language.tolist()), "languages"),
    )


def _promises(case: Case) -> tuple[Text, Days]:
    """How each party's promises stand, and the day: of broken ones the last, else the next to come."""
    dunned, owner, n = case.found.dunned, case.parties.owner, len(case.parties)
    is_broken, day = np.zeros(n, dtype=np.bool_), np.full((2, n), NO_DAY)
    np.logical_or.at(is_broken, owner, dunned.broken)
    for at, (which, keep) in enumerate(((dunned.waiting, np.fmin), (dunned.broken, np.fmax))):
        keep.at(day[at], owner[which], dunned.standing.promised[which])
    state = np.where(is_broken, BROKEN, np.where(np.isnat(day[0]), "", WAITING))
    return texts(state.tolist()), np.where(is_broken, day[1], day[0])


def _after(promise: Text, promised: Days, case: Case) -> Days:
    """When to contact who promised: today if the promise is broken, else on the day after it."""
    day = np.where(promise == BROKEN, case.as_of, promised + case.policy.dunning.promise_days + 1)
    return np.where(promise == "", NO_DAY, day)


def _next_steps(case: Case, stage: NDArray[np.int64], said: Contacts) -> Text:
    """What comes first that has not been done about each customer in dunning (D15)."""
    n, given, rule = len(stage), handovers(case), case.policy.cases
    done = {
        "contact": said.spoken,
        "assess": said.reason != "",
        "adjust_terms": np.isin(np.arange(n), [plan.party for plan in case.found.dunned.plans]),
        "collect": given.is_given(AGENCY, n),
        "legal": given.is_given(LEGAL, n),
    }
    steps = [done.get(step, np.zeros(n, dtype=np.bool_)) for step in rule.steps]
    found = dunning.next_step(np.array(steps, dtype=np.bool_).reshape(len(steps), n).T, rule)
    return np.where(stage > 0, found, "").astype(object)
