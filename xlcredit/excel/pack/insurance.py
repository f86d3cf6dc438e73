"""The sheet Insurance: the contract in one line, and of each customer what is insured, until when, and what is due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.control.listing import Listing, Lists
from xlcredit.excel.pack.columns import Maker, serials
from xlcredit.excel.pack.listed import listed
from xlcredit.excel.pack.tables import PackTable, TableColumn, stacked
from xlcredit.rules.insurance import cover

TAKEN: Final = ("uninsured", "insurance_cover", "insurance_contract")
"""Lists that stand on this sheet and on none of their own; claims, which are worked through, keep theirs."""
SHEET: Final = "insurance"
_OF_CUSTOMERS: Final = ("uninsured", "insurance_cover", "claims")


def insurance(make: Maker, lists: Lists) -> list[PackTable]:
    """The tables of the sheet, the contract above the customers; none where nothing is said of insurance."""
    lines = _lines(make.review, lists)
    contract = lists.get("insurance_contract")
    return stacked(
        SHEET,
        _contract(make, contract) if contract else None,
        _customers(make, _Told(make.review, lists, lines)) if len(lines) else None,
    )


def _contract(make: Maker, contract: Listing) -> PackTable:
    """The contract's line, over which no totals are needed."""
    table = listed(contract, make.review, make.speech)
    return replace(table, columns=tuple(replace(column, totalled=False) for column in table.columns))


def _lines(review: Review, lists: Lists) -> NDArray[np.intp]:
    """Customers that a list names: who is to be notified soonest first, then who is insured least."""
    everybody = _Told(review, lists, np.arange(len(review.customers.customer)))
    bare = np.nan_to_num(everybody.figure("uninsured_part"))
    order = np.lexsort((review.customers.customer.astype(str), -bare, everybody.notify_by))
    return order[everybody.named[order]]


class _Told:
    """What the lists say of some customers, a line each."""

    def __init__(self, review: Review, lists: Lists, lines: NDArray[np.intp]) -> None:
        self.lines, self._lists = lines, [lists[key] for key in _OF_CUSTOMERS if key in lists]
        customers = review.customers.customer[lines].tolist()
        self._at = [_places(listing["customer"].tolist(), customers) for listing in self._lists]

    @property
    def named(self) -> NDArray[np.bool_]:
        """Whether a list has a line of each."""
        return np.any([at >= 0 for at in self._at], axis=0) if self._at else np.zeros(len(self.lines), dtype=np.bool_)

    @property
    def notify_by(self) -> NDArray[np.float64]:
        """The day by which the insurer is told, NaN where there is nothing to tell or it has been told."""
        return np.where(np.isnan(self.figure("notified")), self.figure("notify_by"), np.nan)

    def figure(self, key: str) -> NDArray[np.float64]:
        """A figure, days as serials, of the first list that has it; NaN for none."""
        return self._of(key, np.nan).astype(np.float64)

    def text(self, key: str) -> NDArray[np.object_]:
        """A text or code of the first list that has it, "" for none."""
        return self._of(key, "")

    def _of(self, key: str, blank: Any) -> NDArray[np.object_]:  # noqa: ANN401 (NaN or "")
        found = np.full(len(self.lines), blank, dtype=object)
        for listing, at in reversed([*zip(self._lists, self._at, strict=True)]):
            cells = next((field.cells for field in listing.fields if field.key == key), None)
            if cells is not None:
                plain = serials(cells) if cells.dtype.kind == "M" else cells
                found[at >= 0] = plain[at[at >= 0]]
        return found


def _places(named: list[str], wanted: list[str]) -> NDArray[np.intp]:
    """Where each of the wanted stands among the named, -1 for nowhere."""
    place = {customer: at for at, customer in enumerate(named)}
    return np.array([place.get(customer, -1) for customer in wanted], dtype=np.intp)


def _customers(make: Maker, told: _Told) -> PackTable:
    columns = [
        make.plain("notify_by", "date", told.notify_by),
        make.plain("days_left", "integer", told.figure("days_left")),
        make.plain("insurer_number", "text", told.text("insurer_number")),
        make.amount("insured_limit", told.figure("insured_limit"), totalled=True),
        make.plain("cover", "percent", told.figure("cover")),
        make.plain("valid_to", "date", told.figure("valid_to")),
        make.plain("stopped", "date", told.figure("stopped")),
        *_exposure(make, told),
        make.worded("cover_status", "cover", told.text("cover_status")),
        make.worded("claim_action", "claims", told.text("claim_action")),
        make.amount("premium_base", told.figure("premium_base"), totalled=True),
        make.plain("premium_rate", "percent", told.figure("premium_rate")),
        make.amount("premium", told.figure("premium"), totalled=True),
    ]
    said = [column for column in columns if column.formula or _says(column)]
    return make.table("insurance", (*make.who(told.lines), *said), 2)


def _exposure(make: Maker, told: _Told) -> tuple[TableColumn, ...]:
    """What is owed, and how much of it the insurer carries and the seller bears."""
    owed, part = told.figure("exposure"), told.figure("insured_part")
    known = 'IF(OR({exposure}="",{insured_part}=""),"",%s)'
    left = known % f"ROUND(MAX({{exposure}},0)-{{insured_part}},{make.places})"
    share = known % 'IF({exposure}>0,{insured_part}/{exposure},"")'
    bare = make.amount("uninsured_part", cover.remainder(owed, part, make.places), left, totalled=True)
    return (
        make.amount("exposure", owed, totalled=True),
        make.amount("insured_part", part, totalled=True),
        replace(bare, look="bar"),
        replace(make.plain("coverage", "percent", cover.coverage(owed, part)), formula=share),
    )


def _says(column: TableColumn) -> bool:
    cells = column.values
    return bool((cells != "").any() if cells.dtype == object else not np.isnan(cells).all())
