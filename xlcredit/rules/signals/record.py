"""The record: what was seen of a customer, at its level, with what is required of whom by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xlcredit.rules.signals.rule import INDICATOR, KINDS, LEVELS, OFF, SignalRule
from xlcredit.rules.signals.seen import Seen


@dataclass(frozen=True, slots=True)
class Signal:
    """An early-warning signal: kind, level, the figures it rests on, and the response its level requires."""

    kind: str
    subject: str
    level: str
    figures: tuple[tuple[str, float], ...]
    action: str
    owner: str
    due_days: int
    """Days from the as-of date within which the action is due."""

    @property
    def urgency(self) -> tuple[int, int, str]:
        """What signals are sorted by: the most urgent level first, then the kinds in their order."""
        order = len(KINDS) if self.kind == INDICATOR else KINDS.index(self.kind)
        return -LEVELS.index(self.level), order, self.subject


def signals(seen: Sequence[Seen], n_customers: int, rule: SignalRule) -> tuple[tuple[Signal, ...], ...]:
    """W9: the signals of each customer, the most urgent first; kinds that are off are left out."""
    raised: list[list[Signal]] = [[] for _ in range(n_customers)]
    for each in seen:
        for customer, signal in _of_test(each, rule):
            raised[customer].append(signal)
    return tuple(tuple(sorted(mine, key=lambda signal: signal.urgency)) for mine in raised)


def _of_test(seen: Seen, rule: SignalRule) -> Iterator[tuple[int, Signal]]:
    level = rule.level(seen.kind, seen.subject)
    if level == OFF:
        return
    response = rule.responses[level]
    for customer in np.flatnonzero(seen.raised).tolist():
        figures = tuple((name, float(column[customer])) for name, column in seen.figures.items())
        known = tuple(figure for figure in figures if not np.isnan(figure[1]))
        yield (
            customer,
            Signal(seen.kind, seen.subject, level, known, response.action, response.owner, response.due_days),
        )
