"""How high rows are in which texts break into lines: written into the file, since not every program works it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.locales import display_width

LINE: Final = 15.0
"""Points of a line of text."""
WIDE_LINE: Final = 16.5
"""Points of a line with Chinese characters, which reach higher and lower than letters."""
_TALLEST: Final = 405.0
"""Points of the tallest row, a little less than Excel can draw."""
_NARROWER: Final = 1.1
"""Letters are narrower than the digits that widths are counted in."""


def heights(wrapped: Iterable[tuple[NDArray[Any], float]], count: int) -> list[float | None]:
    """Points that each of ``count`` rows is high, None for a row of one line.

    ``wrapped``: values and width of each column whose texts break into lines.
    """
    points = np.zeros(count)
    for values, width in wrapped:
        np.maximum(points, [_height(str(text), width * _NARROWER) for text in values.tolist()], out=points)
    return [min(high, _TALLEST) or None for high in points.tolist()]


def _height(text: str, width: float) -> float:
    """Points of a text's lines, 0 for a single one."""
    wide = display_width(text)
    lines = -(-wide // width)
    return lines * (WIDE_LINE if wide > len(text) else LINE) if lines > 1 else 0.0


def height_attributes(wrapped: Iterable[tuple[NDArray[Any], float]], count: int) -> list[bytes]:
    """What the XML of each row says of its height."""
    return [b' ht="%g" customHeight="1"' % high if high else b"" for high in heights(wrapped, count)]
