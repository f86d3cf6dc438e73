"""Assessed: what the Checks sheet says of each customer on the day, and whether a new one may have a limit.

Of several rows about one check the last counts; a row dated after the day is not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.grading.credit import DAYS_A_YEAR
from xlcredit.control.recorded import owners
from xlcredit.control.vocabulary import coded, unknown
from xlcredit.kernel.dates import add_months, days_between
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags, Money, Text
from xlcredit.policy import Policy
from xlcredit.rules import admission, order

OPENED, VISIT, MARKET = "opened", "site_visit", "market_position"
REFERENCES: Final = ("trade_reference", "bank_reference")
MONTHS_A_YEAR: Final = 12
REGISTER: Final = {
    "number": "registration", "status": "register_status", "age": "founded", "capital": "registered_capital",
}  # fmt: skip
"""What a register has to show → the column of the customers sheet that says it."""

_REGISTRATION: Final = "registration"
_NEVER: Final = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was checked about each party."""

    asked: bool
    """Whether there is a Checks sheet at all."""
    known: Flags
    """Whether it says anything of the party."""
    new: Flags
    states: Mapping[str, Text]
    """Check of the policy → its state, of ``rules.admission``."""
    barred: Flags
    """New customers who may not have a limit yet: a check is not passed."""
    register: Text
    """What the register lacks of new customers, as tuples."""
    opened: Days
    """Day on which the assessment was asked for."""
    steps: Mapping[str, Days]
    """Step of an assessment → day on which it was done."""
    begun: Flags
    """Whether the sheet has any step of the party's assessment."""
    factors: Mapping[str, Money]
    """Characteristic → score 0–100 of what people judged, NaN for none that counts."""


def is_new(years: Money, policy: Policy) -> Flags:
    """Whether a customer is new, by the years of its relationship; one whose age is not known is not."""
    return order.is_new(years * MONTHS_A_YEAR, policy.order)


def assessed(case: Case, years: Money) -> Assessed:
    """What was checked about each party as of the day.

    Who is new is told by the ``years`` of its relationship; where nothing says them, by the day on which it asked for
    credit, or its first document if that is earlier.
    """
    log, rule = _Log.of(case), case.policy.admission
    opened, asked = log.last_day(OPENED), len(log.records) > 0
    new = is_new(np.where(np.isnan(years), _years_since(opened, case), years), case.policy)
    register = _register(case, new & asked)
    states = {name: log.state(name, case) for name in rule.checks}
    if _REGISTRATION in states:
        states[_REGISTRATION][register != ""] = admission.FAILED
    steps = {name: log.last_day(name) for name in admission.STEPS}
    begun = np.any([~np.isnat(day) for day in (opened, *steps.values())], axis=0)
    steps["reviewed"] = np.fmax(steps["reviewed"], case.last_review)
    return Assessed(
        asked=asked,
        known=log.known,
        new=new,
        states=states,
        barred=np.asarray(asked & new & (admission.decide(states, rule) == admission.CASH_ONLY)),
        register=register,
        opened=opened,
        steps=steps,
        begun=begun,
        factors={
            "reference_score": log.references(case),
            "site_visit": log.judgement(VISIT, rule.visit_months, case),
            "market_position": log.judgement(MARKET, rule.valid_months, case),
        },
    )


def check_findings(ledger: Ledger, policy: Policy) -> tuple[Finding, ...]:
    """What in the Checks sheet is none of the words that are known there."""
    records = ledger.recorded("checks")
    return (
        *unknown(records, "check", "check_words", policy.admission.checks),
        *unknown(records, "result", "check_results"),
    )


@dataclass(frozen=True, slots=True)
class _Log:
    """The rows of the Checks sheet that are there on the day, oldest first; undated ones before all."""

    records: Records
    rows: NDArray[np.intp]
    party: NDArray[np.intp]
    """Whom each row is about."""
    kind: Text
    n: int

    @staticmethod
    def of(case: Case) -> _Log:
        records = case.ledger.recorded("checks")
        owner, day = owners(case.parties, records), records.day("date")
        rows = np.flatnonzero((owner >= 0) & ~(day > case.as_of))
        rows = rows[np.argsort(np.where(np.isnat(day[rows]), np.datetime64("0001-01-01"), day[rows]), kind="stable")]
        kind = coded(records.text("check"), "check_words", case.policy.admission.checks)
        return _Log(records, rows, owner[rows], kind[rows], len(case.parties))

    @property
    def known(self) -> Flags:
        """Parties of whom a row says anything."""
        return np.bincount(self.party, minlength=self.n) > 0

    def last_day(self, kind: str) -> Days:
        """Day of each party's last row of a kind."""
        return self._of_last(kind, self.records.day("date"), _NEVER)

    def state(self, kind: str, case: Case) -> Text:
        """State of a check of each party; a day without a result says that it was passed."""
        day, evidence = self.last_day(kind), self._of_last(kind, self.records.text("evidence"), "")
        raw = self._of_last(kind, self.records.text("result"), "")
        result = coded(raw, "check_results")
        done = (result == "passed") | ((raw == "") & ~np.isnat(day))
        state = admission.states(done, result == "failed", day)
        return admission.with_evidence(state, day, evidence, case.as_of, case.policy.admission)

    def judgement(self, kind: str, months: int, case: Case) -> Money:
        """Score of the last mark of a kind, while it is young enough."""
        marks = self._of_last(kind, self.records.figure("mark"), np.nan)
        return admission.visited(self.last_day(kind), marks, case.as_of, months)

    def references(self, case: Case) -> Money:
        """Score of each party's references that are young enough."""
        rule, marks = case.policy.admission, self.records.figure("mark")[self.rows]
        young = add_months(self.records.day("date")[self.rows], rule.valid_months) >= case.as_of
        counted = np.isin(self.kind, REFERENCES) & young & ~np.isnan(admission.judged(marks))
        count = np.bincount(self.party[counted], minlength=self.n).astype(np.float64)
        total = np.bincount(self.party[counted], weights=marks[counted], minlength=self.n)
        return admission.referenced(count, total / np.maximum(count, 1), rule.least_references)

    def _of_last(self, kind: str, column: NDArray[np.generic], fill: object) -> NDArray:  # type: ignore[type-arg]
        """A column of the sheet as each party's last row of a kind has it."""
        found = np.full(self.n, fill, dtype=column.dtype)
        mine = self.kind == kind
        found[self.party[mine]] = column[self.rows[mine]]
        return found


def _years_since(opened: Days, case: Case) -> Money:
    """Years since a customer asked for credit, or its first document if that is earlier; NaN where it did not ask."""
    first = opened.copy()
    np.fmin.at(first, case.parties.owner, case.items.document_date)
    return np.where(np.isnat(opened), np.nan, days_between(first, case.as_of) / DAYS_A_YEAR)


def _register(case: Case, asked: Flags) -> Text:
    """What the register lacks of those asked about, as far as the customers sheet has the columns; "" for nothing."""
    customers, parties = case.ledger.customers, case.parties
    there = {*customers.texts, *customers.days, *customers.figures}
    said = admission.registration_faults(
        parties.text(customers.texts.get("registration"))[asked],
        parties.text(customers.texts.get("register_status"))[asked],
        parties.day(customers.days.get("founded"))[asked],
        parties.figure(customers.figures.get("registered_capital"))[asked],
        case.as_of,
        case.policy.admission,
    )
    column = np.full(len(parties), "", dtype=object)
    for at, faults in zip(np.flatnonzero(asked).tolist(), said, strict=True):
        column[at] = tuple(fault for fault in faults if REGISTER[fault] in there) or ""
    return column
