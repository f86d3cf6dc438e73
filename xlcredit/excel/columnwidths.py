"""Columns of texts as wide as what they hold, within reason."""

from __future__ import annotations

from xlcredit.excel.additions import Column, Shade
from xlcredit.ledger.tables import Text
from xlcredit.locales import display_width

ROOM_FOR_FILTER = 4
"""Characters a header gives up to its filter button."""

WIDEST = 80
"""Characters the widest column shows at once."""


def text_column(header: str, texts: Text, shades: tuple[Shade, ...] = ()) -> Column:
    """A column wide enough for its texts, within reason."""
    longest = max(map(display_width, set(texts.tolist())), default=0)
    wide = max(longest + 2, display_width(header) + ROOM_FOR_FILTER)
    return Column(header, "text", texts, shades, float(min(wide, WIDEST)))
