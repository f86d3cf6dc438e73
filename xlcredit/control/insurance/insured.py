"""Insured: what the credit insurer grants for each customer, which items that extends to, and how much of them.

The Insurance sheet decides for whom it names; the customers sheet's insured limit counts for everybody else. What was
sold is insured by the cover that was in force on the day of its document, whatever became of that cover since; what
will be sold, by the cover in force on the day of the review.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.once import once
from xlcredit.control.recorded import owners
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags, Money
from xlcredit.rules.insurance import cover as covers
from xlcredit.rules.insurance.cover import Carried


@dataclass(frozen=True, slots=True)
class Cover:
    """Insured limit in the review's currency (NaN: none), insured share and last day of shipments, a row for each sale.

    A sale is an item, or what may be sold to a party on the day.
    """

    limit: Money
    share: Money
    stopped: Days
    sold: Days
    line: NDArray[np.intp]
    """Line of the Insurance sheet, -1 for none."""

    @property
    def extends(self) -> Flags:
        """Whether each sale has a limit, and was made until shipments had to stop."""
        return np.asarray((self.limit > 0) & covers.before_stop(self.sold, self.stopped))

    @property
    def counting(self) -> Money:
        """The limit, nothing once shipments had to stop."""
        return np.where(covers.before_stop(self.sold, self.stopped), self.limit, 0.0)


@dataclass(frozen=True, slots=True)
class Grants:
    """What the insurer grants: for new business with each party, and for each item as it was when it was sold."""

    new: Cover
    items: Cover
    asked: bool
    """Whether anything is said of insurance at all."""

    def parts(self, case: Case, minor: Minor, secured: Minor | int = 0) -> Carried:
        """What is carried and insured of each item's minor units of the review's currency.

        Those due first take up the limit; credits, and what is ``secured`` of each party otherwise, are set off
        against them.
        """
        limit = to_minor(np.where(self.items.extends, self.items.limit, 0.0), case.valuation.places)
        first = np.argsort(case.found.due_date, kind="stable")
        off = np.broadcast_to(np.asarray(secured, dtype=np.int64), len(case.parties))
        return covers.insured_items(minor, case.parties.owner, limit, self.items.share, first, off)


@once
def grants(case: Case) -> Grants:
    """What the insurer grants for each party as of the day, and granted for each item."""
    lines = _Lines.of(case)
    everybody = np.arange(len(case.parties))
    dated = case.items.document_date
    return Grants(
        new=lines.in_force(case, everybody, np.full(len(everybody), case.as_of)),
        items=lines.in_force(case, case.parties.owner, np.where(np.isnat(dated), case.as_of, dated)),
        asked=bool(len(lines.owner)) or not np.isnan(lines.stated).all(),
    )


@once
def insured_exposure(review: Review) -> Carried:
    """What is carried and insured of each party's exposure: its items first, then its orders and unbilled work."""
    case, granted = review.case, grants(review.case)
    minor = case.valuation.in_base(case.found.open_minor)
    beyond = review.exposure_minor - case.of_party(minor)
    items = granted.parts(case, minor, np.maximum(-beyond, 0))
    used, paid = case.of_party(items.carried), case.of_party(items.insured)
    room = np.maximum(to_minor(granted.new.counting, case.valuation.places) - used, 0)
    more = np.clip(beyond, 0, room)
    return Carried(used + more, paid + covers.share_of(more, np.nan_to_num(granted.new.share)))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of the Insurance sheet, those that begin first first, and the limits that the customers sheet states."""

    line: NDArray[np.intp]
    owner: NDArray[np.intp]
    begin: Days
    end: Days
    stopped: Days
    limit: Money
    share: Money
    stated: Money
    """NaN for whom the Insurance sheet names."""

    @classmethod
    def of(cls, case: Case) -> Self:
        sheet = case.ledger.recorded("insurance")
        owner = owners(case.parties, sheet)
        begin = sheet.day("valid_from")
        order = np.argsort(np.where(np.isnat(begin), np.datetime64("0001-01-01", "D"), begin), kind="stable")
        share = np.where(np.isnan(sheet.figure("cover")), case.policy.insurance.cover, sheet.figure("cover"))
        stated = case.parties.figure(case.ledger.customers.figures.get("insured_limit")) * case.to_base
        stated[owner[owner >= 0]] = np.nan
        return cls(
            line=order,
            owner=owner[order],
            begin=begin[order],
            end=sheet.day("valid_to")[order],
            stopped=sheet.day("stopped")[order],
            limit=_limits(sheet, case)[order],
            share=share[order],
            stated=stated,
        )

    def in_force(self, case: Case, owner: NDArray[np.intp], sold: Days) -> Cover:
        """The cover of each sale; of several lines in force on its day the last to begin holds."""
        limit, share = self.stated[owner], np.full(len(owner), case.policy.insurance.cover)
        stopped, lines = np.full(len(owner), np.datetime64("NaT", "D")), np.full(len(owner), -1)
        by_owner = np.argsort(owner, kind="stable")
        bounds = np.searchsorted(owner[by_owner], np.arange(len(case.parties) + 1))
        for line, party in enumerate(self.owner.tolist()):
            rows = by_owner[bounds[party] : bounds[party + 1]] if party >= 0 else by_owner[:0]
            rows = rows[~(sold[rows] < self.begin[line]) & ~(sold[rows] > self.end[line])]
            limit[rows], share[rows], stopped[rows] = self.limit[line], self.share[line], self.stopped[line]
            lines[rows] = self.line[line]
        return Cover(limit, share, stopped, sold, lines)


def _limits(sheet: Records, case: Case) -> Money:
    """Insured limits in the review's currency, which is that of a line that names none."""
    factors = {"": 1.0, **case.valuation.factors}
    return np.asarray(sheet.figure("insured_limit") * [factors.get(code, np.nan) for code in sheet.text("currency")])
