"""Headings over figures: they break into two lines rather than make a column wide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xlcredit.locales import display_width

ROOM_FOR_FILTER: Final = 4
"""Characters a heading gives up to its filter's button."""
BUTTON: Final = 2
"""Indents as wide as that button, which covers the right end of a heading."""
LEGIBLE: Final = 280.0
"""Characters that a page in landscape shows side by side in print that can be read."""
_ONE_LINE, _TWO_LINES = 20, 33
"""Points of a row of headings in bold, letters of any script."""


def width_in_two_lines(heading: str) -> int:
    """Width in which a heading takes no more than two lines; one, where it would break anywhere or at a dash."""
    if display_width(heading) > len(heading) or "–" in heading:
        return display_width(heading)
    words = heading.split()
    cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1))
    return max(min(max(map(display_width, lines)) for lines in cuts), -(-display_width(heading) // 2) + 2)


def headings_height(headings: Iterable[tuple[str, float]]) -> int:
    """Points that a row of headings is high; ``headings``: each with the width of its column."""
    broken = any(display_width(heading) + ROOM_FOR_FILTER > width for heading, width in headings)
    return _TWO_LINES if broken else _ONE_LINE
