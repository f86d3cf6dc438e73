"""Exposure: what would be lost if a customer paid nothing more.

*Headroom* is the limit less the exposure, *utilization* the exposure as a share of the limit.
A limit of infinity is unlimited, 0 allows nothing, NaN is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import EXACT, Minor, sums, to_major, to_minor, translate

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ExposureRule:
    """Which components count, how far rates may move, and how much may be owed from one country."""

    orders: bool = True
    unbilled: bool = True
    """Drafts, and work done that is not invoiced."""
    guarantees: bool = True
    fx_shock: float = 0.0
    country_caps: Mapping[str, float] = field(default_factory=dict)
    """Country → most that may be owed from there; a country without a cap is not bounded."""

    def __post_init__(self) -> None:
        if not 0 <= self.fx_shock <= 1:
            raise ValueError(f"a shock is a fraction, not {self.fx_shock}")


EVERYTHING = ExposureRule()


def exposure(
    open_items: Minor,
    open_orders: Minor,
    unbilled: Minor | None = None,
    guarantees: Minor | None = None,
    rule: ExposureRule = EVERYTHING,
) -> Minor:
    """Open items, orders not yet invoiced and unbilled work, less guarantees, in minor units of one currency.

    A guarantee takes away what is owed, no more: it makes no credit of its own. A net credit stays negative.
    """
    gross = open_items.copy()
    if rule.orders:
        gross += open_orders
    if rule.unbilled and unbilled is not None:
        gross += unbilled
    if not rule.guarantees or guarantees is None:
        return gross
    return np.asarray(gross - np.minimum(np.maximum(gross, 0), np.maximum(guarantees, 0)))


def headroom(limit: Amounts, exposures: Amounts, places: int) -> Amounts:
    """Limit less exposure to the minor unit; negative where the limit is exceeded."""
    exact = np.maximum(np.abs(limit), np.abs(exposures)) < EXACT / 10.0**places  # no minor units beyond, nor of NaN
    left = to_minor(np.where(exact, limit, 0.0), places) - to_minor(np.where(exact, exposures, 0.0), places)
    return np.where(exact, to_major(left, places), limit - exposures)


def utilization(limit: Amounts, exposures: Amounts) -> Amounts:
    """Exposure as a fraction of the limit: 0 without exposure, infinite where nothing is allowed."""
    owed = np.maximum(exposures, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = owed / limit
    return np.where((owed == 0) & ~np.isnan(limit), 0.0, share)


@dataclass(frozen=True, slots=True)
class Shocked:
    """Exposures at the rates of the as-of date, and with every foreign currency lower and higher."""

    lower: Amounts
    at_rate: Amounts
    higher: Amounts


def shocked(amounts: Amounts, rates: Amounts, foreign: NDArray[np.bool_], rule: ExposureRule, places: int) -> Shocked:
    """Amounts in the review's currency, revalued at rates moved by the shock either way; NaN without a rate.

    Args:
        amounts: in major units of their own currency.
        rates: units of the review's currency for one of theirs, as of the date.
        foreign: whether they are in another currency than the review's; those in its own do not move.
        rule: the shock, a fraction.
        places: decimals of the review's currency.
    """
    move = np.where(foreign, rule.fx_shock, 0.0)
    return Shocked(
        lower=translate(amounts, rates * (1 - move), places),
        at_rate=translate(amounts, rates, places),
        higher=translate(amounts, rates * (1 + move), places),
    )


def heads(parents: NDArray[np.intp]) -> NDArray[np.intp]:
    """The customer at the head of each customer's group, following parents upwards.

    Args:
        parents: position of each customer's parent, its own where it has none.

    Raises:
        ValueError: two customers are each other's parents, directly or through others.
    """
    head = parents
    for _ in range(len(parents).bit_length()):  # every step doubles how far up it looks
        head = head[head]
    circle = np.flatnonzero(parents[head] != head)
    if len(circle):
        raise ValueError(f"a customer is its own parent through others, at positions {circle.tolist()}")
    return head


@dataclass(frozen=True, slots=True)
class Groups:
    """What each customer's group owes together, and by how much that is beyond its limit."""

    head: NDArray[np.intp]
    exposure: Minor
    excess: Minor


def groups(parents: NDArray[np.intp], exposures: Minor, limits: Amounts, places: int) -> Groups:
    """Group exposure of each customer against the limit of the group's head; a limit of infinity is unlimited.

    A net credit of one member lessens what the group owes, as its contracts are with one debtor.
    """
    head = heads(parents)
    owed = sums(exposures, head, len(parents))[head]
    limit = np.where(np.isfinite(limits), limits, 0.0)[head]
    excess = np.where(np.isfinite(limits)[head], np.maximum(owed - to_minor(limit, places), 0), 0)
    return Groups(head, owed, excess)


@dataclass(frozen=True, slots=True)
class CountryExposure:
    """What is owed from one country; the cap is NaN where there is none."""

    country: str
    exposure: float
    cap: float
    excess: float


def by_country(
    exposures: Minor, countries: NDArray[np.object_], rule: ExposureRule, places: int
) -> tuple[CountryExposure, ...]:
    """Exposure of each country against its cap, the largest first; customers without a country stand under ""."""
    names = sorted(set(countries.tolist()))
    position = {name: place for place, name in enumerate(names)}
    of_row = np.array([position[name] for name in countries.tolist()], dtype=np.intp)
    totals = sums(exposures, of_row, len(names))
    order = sorted(names, key=lambda name: (-totals[position[name]], name))
    return tuple(_country(name, int(totals[position[name]]), rule, places) for name in order)


def _country(name: str, minor: int, rule: ExposureRule, places: int) -> CountryExposure:
    cap = rule.country_caps.get(name, np.nan)
    excess = 0 if np.isnan(cap) else max(minor - int(to_minor(cap, places)[0]), 0)
    return CountryExposure(name, float(to_major(minor, places)), cap, float(to_major(excess, places)))
