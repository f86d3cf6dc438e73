"""An Excel table (ListObject) that takes our columns in: its range, its filter, its list of columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.markup import Document, Element, escaped, quoted_value
from xlcredit.excel.ooxml.worksheet import Shift


class TablePart:
    """One table's part."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = document.root
        self.area = Area.of(self.root.get("ref")) or Area(0, 0, 0, 0)

    @property
    def part(self) -> str:
        """Name of the part."""
        return self.document.part

    def takes(self, header_row: int, last_column: int, shift: Shift) -> bool:
        """Whether this is the table our columns extend, and they stand right at its edge."""
        # A query's table has its columns from the query: Excel repairs one that has others.
        plain = self.root.get("headerRowCount", "1") != "0" and self.root.get("tableType", "worksheet") == "worksheet"
        holds = shift.old is not None and self.area.left < shift.old.left <= self.area.right
        theirs = self.area.top == header_row and self.area.left <= last_column
        return plain and theirs and (holds or self.area.right == shift.first - 1)

    def headers(self, wanted: Sequence[str], shift: Shift) -> list[str]:
        """The wanted headers, made different from each other and from the table's other columns."""
        taken = {self._name(c).casefold() for k, c in enumerate(self._columns()) if not self._was_ours(k, shift)}
        out = []
        for text in wanted:
            unique = next(t for t in (text, *map(f"{text}{{}}".format, range(2, 9999))) if t.casefold() not in taken)
            taken.add(unique.casefold())
            out.append(unique)
        return out

    @property
    def body(self) -> tuple[int, int]:
        """First and last row of its data, headings and totals left out."""
        totals = self.root.get("totalsRowCount", "0")
        return self.area.top + 1, self.area.bottom - (int(totals) if totals.isdigit() else 0)

    def grow(self, headers: Sequence[str], calculated: Sequence[Spelled | None], shift: Shift) -> None:
        """Replaces our columns of an earlier run by these, and lets range, filter and count follow.

        ``calculated`` has the formula of each column that is one throughout: a row that is added takes it over.
        """
        columns = self._columns()
        ours = [k for k in range(len(columns)) if self._was_ours(k, shift)]
        ids = [columns[k].number("id") for k in ours]
        fresh = count(max(c.number("id") for c in columns) + 1)
        written = b"".join(
            self._column(ids[k] if k < len(ids) else next(fresh), header, formula)
            for k, (header, formula) in enumerate(zip(headers, calculated, strict=True))
        )
        container = self.root.child("tableColumns")
        before = shift.first - self.area.left
        if ours:
            self.document.replace(columns[ours[0]], written)
            for k in ours[1:]:
                self.document.replace(columns[k], b"")
        elif container and before == len(columns):
            self.document.append(container, written)
        size = len(columns) - len(ours) + len(headers)
        if container:
            self.document.set(container, count=str(size))
        self._stretch(size)

    def release(self, old: Area) -> None:
        """Takes our formulas out of columns that ours have left and that stay, empty, in the table."""
        for place, column in enumerate(self._columns()):
            if old.left <= self.area.left + place <= old.right:
                for formula in column.all("calculatedColumnFormula"):
                    self.document.replace(formula, b"")

    def _stretch(self, size: int) -> None:
        right = self.area.left + size - 1
        self.document.set(self.root, ref=self.area.to(right).text)
        element = self.root.child("autoFilter")
        area = Area.of(element.get("ref")) if element else None
        if element and area:
            self.document.set(element, ref=area.to(right).text)
            for column in element.all("filterColumn"):
                if column.number("colId") >= size:
                    self.document.replace(column, b"")

    def _columns(self) -> list[Element]:
        container = self.root.child("tableColumns")
        return container.all("tableColumn") if container else []

    def _was_ours(self, place: int, shift: Shift) -> bool:
        return shift.old is not None and shift.old.left <= self.area.left + place <= shift.old.right

    def _name(self, column: Element) -> str:
        return column.get("name").replace("_x000a_", "\n")

    def _column(self, number: int, header: str, formula: Spelled | None) -> bytes:
        name = quoted_value(escaped(header).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
        p = self.document.prefix(self.root)
        if formula is None:
            return b'<%btableColumn id="%d" name="%b"/>' % (p, number, name)
        kind = b' array="1"' if formula.dynamic else b""
        text = (b"%d" % (self.body[0] + 1)).join(formula.pieces)  # as it stands in the first row of the data
        calculated = b"<%bcalculatedColumnFormula%b>%b</%bcalculatedColumnFormula>" % (p, kind, text, p)
        return b'<%btableColumn id="%d" name="%b">%b</%btableColumn>' % (p, number, name, calculated, p)
