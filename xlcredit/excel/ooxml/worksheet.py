"""A worksheet without its rows: what stands before and after them, edited where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.markup import Document, Element
from xlcredit.excel.ooxml.sheetstream import SheetStream

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""The schema's order of a worksheet's elements."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How the right edge of a table or filter moves: ours were ``old`` (or nowhere) and now stand in first..last."""

    first: int
    last: int
    old: Area | None

    def moved(self, right: int) -> int:
        """The edge after our columns were put where they are."""
        if self.old and self.old.left <= right <= self.old.right:
            right = self.old.left - 1
        return self.last if right == self.first - 1 else right


class Worksheet:
    """Head and tail of a sheet part, as one small document."""

    def __init__(self, stream: SheetStream) -> None:
        self.document = Document(stream.head + stream.tail, stream.file, stream.part)
        data = self.child("sheetData")
        if data is None:
            raise stream.damaged()
        self._seam = self.document.raw(data)
        self._opening = data.open_end - data.start
        self.prefix = stream.prefix.decode()

    def child(self, name: str) -> Element | None:
        """The first element of this name."""
        return self.document.root.child(name)

    @property
    def is_protected(self) -> bool:
        """Whether cells are locked against changes."""
        protection = self.child("sheetProtection")
        return protection is not None and protection.flag("sheet")

    @property
    def merges(self) -> list[Area]:
        """Merged ranges."""
        merged = self.child("mergeCells")
        return areas(" ".join(cell.get("ref") for cell in merged.children)) if merged else []

    @property
    def tables(self) -> list[str]:
        """Relationship ids of the sheet's tables."""
        parts = self.child("tableParts")
        return [part.relation for part in parts.children if part.name == "tablePart"] if parts else []

    def split(self) -> tuple[bytes, bytes]:
        """Head and tail as edited."""
        before, _, after = self.document.render().partition(self._seam)
        return before + self._seam[: self._opening], self._seam[self._opening :] + after

    def place(self, name: str) -> int:
        """Byte position where the schema wants another element of this name."""
        rank = ORDER.index(name)
        following = (child for child in self.document.root.children if _rank_of(child) > rank)
        first = next(following, None)
        return first.start if first else self.document.root.close_start

    def extend_dimension(self, area: Area) -> None:
        """Makes the stated extent include an area."""
        element = self.child("dimension")
        stated = Area.of(element.get("ref")) if element else None
        if element and stated:
            top, left = min(stated.top, area.top), min(stated.left, area.left)
            both = Area(top, left, max(stated.bottom, area.bottom), max(stated.right, area.right))
            self.document.set(element, ref=both.text)

    def grow_filter(self, header_row: int, last_column: int, shift: Shift) -> tuple[Area, Area] | None:
        """Lets the sheet's autofilter take our columns in; gives its area before and after where it changed."""
        element = self.child("autoFilter")
        area = Area.of(element.get("ref")) if element else None
        if not element or not area or area.top != header_row or area.left > last_column:
            return None
        if shift.moved(area.right) == area.right:
            return None
        grown = area.to(shift.moved(area.right))
        self.document.set(element, ref=grown.text)
        for column in element.all("filterColumn"):
            if column.number("colId") >= grown.width:
                self.document.replace(column, b"")
        return area, grown


def areas(references: str) -> list[Area]:
    """The areas of a list such as ``A1:B2 D4``."""
    return [area for area in map(Area.of, references.split()) if area]


def _rank_of(element: Element) -> int:
    names = (e.name for e in element.walk()) if element.name == "AlternateContent" else (element.name,)
    return next((ORDER.index(name) for name in names if name in ORDER), -1)
