"""Default rates: of the customers of each grade, the share that defaulted in the quarter after they were graded so."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.history.defaulted import in_default
from xlcredit.control.history.grades import graded_on
from xlcredit.control.listing import Field, Listing, stacked, texts
from xlcredit.control.review import Review
from xlcredit.kernel.dates import Days
from xlcredit.ledger.tables import Flags, Money
from xlcredit.rules import metrics
from xlcredit.rules.history import month_ends

_QUARTER = 3
_QUARTERS_A_YEAR = 4


def default_rates(review: Review) -> Listing:
    """One line per grade over all quarters, with what that says of the grades; below, one per quarter and grade.

    Whoever is in default when a quarter begins is not counted in it. None of a ledger without dated payments: what is
    still open of the past does not say who paid.
    """
    case, names = review.case, review.policy.grades.names
    ends = month_ends(case.as_of, case.policy.metrics.months + 1)[::-_QUARTER]
    if len(ends) < 2 or not (case.found.settlements.day <= case.as_of).any():
        return stacked("default_rates", [])
    place, quarter, lost = _customers(case, ends, names)
    whole = _lines(names, ends[[-1]], ends[[0]], place, np.zeros_like(quarter), lost)
    parts = _lines(names, ends[1:], ends[:-1], place, quarter, lost)
    pd = np.array([review.policy.provision.pd.get(name, np.nan) for name in names])
    a_year, nothing = metrics.in_a_year(whole["default_rate"], _QUARTERS_A_YEAR), np.full(len(parts), np.nan)
    told = (
        Listing(whole.key, (*whole.fields, *_beside(a_year, pd, _said(whole["default_rate"])))),
        Listing(parts.key, (*parts.fields, *_beside(nothing, nothing, [""] * len(parts)))),
    )
    return stacked("default_rates", [lines.take(lines["customers"] > 0) for lines in told]).filled()


def _beside(a_year: Money, pd: Money, notes: list[str]) -> tuple[Field, ...]:
    """What the rate of all quarters comes to in a year, beside the policy's probability of default, which is of one."""
    return (
        Field("default_a_year", "percent", a_year),
        Field("policy_pd", "percent", pd),
        Field("note", "text", texts(notes), "default_notes"),
    )


def _customers(case: Case, ends: Days, names: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp], Flags]:
    """Of every party in every quarter, the newest first: place of its grade, the quarter, whether it defaulted."""
    spells, n = in_default(case), len(case.parties)
    place = {name: at for at, name in enumerate(names)}
    graded = [np.array([place.get(grade, -1) for grade in graded_on(case, day).tolist()], np.intp) for day in ends[1:]]
    sound = [np.where(spells.lasting(day, n), -1, found) for day, found in zip(ends[1:], graded, strict=True)]
    lost = [spells.begun(start, end, n) for end, start in pairwise(ends)]
    return np.concatenate(sound), np.repeat(np.arange(len(ends) - 1), n), np.concatenate(lost)


def _lines(
    names: tuple[str, ...], starts: Days, ends: Days, place: NDArray[np.intp], quarter: NDArray[np.intp], lost: Flags
) -> Listing:
    """One line per period and grade."""
    n, width = len(starts), len(names)
    graded = place >= 0
    cell, size = (quarter * width + place)[graded], n * width
    return Listing(
        "default_rates",
        (
            Field("first_day", "date", np.repeat(starts + 1, width)),
            Field("last_day", "date", np.repeat(ends, width)),
            Field("grade", "text", texts(names * n)),
            Field("customers", "integer", np.bincount(cell, minlength=size).astype(np.float64)),
            Field("defaults", "integer", np.bincount(cell, lost[graded], size)),
            Field("default_rate", "percent", metrics.default_rates(place, quarter, lost, width, n).T.ravel()),
        ),
    )


def _said(rates: Money) -> list[str]:
    """Whether the rate falls with the grade: of each, whether no safer grade defaulted more often."""
    known = np.nan_to_num(rates)
    if not known.any():
        return ["no_defaults"] * len(rates)
    safer = np.r_[0.0, np.maximum.accumulate(known)[:-1]]
    return ["in_order" if rate >= most else "out_of_order" for rate, most in zip(known, safer, strict=True)]
