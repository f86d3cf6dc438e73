"""Totals printed in a ledger, checked against the rows they stand for.

A *marker* is a total row; it may stand for its section, for several sections (nested totals), or for everything.
The computed sum wins, a difference is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT, in_text, to_minor
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Place
from xlcredit.ledger.rowkinds import RowKind
from xlcredit.ledger.tables import Money, Text

FINE = 4
"""Decimals of the sums: ledgers hold fractions of cents, whose total is rounded once."""
HALF_CENT = 50
NEAR, FAR = 8, 2000
"""Sections looked through for the ones that a total stands for."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a table that hold figures, in order: items and total rows."""

    rows: NDArray[np.int64]
    """Sheet row of each, counted from 0."""
    kinds: Sequence[RowKind]
    currency: Text
    figures: Mapping[str, Money]
    """Money role → the cells' figures, NaN where there is none."""
    starts: NDArray[np.int64]
    """Sheet rows of group headings."""


def settle_maybes(section: Section, *, groups: bool) -> list[RowKind]:
    """The kinds, each *maybe* a subtotal if it adds up (or always, where customers are groups), else an item."""
    kinds = list(section.kinds)
    maybes = [index for index, kind in enumerate(kinds) if kind is RowKind.MAYBE]
    sums = [_Sums(section, kinds, figures) for figures in section.figures.values()] if maybes and not groups else []
    for index in maybes:
        agrees = [sum_.agrees(index) for sum_ in sums if not np.isnan(sum_.figures[index])]
        kinds[index] = RowKind.SUBTOTAL if groups or (agrees and all(agrees)) else RowKind.ITEM
    return kinds


def check_totals(section: Section, place: Place) -> list[Finding]:
    """A finding for each printed total that is not the sum of its rows."""
    findings = []
    for role, figures in section.figures.items():
        sums = _Sums(section, section.kinds, figures)
        for index in sums.markers:
            if not np.isnan(figures[index]) and not sums.agrees(int(index)):
                facts = {
                    "stated": _shown(figures[index]),
                    "computed": _shown(sums.expected(int(index))),
                    "heading": place.headings.get(role, role),
                }
                findings.append(Finding("warning", "total-differs", place.cell(role, int(section.rows[index])), facts))
    return findings


def stated_total(section: Section, roles: Sequence[str]) -> float | None:
    """The figure of the last grand-total row under the first of these roles that has one."""
    grand = [index for index, kind in enumerate(section.kinds) if kind is RowKind.TOTAL]
    for role in roles:
        stated = [section.figures[role][index] for index in grand if role in section.figures]
        if stated and not np.isnan(stated[-1]):
            return float(stated[-1])
    return None


class _Sums:
    """Running sums of the items of one money column, by currency and in all."""

    def __init__(self, section: Section, kinds: Sequence[RowKind], figures: Money) -> None:
        self.section = section
        self.figures = figures
        self.kinds = kinds
        self.is_item = np.fromiter((kind is RowKind.ITEM for kind in kinds), np.bool_, len(kinds))
        self.markers = np.flatnonzero(~self.is_item)
        starts = np.searchsorted(section.rows, section.starts)
        self.bounds = np.unique(np.concatenate(([0], self.markers, starts, [len(kinds)])))
        fits = np.abs(figures) < EXACT / 10**FINE
        self.minor = to_minor(np.where(fits, figures, 0.0), FINE)
        self.running = {"": self._run(self.is_item)}

    def _run(self, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.concatenate(([0], np.cumsum(np.where(mask, self.minor, 0))))

    def _runs(self, index: int) -> list[NDArray[np.int64]]:
        """Running sums a marker may refer to: its currency's, and all."""
        code = self.section.currency[index]
        if code and code not in self.running:
            self.running[code] = self._run(self.is_item & (self.section.currency == code))
        return [self.running[code], self.running[""]] if code else [self.running[""]]

    def agrees(self, index: int) -> bool:
        """Whether the marker's figure is the sum of some whole sections before it, or of the one after it."""
        stated = int(self.minor[index])
        at = int(np.searchsorted(self.bounds, index, side="right"))
        # The nearest sections first; a total of totals may reach further back, but not past all reason.
        return any(
            bool((np.abs(self._spans(run, index, at, reach) - stated) <= HALF_CENT).any())
            for reach in (NEAR, FAR)
            for run in self._runs(index)
        )

    def _spans(self, run: NDArray[np.int64], index: int, at: int, reach: int) -> NDArray[np.int64]:
        """Sums of the sections up to the marker, of those after it, of everything before it, of everything."""
        before, after = self.bounds[max(0, at - reach) : at], self.bounds[at : at + reach]
        return np.concatenate((run[index] - run[before], run[after] - run[index], run[[index, -1]]))

    def expected(self, index: int) -> float:
        """The sum a wrong marker should have shown: everything for a grand total, else the nearest section's."""
        run = self._runs(index)[0]
        if self.kinds[index] is RowKind.TOTAL:
            return int(run[-1]) / 10.0**FINE
        before = run[index] - run[self.bounds[self.bounds <= index]]
        filled = before[before != 0]
        return (int(filled[-1]) if len(filled) else 0) / 10.0**FINE


def _shown(amount: float) -> str:
    return in_text(int(to_minor(amount, 2)[0]), 2)
