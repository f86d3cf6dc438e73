"""Colours of the pack: they differ in lightness as well as hue, for greyscale print and for the colour-blind.

The ramp is ColorBrewer's YlOrBr; the chart's colours are Okabe and Ito's, ordered from dark to light.
"""

from __future__ import annotations

from typing import Final

INK: Final = "1F2937"
"""Text."""
QUIET: Final = "5B6472"
"""Text that is read second: notes, where a figure comes from."""
PAPER: Final = "FFFFFF"
HEAD: Final = "1F3864"
"""Fill of headings, under text in PAPER."""
BAND: Final = "E8EDF5"
"""Fill of tiles, totals and second headings."""
LINK: Final = "0B5394"
LINE: Final = "B8C2D0"

RAMP: Final = ("FFFFE5", "FEE391", "FEC44F", "FE9929", "CC4C02", "8C2D04")
"""Fills from harmless to grave, each darker than the one before."""
ON_RAMP: Final = (INK, INK, INK, INK, PAPER, PAPER)
"""Text on each of them."""
BAR: Final = "9DB8D9"
"""Bars behind figures, light enough to read the figure on."""
SERIES: Final = ("1F3864", "D55E00", "56B4E9", "F0C541")
"""Lines and columns of charts, the darkest first."""


def step(place: int, of: int) -> int:
    """Place on the ramp of one of so many steps, the first harmless and the last grave."""
    return round(place * (len(RAMP) - 1) / max(of - 1, 1))


def luminance(colour: str) -> float:
    """Relative luminance of RRGGBB, 0 black to 1 white (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2); text needs 4.5, a shape 3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
