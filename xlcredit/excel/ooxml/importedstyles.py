"""Styles of another workbook, taken over into this one's: what looks the same is used again, the rest is appended."""

from __future__ import annotations

import re
from functools import cache

from xlcredit.excel.ooxml.markup import Document, Element
from xlcredit.excel.ooxml.stylesheet import Stylesheet

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_THEMED = re.compile(rb"<scheme [^>]*/>")
"""A font of the theme: another theme has another, and what was measured for the one would not fit."""


class ImportedStyles:
    """The donor's stylesheet and the one that takes from it; indexes of the one → indexes of the other."""

    def __init__(self, donor: Document, styles: Stylesheet) -> None:
        self._donor, self._styles = donor, styles
        self._formats = {each.number("numFmtId"): each.get("formatCode") for each in self._entries("numFmts")}
        self.cell = cache(self._cell)
        """The style of a cell."""
        self.overlay = cache(self._overlay)
        """The style that a conditional format, or a table, lays over a cell."""
        self._part = cache(self._taken)

    def _cell(self, index: int) -> int:
        xf = self._entries("cellXfs")[index]
        code = self._formats.get(xf.number("numFmtId"))
        taken = {name: str(self._part(section, xf.number(name))) for name, section in _PARTS.items()}
        number = {"numFmtId": str(self._styles.number_format(code))} if code else {}
        inside = b"".join(map(self._donor.raw, xf.children))
        return self._styles.adopt_xf({**xf.attributes, **taken, **number, "xfId": "0"}, inside)

    def _overlay(self, index: int) -> int:
        return self._taken("dxfs", index)

    def _taken(self, section: str, index: int) -> int:
        return self._styles.adopt(section, _THEMED.sub(b"", self._donor.raw(self._entries(section)[index])))

    def _entries(self, section: str) -> list[Element]:
        found = self._donor.root.child(section)
        return found.children if found else []
