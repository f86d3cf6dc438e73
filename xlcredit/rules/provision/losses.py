"""Losses: the expected credit loss of each item, exact to the cent, and of each customer.

Sources: IFRS 9 B5.5.35 (provision matrix), B5.5.37 and 5.5.11 (presumptions), B5.5.55 (integral credit enhancement).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor, sums, to_minor
from xlcredit.rules.provision import UNDATED, ProvisionRule

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = NDArray[np.object_]


def matrix_rates(days: Figures, rule: ProvisionRule, segments: Names | None = None) -> Figures:
    """Loss rate of each item's bucket in its segment, forward-looking factor included; NaN days are undated."""
    buckets = (*rule.bands.outcomes, UNDATED)
    column = rule.bands.index(days)  # -1, the undated, is the last
    found = np.array([rule.rates[bucket] for bucket in buckets])[column]
    for name, own in rule.segments.items() if segments is not None else ():
        rates = np.array([own.get(bucket, rule.rates[bucket]) for bucket in buckets])
        found = np.where(segments == name, rates[column], found)
    return np.minimum(found * rule.forward_factor, 1.0)


def graded_rates(days: Figures, grades: Names, rule: ProvisionRule) -> Figures:
    """PD × LGD of each grade, LGD alone after the days that presume default; NaN for a grade without a PD."""
    pd = np.array([rule.pd.get(grade, np.nan) for grade in grades.tolist()], dtype=np.float64)
    ahead = np.minimum(pd * rule.forward_factor, 1.0)
    return np.where(defaulted(days, rule) & ~np.isnan(pd), 1.0, ahead) * rule.lgd


def defaulted(days: Figures, rule: ProvisionRule) -> Flags:
    """Whether default is presumed of items so many days past due."""
    return np.asarray(days > rule.default_days)


def risk_has_risen(days: Figures, rule: ProvisionRule) -> Flags:
    """Whether a significant rise of the credit risk is presumed of items so many days past due."""
    return np.asarray(days > rule.significant_days)


def rates(
    days: Figures,
    rule: ProvisionRule,
    grades: Names | None = None,
    retained: Flags | bool = False,
    segments: Names | None = None,
) -> Figures:
    """Share of each item that is expected to be lost: PD × LGD of its grade, where it has one, else the matrix's rate.

    Retention of title recovers a part of it.
    """
    found = matrix_rates(days, rule, segments)
    if grades is not None:
        own = graded_rates(days, grades, rule)
        found = np.where(np.isnan(own), found, own)
    return np.where(retained, found * (1 - rule.retention_recovery), found)


def covered(minor: Minor, insured: Minor | int, rule: ProvisionRule) -> Minor:
    """What insurance takes off each item before a loss is reckoned: nothing where it is recognised apart."""
    return np.clip(insured, 0, np.maximum(minor, 0)) if rule.cover_is_integral else np.zeros_like(minor)


def provided_for(minor: Minor, off: Minor, rule: ProvisionRule) -> Minor:
    """What each item's rate is taken of: what is owed less what insurance takes off; of credits with set-off alone."""
    return (minor if rule.set_off == "customer" else np.maximum(minor, 0)) - off


def expected(
    minor: Minor,
    days: Figures,
    rule: ProvisionRule,
    grades: Names | None = None,
    insured: Minor | int = 0,
    retained: Flags | bool = False,
    segments: Names | None = None,
) -> Minor:
    """Expected loss of each item in minor units.

    A credit is expected to lose nothing; with a right of set-off it lowers the loss by its own bucket's rate.

    Args:
        minor: open amounts in minor units.
        days: days past due, NaN where there is no date.
        rule: the rates and what lowers a loss.
        grades: grade of each item's customer; without one, or without a PD for it, the matrix holds.
        insured: insured part of each item in minor units, which counts where cover is integral to the receivable.
        retained: whether title to the goods is retained.
        segments: segment of each item's customer.
    """
    base = provided_for(minor, covered(minor, insured, rule), rule)
    return lost(base, rates(days, rule, grades, retained, segments))


def lost(base: Minor, shares: Figures) -> Minor:
    """Each base times its rate, to the minor unit."""
    return to_minor(base * shares, 0)


def is_kept(lines: Minor, minor: Minor, owners: NDArray[np.intp], n_owners: int) -> Flags:
    """Which lines are provided for: none of a customer that owes nothing net, or whose credits outweigh its losses.

    What they add up to is the customer's provision and, over all, the total, to the cent.
    """
    counts = (sums(minor, owners, n_owners) > 0) & (sums(lines, owners, n_owners) > 0)
    return np.asarray(counts[owners])


def coverage(loss: Minor, owed: Minor) -> Figures:
    """Expected loss as a share of what is owed; NaN where nothing is."""
    return np.asarray(loss / np.where(owed > 0, owed, np.nan))
