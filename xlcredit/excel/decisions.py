"""Decisions about orders in words."""

from __future__ import annotations

from itertools import compress

import numpy as np

from xlcredit.ledger.tables import Text
from xlcredit.locales import Words
from xlcredit.rules.order import REASONS, RELEASE, Decisions


def in_words(found: Decisions, words: Words) -> Text:
    """RELEASE, or HOLD with every reason, for each order; "" where there is none."""
    said = {reason: words("order", reason) for reason in REASONS}
    release, hold, join = (words("order", key) for key in (RELEASE, "hold", "join"))
    # Few of the combinations of reasons occur: each is put into words once.
    held, places = np.unique(found.holds, axis=0, return_inverse=True)
    told = [join.join(said[reason] for reason in compress(REASONS, row)) for row in held.tolist()]
    texts = [hold.format(reason=reasons) if reasons else release for reasons in told]
    out = np.array(texts, dtype=object)[places.reshape(-1)]
    out[~found.asked] = ""
    return out
