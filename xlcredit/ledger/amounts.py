"""Amounts: cells of a money column → float64, whatever notation the export chose.

A *mark* is the character before the decimals. Where a cell such as 1,234 leaves it open, the column decides.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT
from xlcredit.ledger.currencies import code_of
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.place import Strip

_FORM = re.compile(r"([^0-9.,]*)((?=[.,' ]*[0-9])[0-9.,][0-9.,' ]*(?:[eE][+-]?[0-9]{1,3}(?![0-9]))?)([^0-9]*)")
_PLAIN = re.compile(r"-?(?:[0-9]+(?:\.[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2})")
"""Most texts are in English notation and decide their mark themselves; they need no taking apart."""
_EXPONENT = re.compile(r"[eE].*")
_NO_DECIMALS = re.compile(r"(?<=[0-9])[.,](?:-{1,2}|—|=)$")
_TRANSLATE = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "`": "'", "´": "'", "﹣": "-"}
)


@dataclass(frozen=True, slots=True)
class AmountText:
    """An amount's text taken apart: its sign, its digits with separators, the currency beside it."""

    negative: bool
    body: str
    currency: str
    mark: str
    """The decimal mark the digits show: . or , · empty: shows none · ?. or ?, either reading."""

    @staticmethod
    def of(text: str) -> AmountText | None:
        """The parts of a text, or None if it is no amount."""
        plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_TRANSLATE)
        found = _FORM.fullmatch(_NO_DECIMALS.sub("", plain.strip()))
        if found is None:
            return None
        beside = _read_beside(found[1], found[3])
        body = found[2].strip()
        mark = _mark(body)
        return None if beside is None or mark is None else AmountText(beside[0], body, beside[1], mark)

    def value(self, mark: str) -> float | None:
        """The number, read with this decimal mark; None if its groups of digits make none."""
        digits, e, power = self.body.lower().partition("e")
        whole, _, decimals = digits.rpartition(mark) if mark in digits else (digits, "", "")
        if not _well_grouped(whole) or (not decimals.isdigit() and decimals):
            return None
        plain = re.sub(r"[ .,']", "", whole)
        number = float(f"{plain or 0}.{decimals or 0}{e}{power}")
        return -number if self.negative and number else number


@lru_cache(maxsize=4096)
def _read_beside(before: str, after: str) -> tuple[bool, str] | None:
    """Sign and currency of what stands before and after the digits."""
    signs = Counter(c for c in before + after if c in "-+()")
    names = [re.sub(r"[-+()\s]", "", part).upper() for part in (before, after)]
    side = (
        next((n for n in ("CR", "DR", "CR.", "DR.") if names[1].endswith(n)), "") if code_of(names[1]) is None else ""
    )
    names[1] = names[1].removesuffix(side)
    negative = signs["-"] + (1 if signs["("] else 0) + side.startswith("CR")
    paired = signs["("] == signs[")"] <= 1 and ("(" in before) == bool(signs["("]) and ")" not in before
    codes = [code_of(name) for name in names if name]
    if negative > 1 or signs["+"] + negative > 1 or not paired or None in codes or len(codes) > 1:
        return None
    return bool(negative), codes[0] if codes and codes[0] else ""


def _mark(body: str) -> str | None:
    digits = _EXPONENT.sub("", body)
    grouped = " " in digits or "'" in digits
    seen = [c for c in digits if c in ".,"]
    if not seen:
        return ""
    last, others = seen[-1], set(seen[:-1])
    if last in others:
        return None if len(others) > 1 else ("," if last == "." else ".")
    head, _, tail = digits.rpartition(last)
    if others or grouped or len(tail) != 3 or not 1 <= len(head) <= 3 or head.startswith("0"):
        return last
    return "?" + last


def _well_grouped(whole: str) -> bool:
    if whole.isdigit() or not whole:
        return True
    groups = re.split(r"[ .,']", whole)
    used = set(whole) & set(" .,'")
    # Indian notation groups by two above the thousands: 12,34,567.
    middle = all(len(g) == 3 for g in groups[1:-1]) or all(len(g) == 2 for g in groups[1:-1])
    return len(used) == 1 and 1 <= len(groups[0]) <= 3 and len(groups[-1]) == 3 and middle


