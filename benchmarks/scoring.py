"""Scoring: 1,000,000 customers on the six questions of the builtin trade card, against optbinning and plain numpy.

optbinning is given our cuts and our points, so that its Scorecard is the same card; every score must be equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from warnings import catch_warnings, simplefilter

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from optbinning import BinningProcess
from optbinning import Scorecard as PeerCard
from sklearn.linear_model import LogisticRegression

from benchmarks.clock import in_turn
from benchmarks.figures import Figure, at_least
from xlcredit.policy import load
from xlcredit.rules.scorecard import Scorecard, score

Answers = list[NDArray[np.float64]]
_RANGES = {
    "years_of_relationship": (0, 12), "average_days_late": (-10, 90), "overdue_share": (0, 1), "debt_ratio": (0, 1.1),
    "net_margin": (-0.1, 0.2), "adverse_events": (0, 5),
}  # fmt: skip
_IN_WHOLE_NUMBERS = ("years_of_relationship", "average_days_late", "adverse_events")


def measure(*, quick: bool) -> Iterator[Figure]:
    """Rows a second, all answers given and then one in fifty missing."""
    card, n_rows = load().scorecards["trade"], 100_000 if quick else 1_000_000
    peer = peer_card(card)
    for share_missing, said in ((0.0, "all answered"), (0.02, "2 % of the answers missing")):
        answers = draw_answers(card, n_rows, share_missing)
        frame = pd.DataFrame(dict(zip(card.names, answers, strict=True)))
        _check_equal(score(card, answers), peer.score(frame), compare_and_add(card, answers))
        took = in_turn(
            {
                "xlcredit": partial(score, card, answers),
                "optbinning": partial(peer.score, frame),
                "numpy": partial(compare_and_add, card, answers),
            },
            3 if quick else 5,
        )
        what = f"score {n_rows:,} customers × 6 characteristics, {said}, equal scores"
        ours = _rate(n_rows, took["xlcredit"])
        ratio = {name: spent / took["xlcredit"] for name, spent in took.items()}
        theirs = _rate(n_rows, took["optbinning"])
        yield at_least(10, what, ours, "optbinning Scorecard.score", theirs, ratio["optbinning"])
        yield Figure(what, ours, "numpy compare-and-add", _rate(n_rows, took["numpy"]), ratio["numpy"])


def draw_answers(card: Scorecard, n_rows: int, share_missing: float) -> Answers:
    """Seeded answers, bounds among them; each may be missing."""
    draw = np.random.default_rng(1)
    answers = []
    for name in card.names:
        column = draw.uniform(*_RANGES[name], n_rows)
        column = np.floor(column) if name in _IN_WHOLE_NUMBERS else np.round(column, 2)
        column[draw.random(n_rows) < share_missing] = np.nan
        answers.append(column)
    return answers


def compare_and_add(card: Scorecard, answers: Answers) -> NDArray[np.float64]:
    """The plainest scoring there is: for each cut, add what it is worth to those who reach it."""
    total = np.zeros(len(answers[0]))
    for characteristic, answer in zip(card.characteristics, answers, strict=True):
        points = characteristic.bands.outcomes
        total += points[0]
        for edge, gained in zip(characteristic.bands.edges, np.diff(points), strict=True):
            total += (answer >= edge) * gained
        missing = np.isnan(answer)
        if missing.any():
            total += missing * (characteristic.missing - points[0])
    return total


def peer_card(card: Scorecard) -> PeerCard:
    """The peer's Scorecard with our cuts and points: fitted on anything, its table then set."""
    answers = draw_answers(card, 20_000, 0.02)
    outcome = (np.random.default_rng(2).random(20_000) < 0.3).astype(int)
    # Its bins are closed below, so a bound that excludes its number is our edge just above it.
    cuts = {
        c.name: {
            "user_splits": c.bands.edges,
            "user_splits_fixed": [True] * len(c.bands.edges),
            "monotonic_trend": None,  # else it drops cuts that the drawn outcomes do not bear out
        }
        for c in card.characteristics
    }
    peer = PeerCard(BinningProcess([*card.names], binning_fit_params=cuts), LogisticRegression())
    with catch_warnings():
        simplefilter("ignore")  # the fit itself does not matter here
        peer.fit(pd.DataFrame(dict(zip(card.names, answers, strict=True))), outcome)
    table = peer._df_scorecard  # noqa: SLF001 (there is no public way to state the points)
    for characteristic in card.characteristics:
        points = [*characteristic.bands.outcomes, 0.0, characteristic.missing]  # 0 for its "special" bin, never met
        table.loc[table["Variable"] == characteristic.name, "Points"] = [float(each) for each in points]
    return peer


def _check_equal(ours: NDArray[np.float64], *others: NDArray[np.float64]) -> None:
    for theirs in others:
        apart = np.flatnonzero(ours != theirs)
        if len(apart):
            raise ValueError(f"{len(apart)} scores differ, first {ours[apart[0]]} from {theirs[apart[0]]}")


def _rate(n_rows: int, seconds: float) -> str:
    return f"{n_rows / seconds / 1e6:.3g} M rows/s"
