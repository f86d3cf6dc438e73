"""The columns of a sheet with a row for each customer, order, event …: texts, figures, dates and flags by role.

Blank, broken and zero stay three things: NaN, NaN under the *broken* mask, and 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from xlcredit.ledger.amounts import Amounts, read_amounts
from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.daycells import read_days
from xlcredit.ledger.doubts import broken_texts
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import currency_of
from xlcredit.ledger.place import Place, Strip
from xlcredit.ledger.rowkinds import Body
from xlcredit.ledger.tables import Days, Flags, Money, Text
from xlcredit.ledger.textcells import flags, texts
from xlcredit.ledger.timecells import seconds_of_day

FRACTION_LIMIT = 1.5
"""A column of ratios that all lie above this holds percents."""

Roles = Mapping[str, tuple[str, str]]
"""Role → kind, meaning."""

FIGURES = ("money", "number", "ratio")


class SheetColumns:
    """The chosen rows of one sheet, column by column, and what was found on the way."""

    def __init__(self, grid: Grid, body: Body, positions: list[int], roles: Roles) -> None:
        self.grid = grid
        self.body = body
        self.place: Place = body.place
        self.positions = positions
        self.rows = np.array(positions, dtype=np.int64) + self.place.first_row
        self.findings: list[Finding] = []
        self._roles = roles

    def of_kind(self, *kinds: str) -> list[str]:
        """Roles of these kinds that the sheet has, in their order."""
        return [role for role, (kind, _) in self._roles.items() if kind in kinds and role in self.place.columns]

    def strip(self, role: str) -> Strip:
        """The cells of a role."""
        column = self.body.cells[role]
        at = self.place.columns[role]
        broken = {row: error for (row, column_), error in self.grid.broken.items() if column_ == at}
        found = (
            {position: broken[int(row)] for position, row in enumerate(self.rows) if int(row) in broken}
            if broken
            else {}
        )
        return Strip(self.place, role, [column[position] for position in self.positions], self.rows, found)

    def figures(self) -> tuple[dict[str, Money], dict[str, Flags]]:
        """Role → figures, and where a cell holds an error or text that is no number."""
        figures, broken = {}, {}
        for role in self.of_kind(*FIGURES):
            kind = self._roles[role][0]
            read = read_amounts(self.strip(role), percent=kind == "ratio")
            figures[role] = self._fractions(role, read) if kind == "ratio" else read.values
            broken[role] = np.zeros(len(self.rows), dtype=np.bool_)
            broken[role][list(read.faults)] = True
            self.findings += [*read.findings, *(replace(f, code=_figure_code(f.code)) for f in read.faults.values())]
        return figures, broken

    def _fractions(self, role: str, read: Amounts) -> Money:
        """The ratios as fractions: 35 is 0.35 where the whole column is in percent."""
        plain = np.array(
            [not (isinstance(cell, str) and cell.strip().endswith(("%", "％"))) for cell in self.strip(role).cells],
            dtype=np.bool_,
        )
        told = np.abs(read.values[plain & ~np.isnan(read.values) & (read.values != 0)])
        in_heading = "%" in self.place.headings.get(role, "").replace("％", "%")
        # A heading with % over 0.08 is Excel's percent format: the cell holds the fraction.
        percent = bool(len(told)) and bool(
            (told > FRACTION_LIMIT).any() if in_heading else (told > FRACTION_LIMIT).all()
        )
        if not percent:
            return read.values
        example = float(told[0])
        facts = {
            "heading": self.place.headings.get(role, role),
            "example": f"{example:g}",
            "read": f"{example / 100:g}",
        }
        self.findings.append(Finding("info", "percent-read", self.place.column(role), facts))
        return np.where(plain, read.values / 100, read.values)

    def broken_texts(self) -> Iterator[Finding]:
        """What cannot be read where a text or a flag should stand, in any row of the sheet."""
        return broken_texts(self.grid, self.body, self.of_kind("text", "flag"))

    def text(self, role: str) -> Text:
        """A column of texts, empty where the sheet has none."""
        return texts(self.strip(role).cells if role in self.place.columns else [""] * len(self.rows))

    def currency(self) -> Text:
        """Each row's currency: its column's, else the one a money heading names."""
        money = self.of_kind("money")
        named = next((code for role in money if (code := currency_of(self.place.headings.get(role, "")))), "")
        column = self.text("currency")
        column[:] = [(code_of(text) or text.upper()) if text else named for text in column]
        return column

    def days(self) -> dict[str, Days]:
        """Role → dates; columns without evidence of their own take the order of day and month from the others."""
        read = read_days({role: self.strip(role) for role in self.of_kind("date")}, epoch_1904=self.grid.epoch_1904)
        self.findings += [finding for column in read.values() for finding in column.findings]
        return {role: column.days for role, column in read.items()}

    def times(self) -> dict[str, Money]:
        """Role of a date → seconds since midnight, of the columns in which a cell holds a time."""
        found = {role: seconds_of_day(self.strip(role).cells) for role in self.of_kind("date")}
        return {role: seconds for role, seconds in found.items() if seconds.any()}

    def flags(self) -> dict[str, Flags]:
        """Role → yes or no."""
        return {role: flags(self.strip(role).cells) for role in self.of_kind("flag")}


def _figure_code(code: str) -> str:
    return {"amount-unreadable": "figure-unreadable", "amount-too-large": "figure-unreadable"}.get(code, code)
