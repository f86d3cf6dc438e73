"""Credit: each customer's answers, scorecard, score with reasons, grade, limit and headroom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.parties import Parties
from xlcredit.control.review import RISK_CLASS, Reason
from xlcredit.control.vocabulary import coded
from xlcredit.kernel.dates import days_between
from xlcredit.ledger.tables import CUSTOMER_ROLES, Customers, Flags, Money, Text
from xlcredit.policy import AUTO, Policy
from xlcredit.rules import admission, grade, limit, scorecard
from xlcredit.rules.scorecard import Scorecard

Answers = Mapping[str, Money]
DAYS_A_YEAR = 365.25


def answers(
    customers: Customers, parties: Parties, measured: Answers, filed: Answers, as_of: np.datetime64
) -> dict[str, Money]:
    """Characteristic → answer of each party: what the ledger shows, else the sheet says, else the statements filed.

    What is broken in the sheet stays so: nothing stands in for it.
    """
    found = {
        role: parties.figure(customers.figures.get(role))
        for role, (kind, _) in CUSTOMER_ROLES.items()
        if kind != "text"
    }
    since = parties.figure(days_between(customers.since, as_of) / DAYS_A_YEAR)
    found["years_of_relationship"] = _first(found["years_of_relationship"], np.where(since >= 0, since, np.nan))
    for role, values in filed.items():
        free = ~parties.flag(customers.broken.get(role))
        found[role] = _first(found.get(role, values), np.where(free, values, np.nan))
    for measure, values in measured.items():
        found[measure] = _first(values, found.get(measure, values))
    return found


def broken(customers: Customers, parties: Parties, filed: Mapping[str, Flags]) -> dict[str, Flags]:
    """Characteristic → parties of whom the sheet, or where it is silent the statement, has an error or no number."""
    found = {role: parties.flag(mask) for role, mask in customers.broken.items()}
    for role, mask in filed.items():
        silent = np.isnan(parties.figure(customers.figures.get(role)))
        found[role] = (mask & silent) | found.get(role, np.zeros_like(mask))
    return found


def _first(preferred: Money, otherwise: Money) -> Money:
    return np.where(np.isnan(preferred), otherwise, preferred)


@dataclass(frozen=True, slots=True)
class Scoring:
    """The card used for each party and what it gave."""

    card: Text
    score: Money
    completeness: Money
    reasons: tuple[tuple[Reason, ...], ...]
    capped: Flags
    """Whether the score is what a risk class allows at most, and not what the card gave."""


def score(found: Answers, broken: Mapping[str, Flags], policy: Policy) -> Scoring:
    """Score of each party by the policy's card, or by the first of its cards that the data answer well enough.

    A party with an error, or text that is no number, among its answers gets no score.
    """
    choice = choose(found, broken, policy)
    scores, reasons = _score_by(choice, found, policy.reasons)
    for card, rows in choice.shares():
        scores[rows[any_broken(card, broken, len(scores))[rows]]] = np.nan
    card_names = np.array([card.name for card in choice.cards], dtype=object)[choice.chosen]
    card_names[choice.completeness == 0] = ""
    return Scoring(card_names, scores, choice.completeness, reasons, np.zeros(len(scores), dtype=np.bool_))


def cap(scoring: Scoring, customers: Customers, parties: Parties, policy: Policy) -> Scoring:
    """Scores of at most what the risk class of a customer's country or industry allows; a cap is the first reason."""
    caps = policy.admission.score_caps
    classes = coded(parties.text(customers.texts.get("risk_class")), "risk_classes", caps)
    scores = admission.capped(scoring.score, classes, caps)
    lowered = scores < scoring.score
    reasons = [*scoring.reasons]
    for at in np.flatnonzero(lowered).tolist():
        why = Reason(RISK_CLASS, scores[at], scores[at], scoring.score[at])
        reasons[at] = (why, *reasons[at])[: policy.reasons]
    return replace(scoring, score=scores, capped=lowered, reasons=tuple(reasons))


