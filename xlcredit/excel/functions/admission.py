"""Admission of new customers: checks, external ratings, the blacklist."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlcredit.control.grading.likeness import most_alike
from xlcredit.control.vocabulary import coded
from xlcredit.excel.cells import Given, Table, days, flags, is_blank, rows_of, texts
from xlcredit.excel.functions.rows import Column, Columns, Refused, Rows, by_row
from xlcredit.policy.paths import nearest
from xlcredit.rules import admission as gate
from xlcredit.rules import blacklist as lists
from xlcredit.rules import ratings


def map_rating(agency: Given, rating: Given, policy: Given = None) -> Table:
    """Own score of each rating, or its amount where the agency's ratings are amounts; "" without a rating."""
    return by_row(_mapped, Rows({"agency": agency, "rating": rating}, policy))


def blacklist_match(name: Given, registration: Given, blacklist: Given, policy: Given = None) -> Table:
    """What each customer was found by, how alike it is, and the name listed; "" where it is not on the list."""
    rows = Rows({"name": name, "registration": registration}, policy)
    return by_row(lambda rows: _matched(rows, *_listed(blacklist)), rows)


def admission(checks: Given, policy: Given = None) -> Table:
    """Whether each customer may receive a limit, and which checks are still to be passed.

    A date says when a check was passed and a no that it failed; a yes without a date does not count yet.
    """
    return by_row(_admitted, Rows({"checks": checks}, policy))


def _mapped(rows: Rows) -> Column:
    agencies, given = rows.texts("agency"), rows.texts("rating")
    values, faults = ratings.read(agencies, given, rows.policy.ratings)
    for row in np.flatnonzero(faults != ""):
        _note_unknown(int(row), agencies[row], given[row], rows)
    return values


def _note_unknown(row: int, agency: str, rating: str, rows: Rows) -> None:
    scales = rows.policy.ratings
    scale = ratings.scale_of(agency, scales)
    if not agency:
        rows.note(row, "blank", argument="agency")
    elif scale is None:
        rows.note(row, "unknown-agency", value=agency, nearest=nearest(agency, scales))
    else:
        rows.note(row, "unknown-rating", agency=agency, value=rating, nearest=nearest(rating, scale.values))


def _listed(blacklist: Given) -> tuple[Column, Column]:
    """Names and registration numbers of the list; an error in it is the whole call's."""
    cells = rows_of(blacklist)
    width = max(map(len, cells))
    if width > 2:
        raise Refused("blacklist-width", columns=width)
    columns = [texts([row[at] if at < len(row) else None for row in cells]) for at in range(2)]
    for _, broken in columns:
        for fault in broken.values():
            raise Refused("", error=fault.value)
    (names, _), (registrations, _) = columns
    return names, registrations


def _matched(rows: Rows, listed_names: Column, listed_registrations: Column) -> Columns:
    names, registrations = rows.texts("name"), rows.texts("registration")
    near = rows.policy.admission.near_name
    found = lists.match(names, registrations, listed_names, listed_registrations, most_alike, near)
    kinds = [rows.words("blacklist", kind) if kind else "" for kind in found.kind.tolist()]
    shown = np.array([*listed_names.tolist(), ""], dtype=object)[found.listed]
    return np.array(kinds, dtype=object), found.score, shown


def _admitted(rows: Rows) -> Columns:
    rule, cells = rows.policy.admission, rows.tables["checks"]
    width = max(map(len, cells))
    if width != len(rule.checks):
        names = tuple(rows.words("checks", name) for name in rule.checks)
        raise Refused("checks-width", columns=width, needed=len(rule.checks), names=names)
    found = {
        name: _states([row[at] if at < len(row) else None for row in cells], at, rows)
        for at, name in enumerate(rule.checks)
    }
    words = np.array([rows.words("admission", said) for said in gate.decide(found, rule).tolist()], dtype=object)
    lacking = [rows.words.listed(_lacking(*pair, rows) for pair in pairs) for pairs in gate.missing(found, rule)]
    return words, np.array(lacking, dtype=object)


def _states(cells: Sequence[object], at: int, rows: Rows) -> Column:
    """State of one check of each row; an error, or a date that can be read two ways, is its row's error."""
    passed_on, undated = days(cells)
    yes, broken = flags(cells)
    unclear = {row: fault for row, fault in undated.items() if fault.code == "open-order"}
    argument = f"checks column {at + 1}"
    rows.note_all({row: rows.in_words(fault, argument) for row, fault in {**broken, **unclear}.items()})
    done = np.array([not is_blank(cell) for cell in cells], dtype=np.bool_)
    failed = ~yes | (coded(texts(cells)[0], "check_results") == "failed")
    return gate.states(done, done & failed & np.isnat(passed_on), passed_on)


def _lacking(check: str, state: str, rows: Rows) -> str:
    facts = {"check": rows.words("checks", check), "state": rows.words("check_states", state)}
    return rows.words("admission", "lacking").format(**facts)
