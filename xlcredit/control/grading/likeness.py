"""Likeness of names: the matching library, loaded when a list is to be searched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_TOGETHER = 256
"""Names compared with the whole list at once: what that takes in memory stays small."""


def most_alike(names: Sequence[str], listed: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Position of the listed name most like each, and how alike they are: 100 where only the order of words differs."""
    from rapidfuzz import fuzz, process

    at, scores = np.empty(len(names), dtype=np.intp), np.empty(len(names))
    for start in range(0, len(names), _TOGETHER):
        some = names[start : start + _TOGETHER]
        table = process.cdist(some, listed, scorer=fuzz.token_sort_ratio, dtype=np.float64)
        at[start : start + len(some)] = table.argmax(axis=1)
        scores[start : start + len(some)] = table.max(axis=1)
    return at, np.round(scores, 1)