@dataclass(frozen=True, slots=True)
class Choice:
    """The scorecards a policy has for its customers, and which of them each one is scored by."""

    cards: tuple[Scorecard, ...]
    chosen: NDArray[np.intp]
    """Position in ``cards``."""
    completeness: Money

    def shares(self) -> Iterator[tuple[Scorecard, NDArray[np.intp]]]:
        """Each card with the positions of the customers it is for."""
        for place, card in enumerate(self.cards):
            yield card, np.flatnonzero(self.chosen == place)


def choose(found: Answers, broken: Mapping[str, Flags], policy: Policy) -> Choice:
    """The policy's card for each customer, or the first of its cards that the answers fill well enough.

    Args:
        found: characteristic → answers, NaN for none.
        broken: characteristic → where an error, or text that is no number, stands for the answer.
        policy: its cards, their order, and from which completeness on one is taken.
    """
    names = policy.scorecard_order if policy.scorecard == AUTO else (policy.scorecard,)
    cards = tuple(policy.scorecards[name] for name in names)
    complete = np.column_stack([_completeness(card, found, broken) for card in cards])
    good = complete >= policy.enough
    chosen = np.asarray(np.where(good.any(axis=1), good.argmax(axis=1), complete.argmax(axis=1)))
    return Choice(cards, chosen, complete[np.arange(len(chosen)), chosen])


def columns(card: Scorecard, found: Answers, rows: NDArray[np.intp]) -> list[Money]:
    """Answers of some customers to a card's characteristics."""
    return [found[name][rows] for name in card.names]


def any_broken(card: Scorecard, broken: Mapping[str, Flags], n_customers: int) -> Flags:
    """Where an answer to one of the card's characteristics is broken."""
    masks = [broken[name] for name in card.names if name in broken]
    return np.logical_or.reduce(masks) if masks else np.zeros(n_customers, dtype=np.bool_)


def _completeness(card: Scorecard, found: Answers, broken: Mapping[str, Flags]) -> Money:
    # A broken answer was given: it must surface as an error, not hand the customer to a card that does not ask.
    given = [np.where(broken[name], 0.0, found[name]) if name in broken else found[name] for name in card.names]
    return scorecard.completeness(card, given)


def _score_by(choice: Choice, found: Answers, most: int) -> tuple[Money, tuple[tuple[Reason, ...], ...]]:
    scores = np.full(len(choice.chosen), np.nan)
    reasons: list[tuple[Reason, ...]] = [()] * len(scores)
    for card, rows in choice.shares():
        given = columns(card, found, rows)
        scores[rows] = scorecard.score(card, given)
        for row, said in zip(rows, reasons_for(card, given, most), strict=True):
            reasons[row] = said
    return scores, tuple(reasons)


def reasons_for(card: Scorecard, given: Sequence[Money], most: int) -> list[tuple[Reason, ...]]:
    """What cost each customer the most points, the costliest first."""
    if not len(given[0]):
        return []
    earned = scorecard.points(card, given)
    order = scorecard.points_lost(card, earned)[:, :most].tolist()
    table, values = earned.tolist(), np.column_stack(given).tolist()
    names, best = card.names, (card.weights / 100.0).tolist()
    return [
        tuple(Reason(names[j], value[j], row[j], best[j]) for j in places if row[j] < best[j])
        for row, value, places in zip(table, values, order, strict=True)
    ]


def allowed(found: Answers, needs: Money, to_base: Money, policy: Policy) -> dict[str, Money]:
    """Constraint → what it would allow each party, in the review's currency.

    Args:
        found: answers of each party.
        needs: need derived from the ledger, for who states none.
        to_base: factor from the currency of each party's figures to the review's.
        policy: caps and cover.
    """
    means = {name: found[name] * to_base for name in policy.limit.caps}
    stated = _first(found["need"] * to_base, needs)
    return limit.candidates(stated, means, found["insured_limit"] * to_base, policy.limit)


def suggest_limits(
    amounts: Mapping[str, Money], scores: Money, barred: Flags, policy: Policy, places: int
) -> tuple[Money, Text]:
    """Suggested limit of each party in the review's currency, and the constraint that bound it.

    Args:
        amounts: what each constraint would allow.
        scores: score of each party, NaN for none.
        barred: parties who are not admitted to credit yet.
        policy: factors and rounding.
        places: decimals of the review's currency.
    """
    return limit.suggest(amounts, grade.limit_factor(scores, policy.grades), policy.limit, places, barred)
