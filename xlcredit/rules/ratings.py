"""External ratings: each agency's scale, direction and age, read as a score from 0 to 100, higher is safer.

A *scale* gives each rating its score, or the amount the agency would grant. Ratings that are numbers may lie between
two that are stated: the score is then linear between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, Days, add_months

Text = NDArray[np.object_]

UNKNOWN_AGENCY, UNKNOWN_RATING = "unknown-agency", "unknown-rating"
SCORE, AMOUNT = "score", "amount"
CODES, NUMBERS = "codes", "numbers"


_WHOLE = re.compile(r"^0*(\d+)(?:[.,]0+)?$")
"""A whole number as a text may spell it: 01, 1.0."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Rating → score or amount, as one agency rates."""

    values: Mapping[str, float]
    gives: str = SCORE
    reading: str = CODES
    prefixes: tuple[str, ...] = ()
    """What may stand before a rating without changing what it says: the 5A of 5A1."""
    names: tuple[str, ...] = ()
    """Other names of the agency and its scale."""
    known: Mapping[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.reading == NUMBERS:
            numbers = sorted((float(rating), value) for rating, value in self.values.items())
            object.__setattr__(self, "known", {str(number): value for number, value in numbers})
        else:
            plain = {_code(rating): value for rating, value in self.values.items()}
            before = [_code(prefix) for prefix in self.prefixes] or [""]
            combined = {f"{prefix}{rating}": value for prefix in before for rating, value in plain.items()}
            object.__setattr__(self, "known", combined)

    def value(self, rating: str) -> float:
        """Score or amount of a rating, NaN where the scale does not know it."""
        if self.reading == NUMBERS:
            return self._between(rating)
        code = _code(rating)
        return self.known.get(code, self.known.get(_WHOLE.sub(r"\1", code), np.nan))

    def _between(self, rating: str) -> float:
        try:
            number = float(unicodedata.normalize("NFKC", rating))
        except ValueError:
            return np.nan
        nodes = [float(node) for node in self.known]
        return float(np.interp(number, nodes, [*self.known.values()], left=np.nan, right=np.nan))


def agency_key(name: str) -> str:
    """An agency's name as it is compared: letters and digits alone, "D&B" as "dnb"."""
    spelled = unicodedata.normalize("NFKC", name).casefold().replace("&", "n")
    return "".join(letter for letter in spelled if letter.isalnum() or letter == "@")


def scale_of(agency: str, scales: Mapping[str, Scale]) -> Scale | None:
    """The scale of an agency, however its name is spelled; None where there is none."""
    key = agency_key(agency)
    return next(
        (scale for name, scale in scales.items() if key in map(agency_key, (name, *scale.names))),
        None,
    )


def _code(rating: str) -> str:
    return "".join(unicodedata.normalize("NFKC", rating).upper().split())


def read(agencies: Text, ratings: Text, scales: Mapping[str, Scale]) -> tuple[NDArray[np.float64], Text]:
    """Score or amount of each rating, NaN without one; and what is wrong: UNKNOWN_AGENCY, UNKNOWN_RATING or ""."""
    said = [*zip(agencies.tolist(), ratings.tolist(), strict=True)]
    told = {pair: _told(*pair, scales) for pair in set(said)}
    faults = np.empty(len(said), dtype=object)
    faults[:] = [told[pair][1] for pair in said]
    return np.array([told[pair][0] for pair in said], dtype=np.float64), faults


def _told(agency: str, rating: str, scales: Mapping[str, Scale]) -> tuple[float, str]:
    if not rating:
        return np.nan, ""
    scale = scale_of(agency, scales)
    if scale is None:
        return np.nan, UNKNOWN_AGENCY
    value = scale.value(rating)
    return value, UNKNOWN_RATING if np.isnan(value) else ""


def outdated(rated_on: Days, as_of: Date, valid_months: int) -> NDArray[np.bool_]:
    """Whether a rating is older than it may be, was given after the day, or has no date."""
    current = (rated_on <= as_of) & (add_months(rated_on, valid_months) >= as_of)
    return np.asarray(~current)
