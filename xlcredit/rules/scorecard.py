"""Scorecard: characteristics, each with attributes worth points that add up to a score of 0–100.

Higher is safer. Every attribute moves the score in one direction only, so improving an answer never
lowers it. An expert scorecard ranks customers; it states no probability of default. A missing answer
earns the characteristic's *missing* points or is left out and the rest reweighted, and it lowers the
*completeness*, the share of the points at stake that were answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.bands import BLOCK, Bands

Column = NDArray[np.float64]
REWEIGHT: Final = "reweight"


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A question, the points of each range of answers, and what a missing answer earns."""

    name: str
    bands: Bands
    better: Literal["higher", "lower"]
    missing: float | Literal["reweight"] = REWEIGHT
    hundredths: NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        points = list(self.bands.outcomes)
        if points != sorted(points, reverse=self.better == "lower"):
            raise ValueError(f"{self.name}: {self.better} is better, so points cannot run {points}")
        if min(points) < 0:
            raise ValueError(f"{self.name}: points cannot be negative: {points}")
        unanswered = 0.0 if self.missing == REWEIGHT else float(self.missing)
        if not 0 <= unanswered <= self.best:
            raise ValueError(f"{self.name}: a missing answer cannot earn {unanswered} of {self.best} points")
        # Integers, because only they add up to the same score in every order; the missing one is last: -1 finds it.
        object.__setattr__(self, "hundredths", np.rint(np.array([*points, unanswered]) * 100).astype(np.int32))

    @property
    def best(self) -> float:
        """The most points an answer can earn: the weight of the characteristic."""
        return float(max(self.bands.outcomes))


Located = tuple[Characteristic, NDArray[np.int8] | NDArray[np.intp]]
"""A characteristic and the position of each customer's attribute, -1 without an answer."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Characteristics whose best answers add up to 100."""

    name: str
    characteristics: tuple[Characteristic, ...]

    def __post_init__(self) -> None:
        best = sum(round(characteristic.best * 100) for characteristic in self.characteristics)
        if best != 100 * 100:
            raise ValueError(f"scorecard {self.name}: the best answers add up to {best / 100:g}, not to 100")
        if len(set(self.names)) < len(self.names):
            raise ValueError(f"scorecard {self.name}: a characteristic stands twice")

    @property
    def names(self) -> tuple[str, ...]:
        """Characteristics in the order of the answers."""
        return tuple(characteristic.name for characteristic in self.characteristics)

    @property
    def weights(self) -> NDArray[np.int32]:
        """Best points of each characteristic in hundredths."""
        return np.array([round(characteristic.best * 100) for characteristic in self.characteristics], dtype=np.int32)


def points(card: Scorecard, answers: Sequence[Column]) -> NDArray[np.float64]:
    """Points of each customer (rows) for each characteristic (columns); answers are one column each."""
    earned = [c.hundredths.take(found, mode="wrap") for c, found in _located(card, answers)]
    return np.column_stack(earned) / 100.0


def score(card: Scorecard, answers: Sequence[Column]) -> Column:
    """Score 0–100 of each customer, NaN where nothing at all was answered."""
    scores = np.empty(len(_matched(card, answers)[0][1]), dtype=np.float64)
    for start in range(0, len(scores), BLOCK):
        scores[start : start + BLOCK] = _score_block(card, [answer[start : start + BLOCK] for answer in answers])
    return scores


def _score_block(card: Scorecard, answers: Sequence[Column]) -> Column:
    total = np.zeros(len(answers[0]), dtype=np.int32)
    left_out = np.zeros(len(answers[0]), dtype=np.int32)
    silent = np.ones(len(answers[0]), dtype=np.bool_)
    for (characteristic, found), weight in zip(_located(card, answers), card.weights, strict=True):
        total += characteristic.hundredths.take(found, mode="wrap")
        missing = found < 0
        silent &= missing
        if characteristic.missing == REWEIGHT:
            left_out += weight * missing
    scores = _reweighted(total, card.weights.sum() - left_out) if left_out.any() else total / 100.0
    scores[silent] = np.nan
    return scores


def _reweighted(total: NDArray[np.int32], stake: NDArray[np.int32]) -> Column:
    # In whole hundredths, halves up, so that no binary fraction decides a half and Excel says the same.
    at_stake = np.maximum(stake.astype(np.int64), 1)  # 0 where nothing was answered
    return np.asarray((20_000 * total.astype(np.int64) + at_stake) // (2 * at_stake) / 100.0)


def _located(card: Scorecard, answers: Sequence[Column]) -> list[Located]:
    return [(characteristic, characteristic.bands.index(answer)) for characteristic, answer in _matched(card, answers)]


def _matched(card: Scorecard, answers: Sequence[Column]) -> list[tuple[Characteristic, Column]]:
    if len(answers) != len(card.characteristics):
        raise ValueError(f"scorecard {card.name} has {len(card.characteristics)} characteristics, not {len(answers)}")
    return [*zip(card.characteristics, answers, strict=True)]


def completeness(card: Scorecard, answers: Sequence[Column]) -> Column:
    """Share of the points at stake that were answered, 0–1."""
    answered = np.column_stack([~np.isnan(answer) for _, answer in _matched(card, answers)])
    return np.asarray((answered * card.weights).sum(axis=1) / card.weights.sum())


def points_lost(card: Scorecard, earned: NDArray[np.float64]) -> NDArray[np.intp]:
    """Positions of the characteristics of each customer, the one that cost the most points first."""
    return np.argsort(earned - card.weights / 100.0, axis=1, kind="stable")