@dataclass(frozen=True, slots=True)
class Amounts:
    """A money column: values, the currency written in each cell, and what could not be read."""

    values: NDArray[np.float64]
    """NaN: blank, or in ``faults``."""
    faults: Mapping[int, Finding] = field(default_factory=dict)
    """Position → why the cell gives no amount."""
    currencies: Mapping[int, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def read_amounts(strip: Strip, *, percent: bool = False) -> Amounts:
    """The column's amounts; ``percent`` lets 35 % be 0.35."""
    if set(map(type, strip.cells)) <= {float} and not strip.broken:
        values = np.array(strip.cells, dtype=np.float64)
        if not len(values) or np.abs(values).max() < EXACT / 100:
            return Amounts(values)
    return _Reader(strip, percent).read()


class _Reader:
    """One pass over a column that holds more than plain numbers."""

    def __init__(self, strip: Strip, percent: bool) -> None:
        self.strip = strip
        self.percent = percent
        self.values = np.full(len(strip.cells), np.nan)
        self.texts: dict[int, AmountText] = {}
        self.faults: dict[int, Finding] = {}
        self.shares: set[int] = set()

    def read(self) -> Amounts:
        plain_mark = self._sort_cells()
        mark, findings = self._decide_mark(plain_mark)
        for position, text in self.texts.items():
            value = text.value(text.mark if text.mark in (".", ",") else mark)
            self._keep(position, value, text.body)
        currencies = {position: text.currency for position, text in self.texts.items() if text.currency}
        return Amounts(self.values, self.faults, currencies, findings)

    def _sort_cells(self) -> int:
        """Takes over numbers, takes texts apart, notes faults; counts texts such as 12.50."""
        plain_texts = 0
        values, broken = self.values, self.strip.broken
        for position, cell in enumerate(self.strip.cells):
            if position in broken:
                self._fault(
                    position, "cell-uncached" if broken[position].startswith("(") else "cell-error", broken[position]
                )
            elif isinstance(cell, str):
                if _PLAIN.fullmatch(cell):
                    self._keep(position, float(cell.replace(",", "")), cell)
                    plain_texts += "." in cell
                else:
                    self._take_text(position, cell)
            elif cell is None:
                continue
            elif isinstance(cell, float) and -EXACT < cell * 100 < EXACT:
                values[position] = cell
            else:
                self._keep(position, _number(cell), cell)
        return plain_texts

    def _take_text(self, position: int, cell: str) -> None:
        text = cell.strip()
        if not text:
            return
        if unicodedata.normalize("NFKC", text).translate(_TRANSLATE).strip("€£$¥ ") == "-":
            self.values[position] = 0.0  # the accounting format's way to write zero
            return
        if self.percent and text[-1] in "%％":
            self.shares.add(position)
            text = text[:-1]
        parts = AmountText.of(text)
        if parts is None:
            self._fault(position, "amount-unreadable", cell)
        else:
            self.texts[position] = parts

    def _keep(self, position: int, value: float | None, cell: object) -> None:
        if value is None or not math.isfinite(value):
            self._fault(position, "amount-unreadable", cell)
        elif abs(value) * 100 >= EXACT:
            self._fault(position, "amount-too-large", cell)
        else:
            self.values[position] = value / 100 if position in self.shares else value

    def _fault(self, position: int, code: str, text: object) -> None:
        facts = {"text": str(text)[:60], "heading": self.strip.heading}
        self.faults[position] = Finding("error", code, self.strip.cell(position), facts)

    def _decide_mark(self, plain_texts: int) -> tuple[str, tuple[Finding, ...]]:
        """The column's decimal mark, and a finding where its cells leave that open or disagree."""
        marks = Counter(text.mark for text in self.texts.values())
        marks["."] += plain_texts
        open_marks = [text for text in self.texts.values() if text.mark.startswith("?")]
        if marks["."] and marks[","]:
            mark = "." if marks["."] >= marks[","] else ","
            return mark, (self._about_marks("mixed-decimal-marks", mark, self._example(",." if mark == "." else ".,")),)
        if marks["."] or marks[","] or not open_marks:
            return ("," if marks[","] else "."), ()
        example = open_marks[0]
        mark = "," if example.mark == "?." else "."
        return mark, (self._about_marks("ambiguous-amounts", mark, example.body, read=example.value(mark)),)

    def _example(self, order: str) -> str:
        return next(text.body for wanted in order for text in self.texts.values() if text.mark == wanted)

    def _about_marks(self, code: str, mark: str, example: str, read: object = "") -> Finding:
        facts = {"heading": self.strip.heading, "mark": mark, "example": example, "read": read}
        return Finding("warning", code, self.strip.column, facts)


def _number(cell: object) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    try:
        return float(cell)
    except OverflowError:
        return math.inf if cell > 0 else -math.inf
