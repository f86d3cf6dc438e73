"""Columns that may be omitted: one that is says nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def figures(given: NDArray[np.float64] | None, n: int, otherwise: float = np.nan) -> NDArray[np.float64]:
    """The figures given, else as many that say nothing."""
    return np.full(n, otherwise) if given is None else given


def flags(given: NDArray[np.bool_] | None, n: int) -> NDArray[np.bool_]:
    """The flags given, else as many that are not set."""
    return np.zeros(n, dtype=np.bool_) if given is None else given


def texts(given: NDArray[np.object_] | None, n: int) -> NDArray[np.object_]:
    """The texts given, else as many blank ones."""
    return np.full(n, "", dtype=object) if given is None else given
