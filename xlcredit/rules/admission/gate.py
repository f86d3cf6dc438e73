"""The gate: a new customer may receive a limit once every check is passed, with evidence and its date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months
from xlcredit.kernel.money import Amounts

Text = NDArray[np.object_]
Flags = NDArray[np.bool_]

ADMIT, CASH_ONLY = "admit", "cash_only"
PASSED, OPEN, FAILED, NO_DATE, NO_EVIDENCE, EXPIRED = "", "open", "failed", "no_date", "no_evidence", "expired"


@dataclass(frozen=True, slots=True)
class AdmissionRule:
    """Which checks a new customer has to pass, and what a registration has to show."""

    checks: tuple[str, ...]
    valid_months: int
    """A check older than this has to be done again."""
    active: frozenset[str]
    """Words of the register for a firm that is in business, in lower case."""
    least_age_months: int
    least_capital: float
    least_references: int
    """Trade and bank references that count only together."""
    visit_months: int
    """A site visit counts so long."""
    near_name: float
    """How alike two names are at least for one on the blacklist to count, 0–100."""
    score_caps: Mapping[str, float]
    """Risk class of a country or industry, in lower case → the most its customers score."""

    def __post_init__(self) -> None:
        if not self.checks or len(set(self.checks)) < len(self.checks):
            raise ValueError(f"an admission asks for checks, each once: {self.checks}")


def states(done: Flags, failed: Flags, passed_on: Days) -> Text:
    """State of one check of each customer by what its cell says: OPEN, FAILED, NO_DATE or PASSED."""
    return np.select([failed, ~done, np.isnat(passed_on)], [FAILED, OPEN, NO_DATE], PASSED).astype(object)


def with_evidence(states: Text, passed_on: Days, evidence: Text, as_of: Date, rule: AdmissionRule) -> Text:
    """State of one check as of a day: a passed one needs evidence, and no more age than the rule allows.

    A check dated after the day is not done yet.
    """
    passed = states == PASSED
    expired = passed & (add_months(passed_on, rule.valid_months) < as_of)
    conditions = [passed & (passed_on > as_of), passed & (evidence == ""), expired]
    return np.select(conditions, [OPEN, NO_EVIDENCE, EXPIRED], states).astype(object)


def decide(found: Mapping[str, Text], rule: AdmissionRule) -> Text:
    """ADMIT where every check is passed, else CASH_ONLY: no limit."""
    passed = np.logical_and.reduce([found[name] == PASSED for name in rule.checks])
    return np.where(passed, ADMIT, CASH_ONLY).astype(object)


def missing(found: Mapping[str, Text], rule: AdmissionRule) -> list[tuple[tuple[str, str], ...]]:
    """For each customer the checks that are not passed, each with its state, in the order of the rule."""
    rows = zip(*(found[name].tolist() for name in rule.checks), strict=True)
    return [
        tuple((name, state) for name, state in zip(rule.checks, row, strict=True) if state != PASSED) for row in rows
    ]


def registration_faults(
    numbers: Text, statuses: Text, founded: Days, capital: Amounts, as_of: Date, rule: AdmissionRule
) -> list[tuple[str, ...]]:
    """What the register lacks for each firm: number, status, age, capital; none where the check is passed."""
    young = add_months(founded, rule.least_age_months) > as_of
    lacking = {
        "number": numbers == "",
        "status": ~_among(statuses, rule.active),
        "age": young | np.isnat(founded),
        "capital": ~(capital >= rule.least_capital),
    }
    return _names(lacking, len(numbers))


def _among(words: Text, known: Collection[str]) -> Flags:
    return np.array([word.strip().casefold() in known for word in words], dtype=np.bool_)


def _names(flags: Mapping[str, Flags], n: int) -> list[tuple[str, ...]]:
    names: Sequence[str] = tuple(flags)
    return [tuple(name for name in names if flags[name][row]) for row in range(n)]
