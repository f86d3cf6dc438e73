"""Scores, points, reasons and grades from a range of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.grading import credit
from xlcredit.control.grading.credit import Choice
from xlcredit.excel.cells import Given, Table, is_omitted, numbers, rows_of
from xlcredit.excel.functions.headers import characteristics
from xlcredit.excel.functions.rows import Column, Columns, Refused, Rows, by_row
from xlcredit.policy import AUTO, Policy
from xlcredit.rules import grade, scorecard
from xlcredit.rules.scorecard import Scorecard

STANDARD_CARD = "trade"
"""The card of answers without headers, where the policy leaves the choice to the data."""


def credit_score(answers: Given, policy: Given = None, headers: Given = None) -> Table:
    """Score 0–100 of each row, "" where nothing is answered."""
    return by_row(lambda rows: _score(_answers(rows, headers), rows), Rows({"answers": answers}, policy))


def credit_grade(score: Given, policy: Given = None) -> Table:
    """Grade of each score."""
    return by_row(lambda rows: grade.grade(rows.scores("score"), rows.policy.grades), Rows({"score": score}, policy))


def credit_points(answers: Given, policy: Given = None, headers: Given = None) -> Table:
    """Points of each answer, a column per characteristic: of the card, or of the headers; "" as the score is."""
    return by_row(lambda rows: _points(_answers(rows, headers), rows), Rows({"answers": answers}, policy))


def credit_reasons(answers: Given, policy: Given = None, headers: Given = None, lang: Given = None) -> Table:
    """What cost each row the most points, in words, the costliest first."""
    return by_row(lambda rows: _reasons(_answers(rows, headers), rows), Rows({"answers": answers}, policy, lang))


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by characteristic, in the order of the range's columns, and where an answer is broken."""

    names: tuple[str, ...]
    found: Mapping[str, NDArray[np.float64]]
    broken: Mapping[str, Mapping[int, str]]
    choice: Choice

    def note_broken(self, rows: Rows) -> None:
        """Notes each row that has a broken answer to a question of its card."""
        for card, places in self.choice.shares():
            asked = set(places.tolist())
            for name in self.names:
                if name in card.names:
                    rows.note_all({row: text for row, text in self.broken[name].items() if row in asked})


def _answers(rows: Rows, headers: Given) -> Answers:
    cells = rows.tables["answers"]
    width = max(map(len, cells))
    cards: tuple[Scorecard, ...] = ()
    if is_omitted(headers):
        card = _named_card(rows.policy)
        if width != len(card.names):
            facts = {"columns": width, "needed": len(card.names), "names": ", ".join(card.names)}
            raise Refused("answers-width", card=card.name, **facts)
        names, cards = card.names, (card,)
    else:
        names = characteristics(rows_of(headers), width)
    whole = cells if min(map(len, cells)) == width else [[*row, *[None] * (width - len(row))] for row in cells]
    read = {name: numbers(column) for name, column in zip(names, zip(*whole, strict=True), strict=True)}
    found = {name: column for name, (column, _) in read.items()}
    broken = {
        name: {row: rows.in_words(fault, f"answers column {place}") for row, fault in faults.items()}
        for place, (name, (_, faults)) in enumerate(read.items(), 1)
    }
    return Answers(names, found, broken, _choice(cards, found, broken, rows))


def _choice(
    cards: tuple[Scorecard, ...],
    found: dict[str, NDArray[np.float64]],
    broken: Mapping[str, Mapping[int, str]],
    rows: Rows,
) -> Choice:
    if cards:
        return Choice(cards, np.zeros(rows.n, dtype=np.intp), np.ones(rows.n))
    blank = np.full(rows.n, np.nan)
    asked = {name for card in rows.policy.scorecards.values() for name in card.names}
    found.update(dict.fromkeys(asked - set(found), blank))
    masks = {name: _mask(faults, rows.n) for name, faults in broken.items()}
    return credit.choose(found, masks, rows.policy)


def _mask(faults: Mapping[int, str], n: int) -> NDArray[np.bool_]:
    mask = np.zeros(n, dtype=np.bool_)
    mask[list(faults)] = True
    return mask


def _named_card(policy: Policy) -> Scorecard:
    if policy.scorecard != AUTO:
        return policy.scorecards[policy.scorecard]
    return policy.scorecards.get(STANDARD_CARD) or policy.scorecards[policy.scorecard_order[0]]


def _score(answers: Answers, rows: Rows) -> Column:
    answers.note_broken(rows)
    scores = np.full(rows.n, np.nan)
    for card, places in answers.choice.shares():
        scores[places] = scorecard.score(card, credit.columns(card, answers.found, places))
    return scores


def _points(answers: Answers, rows: Rows) -> Columns:
    answers.note_broken(rows)
    earned = {name: np.full(rows.n, np.nan) for name in answers.names}
    for card, places in answers.choice.shares():
        given = credit.columns(card, answers.found, places)
        answered = ~np.isnan(given).all(axis=0)
        for name, points in zip(card.names, scorecard.points(card, given).T, strict=True):
            if name in earned:
                earned[name][places] = np.where(answered, points, np.nan)
    return tuple(earned.values())


def _reasons(answers: Answers, rows: Rows) -> Column:
    answers.note_broken(rows)
    said = np.full(rows.n, "", dtype=object)
    for card, places in answers.choice.shares():
        given = credit.columns(card, answers.found, places)
        for row, reasons in zip(places, credit.reasons_for(card, given, rows.policy.reasons), strict=True):
            said[row] = rows.words.listed(reason.in_words(rows.words) for reason in reasons)
    return said
