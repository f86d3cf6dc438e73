"""Reading a customers sheet: one row per customer, with the figures the scorecards and limits are made of.

Blank, broken and zero stay three things: NaN, NaN under the *broken* mask, and 0.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xlcredit.ledger.amounts import Amounts, read_amounts
from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.daycells import read_days
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.headings import currency_of
from xlcredit.ledger.labels import is_total, starts_or_ends_total
from xlcredit.ledger.place import Place, Strip
from xlcredit.ledger.rowkinds import Body, read_body
from xlcredit.ledger.tables import CUSTOMER_ROLES, Customers, Days, Flags, Money, Text
from xlcredit.ledger.textcells import flags, keys, texts

FRACTION_LIMIT = 1.5
"""A column of ratios that all lie above this holds percents."""


def read_customers(grid: Grid, where: Place) -> tuple[Customers, tuple[Finding, ...]]:
    """The customers of a sheet, first row of each, and what was found on the way."""
    sheet = _Sheet(grid, where)
    return sheet.customers(), tuple(sheet.findings)


class _Sheet:
    def __init__(self, grid: Grid, place: Place) -> None:
        self.grid = grid
        self.place = place
        self.body = read_body(grid, place)
        self.findings: list[Finding] = []
        self.role = "customer" if "customer" in place.columns else "name"
        self.positions = self._customer_rows(self.body)
        self.rows = np.array(self.positions, dtype=np.int64) + place.first_row

    def _customer_rows(self, body: Body) -> list[int]:
        """Positions of the first row of each customer; later ones are found out."""
        first: dict[str, int] = {}
        names: dict[str, Text] = {role: keys(body.cells[role]) for role in ("customer", "name") if role in body.cells}
        for position in range(body.length):
            key = str(names[self.role][position]) or str(names.get("name", names[self.role])[position])
            if not key or self._is_no_customer(names, position):
                continue
            if key in first:
                facts = {"customer": key, "row": body.sheet_row(first[key]) + 1}
                where = self.place.cell(self.role, body.sheet_row(position))
                self.findings.append(Finding("warning", "duplicate-customer", where, facts))
            first.setdefault(key, position)
        return list(first.values())

    def _is_no_customer(self, names: dict[str, Text], position: int) -> bool:
        """Totals and repeated headings."""
        said = [str(column[position]) for column in names.values() if column[position]]
        total = is_total(said[0]) or (len(said) == 1 < len(names) and starts_or_ends_total(said[0]))
        return total or said == [self.place.headings.get(role, "") for role in names]

    def _strip(self, role: str) -> Strip:
        column = self.body.cells[role]
        at = self.place.columns[role]
        broken = {row: error for (row, column_), error in self.grid.broken.items() if column_ == at}
        found = (
            {position: broken[int(row)] for position, row in enumerate(self.rows) if int(row) in broken}
            if broken
            else {}
        )
        return Strip(self.place, role, [column[position] for position in self.positions], self.rows, found)

    def customers(self) -> Customers:
        """The table."""
        figures, broken = self._figures()
        name = self._text("name")
        customer = keys(self._strip(self.role).cells)
        return Customers(
            row=self.rows + 1, customer=np.where(customer != "", customer, name), name=name, terms=self._text("terms"),
            currency=self._currency(), since=self._since(), blocked=self._blocked(), figures=figures, broken=broken,
        )  # fmt: skip

    def _figures(self) -> tuple[dict[str, Money], dict[str, Flags]]:
        figures, broken = {}, {}
        for role, (kind, _) in CUSTOMER_ROLES.items():
            if kind not in ("money", "number", "ratio") or role not in self.place.columns:
                continue
            read = read_amounts(self._strip(role), percent=kind == "ratio")
            figures[role] = self._fractions(role, read) if kind == "ratio" else read.values
            broken[role] = np.zeros(len(self.rows), dtype=np.bool_)
            broken[role][list(read.faults)] = True
            self.findings += [*read.findings, *(replace(f, code=_figure_code(f.code)) for f in read.faults.values())]
        return figures, broken

    def _fractions(self, role: str, read: Amounts) -> Money:
        """The ratios as fractions: 35 is 0.35 where the whole column is in percent."""
        plain = np.array(
            [not (isinstance(cell, str) and cell.strip().endswith(("%", "％"))) for cell in self._strip(role).cells],
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

    def _text(self, role: str) -> Text:
        return texts(self._strip(role).cells if role in self.place.columns else [""] * len(self.rows))

    def _currency(self) -> Text:
        """Each customer's currency: its column's, else the one a money heading names."""
        money = [role for role, (kind, _) in CUSTOMER_ROLES.items() if kind == "money" and role in self.place.columns]
        named = next((code for role in money if (code := currency_of(self.place.headings.get(role, "")))), "")
        column = self._text("currency")
        column[:] = [(code_of(text) or text.upper()) if text else named for text in column]
        return column

    def _since(self) -> Days:
        if "since" not in self.place.columns:
            return np.full(len(self.rows), np.datetime64("NaT"), dtype="datetime64[D]")
        read = read_days({"since": self._strip("since")}, epoch_1904=self.grid.epoch_1904)["since"]
        self.findings += read.findings
        return read.days

    def _blocked(self) -> Flags:
        there = "blocked" in self.place.columns
        return flags(self._strip("blocked").cells) if there else np.zeros(len(self.rows), dtype=np.bool_)


def _figure_code(code: str) -> str:
    return {"amount-unreadable": "figure-unreadable", "amount-too-large": "figure-unreadable"}.get(code, code)
