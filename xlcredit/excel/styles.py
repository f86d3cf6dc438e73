"""One table of number formats and colours for everything we write into a workbook."""

from __future__ import annotations

from types import MappingProxyType

FORMATS = MappingProxyType(
    {
        "text": "General",
        "wrapped": "General",
        "mixed": "General",
        "amount": "#,##0.00",
        "integer": "0",
        "decimal": "#,##0.0",
        "percent": "0.0%",
        "rate": "0.000%",
        "ratio": "#,##0.00",
        "index": "0.000",
        "date": "yyyy-mm-dd",
    }
)
"""Kind of a column → number format of its cells; a wrapped text breaks its lines, a mixed one holds numbers too."""

WIDTHS = MappingProxyType(
    {
        "text": 12.0,
        "wrapped": 48.0,
        "mixed": 12.0,
        "amount": 14.0,
        "integer": 9.0,
        "decimal": 10.0,
        "percent": 9.0,
        "rate": 9.0,
        "ratio": 10.0,
        "index": 10.0,
        "date": 11.0,
    }
)
"""Kind of a column → width it needs at least, in characters."""

SIDES = MappingProxyType({kind: "left" if kind in ("text", "wrapped", "mixed") else "right" for kind in FORMATS})
"""Kind of a column → the side its header and its cells are set to."""

FILLS = MappingProxyType(
    {"good": "C6EFCE", "fair": "E2EFDA", "notice": "FFEB9C", "warning": "FFD966", "alarm": "F8CBAD", "severe": "FFC7CE"}
)
"""Mood of a conditional colour → its fill, RRGGBB; Excel's own "good/neutral/bad" hues and steps between."""

FONTS = MappingProxyType(
    {"good": "006100", "fair": "375623", "notice": "7F6000", "warning": "6B5000", "alarm": "833C0B", "severe": "9C0006"}
)
"""Mood of a conditional colour → its font colour, readable on the fill."""

HEADER_FILL = "D9E1F2"
"""Fill of the header row on sheets of our own."""

INPUT_FILL = "FFF9E5"
"""Fill of cells that the user is meant to change: the light yellow of inputs in financial models."""

LINE = "8EA9DB"
"""Colour of the line above a group of rows: the header's hue, darker."""
