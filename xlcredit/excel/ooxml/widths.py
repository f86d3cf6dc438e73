"""Column widths: ours get theirs, everybody else's stay, and what a user made of ours stays too."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlcredit.excel.additions import Column
from xlcredit.excel.headings import BUTTON, LEGIBLE, ROOM_FOR_FILTER, width_in_two_lines
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.markup import Element, quoted_value
from xlcredit.excel.ooxml.worksheet import Worksheet
from xlcredit.excel.styles import SIDES, WIDTHS
from xlcredit.locales import display_width

WIDEST = 60.0
_WIDEST_NEIGHBOUR = 20.0


class Widths:
    """The <cols> of one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._cols = sheet.child("cols")

    def style(self, column: int) -> int:
        """The style a column gives to cells nobody wrote."""
        entry = self._entry(column)
        return entry.number("style") if entry else 0

    def put(self, columns: Sequence[Column], first: int, neighbour: int, old: Area | None) -> None:
        """Widths for our columns; those that stood there in an earlier run keep what the user made of them."""
        beside = self._entry(neighbour)
        model = float(beside.get("width") or 0) if beside and not beside.flag("hidden") else 0.0
        wanted = {
            first + k: width_of(column, model)
            for k, column in enumerate(columns)
            if not (old and old.left <= first + k <= old.right and self._entry(first + k))
        }
        if wanted and self._cols is None:
            self._write_anew(wanted)
        elif wanted:
            self._write_among(wanted)

    def _entry(self, column: int) -> Element | None:
        """The <col> that covers a 0-based column."""
        entries = self._cols.children if self._cols else []
        return next((e for e in entries if e.number("min") <= column + 1 <= e.number("max")), None)

    def _write_anew(self, wanted: dict[int, float]) -> None:
        p = self._sheet.prefix.encode()
        xml = b"<%bcols>%b</%bcols>" % (p, self._joined(wanted), p)
        self._sheet.document.insert(self._sheet.place("cols"), xml)

    def _write_among(self, wanted: dict[int, float]) -> None:
        document, cols, free = self._sheet.document, self._cols, dict(wanted)
        for entry in cols.children if cols else ():
            first, last = entry.number("min"), entry.number("max")
            before = {c: free.pop(c) for c in sorted(free) if c + 1 < first}
            covered = {c: free.pop(c) for c in sorted(free) if first <= c + 1 <= last}
            if before:
                document.insert(entry.start, self._joined(before))
            if covered:
                document.replace(entry, "".join(self._pieces(entry, covered)).encode())
        if cols and free:
            document.append(cols, self._joined(free))

    def _pieces(self, entry: Element, widths: dict[int, float]) -> list[str]:
        """One <col> cut up so that only our columns get a width of their own."""
        out, at, last = [], entry.number("min"), entry.number("max")
        for column, width in sorted(widths.items()):
            if at < column + 1:
                out.append(self._written(entry, at, column))
            kept = {"style": entry.get("style")} if entry.get("style") else {}
            out.append(self._col(column, width, kept))
            at = column + 2
        if at <= last:
            out.append(self._written(entry, at, last))
        return out

    def _written(self, entry: Element, first: int, last: int) -> str:
        attributes = {**entry.attributes, "min": str(first), "max": str(last)}
        return self._tag({k: v for k, v in attributes.items() if " " not in k})

    def _joined(self, widths: dict[int, float]) -> bytes:
        return "".join(self._col(column, width, {}) for column, width in sorted(widths.items())).encode()

    def _col(self, column: int, width: float, more: dict[str, str]) -> str:
        at = str(column + 1)
        return self._tag({"min": at, "max": at, "width": f"{width:g}", **more, "customWidth": "1"})

    def _tag(self, attributes: dict[str, str]) -> str:
        written = "".join(f' {name}="{quoted_value(value).decode()}"' for name, value in attributes.items())
        return f"<{self._sheet.prefix}col{written}/>"


def width_of(column: Column, neighbour: float = 0.0) -> float:
    """A width that shows the header in one line and the values; of figures not below the neighbour's."""
    header = float(display_width(column.header) + ROOM_FOR_FILTER)
    if column.width:
        return max(header, column.width)
    return round(min(WIDEST, max(header, WIDTHS[column.kind], min(neighbour, _WIDEST_NEIGHBOUR))), 2)


def sheet_width(column: Column) -> float:
    """A width that shows the header in two lines and the values, on a sheet of ours."""
    button = BUTTON if SIDES[column.kind] == "right" else 0
    header = width_in_two_lines(column.header) + ROOM_FOR_FILTER + button
    return float(max(header, column.width or WIDTHS[column.kind]))


def pages_wide(columns: Sequence[Column]) -> int:
    """Pages side by side on which a sheet of ours is printed so that it can be read."""
    return math.ceil(sum(map(sheet_width, columns)) / LEGIBLE)
