"""How high rows are in which texts break into lines: written into the file, since not every program works it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.locales import display_width

_LINE, _TALLEST = 15, 405
"""Points of a line of text, and of the tallest row that Excel draws, in whole lines."""
_NARROWER: Final = 1.1
"""Letters are narrower than the digits that widths are counted in."""


def heights(wrapped: Iterable[tuple[NDArray[Any], float]], count: int) -> list[int | None]:
    """Points that each of ``count`` rows is high, None for a row of one line.

    ``wrapped``: values and width of each column whose texts break into lines.
    """
    lines = np.ones(count, dtype=np.int64)
    for values, width in wrapped:
        np.maximum(
            lines,
            [-(-display_width(str(text)) // (width * _NARROWER)) for text in values.tolist()],
            out=lines,
            casting="unsafe",
        )
    return [min(_LINE * n, _TALLEST) if n > 1 else None for n in lines.tolist()]


def height_attributes(wrapped: Iterable[tuple[NDArray[Any], float]], count: int) -> list[bytes]:
    """What the XML of each row says of its height."""
    return [b' ht="%d" customHeight="1"' % high if high else b"" for high in heights(wrapped, count)]
