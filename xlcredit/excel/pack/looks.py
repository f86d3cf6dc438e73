"""Formats of the pack's cells: each made once per workbook, by what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlcredit.excel.heights import LINE, WIDE_LINE
from xlcredit.excel.pack import palette
from xlcredit.excel.styles import FORMATS, INPUT_FILL, SIDES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_QUIET = {"font_color": f"#{palette.QUIET}"}
_BAND = {"bg_color": f"#{palette.BAND}"}
_TITLE = {"bold": True, "font_color": f"#{palette.HEAD}"}
_ON_HEAD = {"font_color": "#FFFFFF", "bg_color": f"#{palette.HEAD}", "text_wrap": True, "valign": "vcenter"}
_ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": f"#{palette.HEAD}"},
    "about": _QUIET,
    "link": {"font_color": f"#{palette.LINK}", "underline": 1},
    "head": {**_ON_HEAD, "bold": True},
    "above": _ON_HEAD,
    "total": {"bold": True, "bg_color": f"#{palette.BAND}"},
    "cell": {"valign": "top"},
    "line": {"bottom": 4, "bottom_color": f"#{palette.LINE}"},
    "task": {
        "font_color": f"#{palette.LINK}",
        "underline": 1,
        "bottom": 4,
        "bottom_color": f"#{palette.LINE}",
        "indent": 1,
    },
    "fact": {**_QUIET, "bottom": 4, "bottom_color": f"#{palette.LINE}"},
    "heading": {**_TITLE, "font_size": 12},
    "section": {**_TITLE, "font_size": 12, "bottom": 2, "bottom_color": f"#{palette.HEAD}"},
    "tile_name": {**_QUIET, **_BAND, "font_size": 10, "text_wrap": True, "valign": "top"},
    "tile": {**_TITLE, **_BAND, "font_size": 14, "align": "left"},
    "tile_note": {**_QUIET, **_BAND, "font_size": 9, "align": "left"},
    "choice": {**_TITLE, "num_format": "@", "font_size": 14, "bg_color": f"#{INPUT_FILL}", "border": 1},
}
"""What a cell is for → how it looks."""

_BUTTON = 2
"""Indents as wide as the button of a filter, which covers the right end of a heading."""

FONT = {"en": "Calibri", "zh": "Microsoft YaHei"}
"""Language → font; spreadsheet programs without it take another of theirs."""


ROW = {"en": LINE, "zh": WIDE_LINE}
"""Language → points that a row of one line is high."""


def amount_format(places: int, *, whole: bool = False) -> str:
    """Number format of amounts with these decimals, negative ones in red with their sign, 0 a dash."""
    digits = "#,##0" + ("." + "0" * places if places and not whole else "")
    return f'{digits};[Red]-{digits};"–"'


def side(kind: str) -> dict[str, Any]:
    """Which side values of a kind are set to, texts a little away from the figures before them."""
    return {"align": SIDES[kind], "indent": int(SIDES[kind] == "left")}


def above(kind: str) -> dict[str, Any]:
    """Which side the heading over values of a kind is set to: over figures it leaves room for the filter's button."""
    return side(kind) if SIDES[kind] == "left" else {"align": "right", "indent": _BUTTON}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, role: str, **more: Any) -> Format:  # noqa: ANN401 (what XlsxWriter takes)
        """The format of a role, with more properties."""
        wanted = {**_ROLES[role], **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def kind(self, role: str, kind: str, places: int = 2, **more: Any) -> Format:  # noqa: ANN401
        """The format of a role for values of a kind."""
        number = amount_format(places) if kind == "amount" else FORMATS[kind]
        wrapped = {"text_wrap": True, "valign": "top"} if kind == "wrapped" else {}
        return self.of(role, **{"num_format": number, **side(kind), **wrapped, **more})
