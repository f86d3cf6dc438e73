"""Standing: what is stated about each item's dunning up to a day: the last notice, a promise to pay, a reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.recorded import items_of, latest
from xlcredit.control.vocabulary import told_codes
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Money, Text
from xlcredit.policy import Policy
from xlcredit.rules import dunning

NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Standing:
    """Columns over the ledger's items; what is of a later day is not there yet."""

    last_stage: Money
    """Level of the last notice, NaN where none is stated."""
    last_dunned: Days
    """Its day; NaT where it is not known."""
    promised: Days
    reason: Text
    """Code of the policy, or the sheet's own text where the policy has none of that name."""
    spoken: Days
    """Day of the contact that the promise or else the reason is from."""


def standing(ledger: Ledger, parties: Parties, due: Days, policy: Policy, as_of: np.datetime64) -> Standing:
    """What the ledger, the Dunning sheet and the contact log state up to a day.

    Where the ledger has both a level and its day, and a sheet has a notice, the later of them counts. A level without a
    day counts on every day, as there is nothing to tell when it came. A promise in the contact log goes before one in
    the ledger, which does not say when it was given.
    """
    stage, day = _notices(ledger, parties, due, policy.dunning, as_of)
    promise, reason = _contacts(ledger, parties, due, as_of)
    log = ledger.recorded("contacts")
    own = ledger.items.promised_date
    promised = np.where(promise >= 0, np.append(log.day("promised"), NO_DAY)[promise], own)
    spoken = np.append(log.day("date"), NO_DAY)[np.where(promise >= 0, promise, reason)]
    reasons = reason_codes(log.text("reason"), policy.cases)
    return Standing(stage, day, promised, np.append(reasons, "")[reason], spoken)


def notice_days(ledger: Ledger) -> Days:
    """Day of every notice that the ledger and the Dunning sheet state, on whatever day they are looked at."""
    return np.append(ledger.items.last_dunned, ledger.recorded("dunning").day("date"))


def reason_codes(said: Text, rule: dunning.CaseRule) -> Text:
    """Code of each reason for not paying; its own words where the policy knows no such reason."""
    return told_codes(said, rule.reasons, "dunning_reasons")


def _notices(
    ledger: Ledger, parties: Parties, due: Days, procedure: dunning.Procedure, as_of: np.datetime64
) -> tuple[Money, Days]:
    """Level and day of the last notice about each item.

    A notice without a level was of the one that the age then called for; one to the customer as a whole was about what
    had reached a stage, and of no higher level than that.
    """
    items = ledger.items
    later = items.last_dunned > as_of
    day = np.where(later, NO_DAY, items.last_dunned)
    aged = dunning.reached(days_between(due, day), procedure)
    unstated = np.isnan(items.last_stage) & ~np.isnat(day)
    stage = np.where(later, np.nan, np.where(unstated, aged, items.last_stage))
    sent = ledger.recorded("dunning")
    if not len(sent):
        return stage, day
    record, item = items_of(parties, items, sent)
    on, level = sent.day("date")[record], sent.figure("stage")[record]
    aged = dunning.reached(days_between(due[item], on), procedure)
    whole = sent.text("document")[record] == ""
    level = np.where(np.isnan(level), aged, np.where(whole, np.minimum(level, aged), level))
    counts = (on <= as_of) & ~(on < day[item]) & ~(whole & (_is_later(ledger, item, on) | (aged == 0)))
    rows = np.flatnonzero(counts)
    rows = rows[np.argsort(level[rows], kind="stable")]  # of several notices of a day the highest counts
    last = latest(rows, item[rows], on[rows], len(items))
    told = last >= 0
    stage[told], day[told] = level[last[told]], on[last[told]]
    return stage, day


def _contacts(
    ledger: Ledger, parties: Parties, due: Days, as_of: np.datetime64
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Position in the contact log of each item's last promise, and of its last reason; -1 for none.

    A contact about the customer as a whole is about what was there on its day; its promise, about what is due by then.
    """
    log: Records = ledger.recorded("contacts")
    n = len(ledger.items)
    record, item = items_of(parties, ledger.items, log)
    on, promised = log.day("date")[record], log.day("promised")[record]
    whole = log.text("document")[record] == ""
    counts = (on <= as_of) & ~(whole & _is_later(ledger, item, on))
    promises = counts & ~np.isnat(promised) & ~(whole & (due[item] > promised))
    reasons = counts & (log.text("reason")[record] != "")
    return (
        latest(record[promises], item[promises], on[promises], n),
        latest(record[reasons], item[reasons], on[reasons], n),
    )


def _is_later(ledger: Ledger, item: NDArray[np.intp], day: Days) -> NDArray[np.bool_]:
    """Whether each item was not there yet on its day."""
    return np.asarray(ledger.items.document_date[item] > day)
