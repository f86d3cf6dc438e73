"""Insured: what the credit insurer grants for each customer on the day, and which items that extends to.

The Insurance sheet decides for whom it names; the customers sheet's insured limit counts for everybody else. Cover that
is no longer or not yet in force on the day is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.recorded import owners
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags, Money
from xlcredit.rules.insurance import cover as covers

_NAT = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Grants:
    """Insured limit in the review's currency (NaN: none), insured share, and last day of shipments, by party."""

    limit: Money
    cover: Money
    stopped: Days
    asked: bool
    """Whether anything is said of insurance at all."""

    def for_new_business(self, day: np.datetime64) -> Money:
        """Insured limit for what is sold from a day on: nothing once shipments had to stop."""
        return np.where(self.stopped <= day, 0.0, self.limit)

    def extends(self, case: Case) -> Flags:
        """Whether cover extends to each item: its customer has a limit, and it was sold until shipments had to stop."""
        owner = case.parties.owner
        return (self.limit > 0)[owner] & covers.before_stop(case.items.document_date, self.stopped[owner])

    def parts(self, case: Case, minor: Minor) -> Minor:
        """Insured part of each item's minor units of the review's currency, those due first taking up the limit."""
        limit = to_minor(self.limit, case.valuation.places)
        first = np.argsort(case.found.due_date, kind="stable")
        return covers.insured_items(minor, case.parties.owner, limit, self.cover, self.extends(case), first)


def grants(case: Case) -> Grants:
    """What the insurer grants for each party as of the day."""
    stated = case.parties.figure(case.ledger.customers.figures.get("insured_limit")) * case.to_base
    found = Grants(
        limit=stated,
        cover=np.full(len(case.parties), case.policy.insurance.cover),
        stopped=np.full(len(case.parties), _NAT),
        asked=not np.isnan(stated).all(),
    )
    sheet = case.ledger.recorded("insurance")
    return _recorded(found, sheet, case) if len(sheet) else found


def _recorded(found: Grants, sheet: Records, case: Case) -> Grants:
    owner = owners(case.parties, sheet)
    limit, cover = _limits(sheet, case), sheet.figure("cover")
    found.limit[owner[owner >= 0]] = np.nan
    for line in _in_force(sheet, case.as_of).tolist():  # of several in force the last to begin holds
        if (party := owner[line]) >= 0:
            found.limit[party] = limit[line]
            found.cover[party] = case.policy.insurance.cover if np.isnan(cover[line]) else cover[line]
            found.stopped[party] = sheet.day("stopped")[line]
    return Grants(found.limit, found.cover, found.stopped, asked=True)


def _in_force(sheet: Records, day: np.datetime64) -> NDArray[np.intp]:
    """Lines of cover in force on a day, by the day they begin; a bound that is not stated is none."""
    begin, end = sheet.day("valid_from"), sheet.day("valid_to")
    valid = (np.isnat(begin) | (begin <= day)) & (np.isnat(end) | (end >= day))
    order = np.argsort(np.where(np.isnat(begin), np.datetime64("0001-01-01", "D"), begin), kind="stable")
    return order[valid[order]]


def _limits(sheet: Records, case: Case) -> Money:
    """Insured limits in the review's currency, which is that of a line that names none."""
    factors = {"": 1.0, **case.valuation.factors}
    return np.asarray(sheet.figure("insured_limit") * [factors.get(code, np.nan) for code in sheet.text("currency")])
