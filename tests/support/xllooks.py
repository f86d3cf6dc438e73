"""Borders and fonts of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

from copy import copy

from openpyxl.styles import Border, Side
from xlwings import base_classes

_EDGES = {"edge_top": "top", "edge_bottom": "bottom"}


class OpenBorders(base_classes.Borders):
    """The borders of a single row: each of its cells gets them."""

    def __init__(self, place) -> None:
        self.place = place

    def set(self, which, *, line_style, weight, color):
        assert (line_style, weight) == ("continuous", "thin")
        line = Side("thin", color="{:02X}{:02X}{:02X}".format(*color))
        for row in self.place.cells():
            for cell in row:
                cell.border = copy(cell.border) + Border(**{_EDGES[side]: line for side in which})


class OpenFont(base_classes.Font):
    def __init__(self, place) -> None:
        self.place = place

    @property
    def bold(self):
        return self.place.ws.cell(self.place.row, self.place.column).font.bold

    @bold.setter
    def bold(self, value):
        for row in self.place.cells():
            for cell in row:
                changed = copy(cell.font)
                changed.bold = value
                cell.font = changed
