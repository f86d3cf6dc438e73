"""Rated: the last external rating of each customer known on the day, as a score or an amount of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.recorded import owners
from xlcredit.control.vocabulary import unknown_word
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags, Money, Text
from xlcredit.policy import Policy
from xlcredit.rules import ratings

CURRENT, OUTDATED = "current", "outdated"
_LONG_AGO: Final = np.datetime64("0001-01-01", "D")


@dataclass(frozen=True, slots=True)
class Rated:
    """The last rating of each party; "", NaT and NaN for who has none."""

    agency: Text
    rating: Text
    rated_on: Days
    score: Money
    """Own score 0–100; NaN where the agency's ratings are amounts, or the rating is not known."""
    amount: Money
    """Amount the agency would grant, where that is what its ratings say."""
    state: Text
    """CURRENT, OUTDATED, or why the rating cannot be read."""

    @property
    def factor(self) -> Money:
        """Scores that are young enough to count."""
        return np.where(self.state == CURRENT, self.score, np.nan)


def rated(case: Case) -> Rated:
    """The last rating of each party; one that can be read goes before one that cannot."""
    records, scales = case.ledger.recorded("ratings"), case.policy.ratings
    owner, day = owners(case.parties, records), records.day("date")
    value, faults = ratings.read(records.text("agency"), records.text("rating"), scales)
    rows = np.flatnonzero((owner >= 0) & ~(day > case.as_of) & (records.text("rating") != ""))
    rows = rows[np.lexsort((np.where(np.isnat(day), _LONG_AGO, day)[rows], (faults == "")[rows]))]
    last = np.full(len(case.parties), len(records), dtype=np.intp)
    last[owner[rows]] = rows
    old = ratings.outdated(day, case.as_of, case.policy.rating_months)
    amounts = _gives_amounts(records, case.policy)
    state = np.where(faults != "", faults, np.where(old, OUTDATED, CURRENT))
    return Rated(
        agency=_of(records.text("agency"), last, ""),
        rating=_of(records.text("rating"), last, ""),
        rated_on=_of(day, last, np.datetime64("NaT", "D")),
        score=_of(np.where(amounts, np.nan, value), last, np.nan),
        amount=_of(np.where(amounts, value, np.nan), last, np.nan),
        state=_of(state.astype(object), last, ""),
    )


def rating_findings(ledger: Ledger, policy: Policy) -> Iterator[Finding]:
    """Agencies the policy has no scale for, and ratings that are not in it."""
    records, scales = ledger.recorded("ratings"), policy.ratings
    agencies, said = records.text("agency").tolist(), records.text("rating").tolist()
    _, faults = ratings.read(records.text("agency"), records.text("rating"), scales)
    for at in np.flatnonzero(faults != "").tolist():
        scale = ratings.scale_of(agencies[at], scales)
        if scale is None:
            yield unknown_word(records, "agency", at, agencies[at], tuple(scales))
        else:
            yield unknown_word(records, "rating", at, said[at], tuple(scale.values))


def _gives_amounts(records: Records, policy: Policy) -> Flags:
    scales = [ratings.scale_of(agency, policy.ratings) for agency in records.text("agency").tolist()]
    return np.array([scale is not None and scale.gives == ratings.AMOUNT for scale in scales], dtype=np.bool_)


def _of(column: NDArray[np.generic], last: NDArray[np.intp], fill: object) -> NDArray:  # type: ignore[type-arg]
    """A column of the sheet, one value per party."""
    return np.append(column, np.array([fill], dtype=column.dtype))[last]
