"""The same figures in a cell as in a review: the demo ledger, each way, under each builtin policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from workbooks import AS_OF, build_demo, build_rates
from xlcredit.control import Rates, Review, review
from xlcredit.control.grading.needs import derived_needs
from xlcredit.excel import configuration, functions
from xlcredit.excel.desk import open_ledger
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.rates import read_rates
from xlcredit.ledger.ledger import Ledger
from xlcredit.locales import Words
from xlcredit.policy import builtin_names

OWN = {
    "paying": 'extends = "stepped"\n[scoring]\nscorecard = "behaviour"\n',
    "cautious": 'extends = "three-stage"\ncurrency = "CNY"\n[scoring]\nscorecard = "financial"\n'
    "[limit]\nmaximum = 90000\nstep = 500\n[dunning.procedures.three-stage]\ngrace_days = 5\nminimum_amount = 1000\n",
}
"""Policies of a user, by name."""
POLICIES = (*builtin_names(), *OWN)
EN = Words.of("en")


@dataclass(frozen=True)
class Reviewed:
    """A review, and what it asked of each customer: answers, and the credit its business takes."""

    name: str
    review: Review
    answers: Mapping[str, np.ndarray]
    needs: np.ndarray

    @property
    def headers(self):
        """Every characteristic one of the policy's cards asks for."""
        return list(dict.fromkeys(name for card in self.review.policy.scorecards.values() for name in card.names))

    @property
    def cells(self):
        """The answers as a sheet has them, a row per customer."""
        return [
            [blank(cell) for cell in row] for row in zip(*(self.answers[name] for name in self.headers), strict=True)
        ]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Ledger:
    return open_ledger(FileWorkbook(build_demo(tmp_path_factory.mktemp("demo") / "demo.xlsx"))).ledger


@pytest.fixture(scope="module")
def rates(tmp_path_factory) -> Rates:
    return read_rates(FileWorkbook(build_rates(tmp_path_factory.mktemp("rates") / "rates.csv")))


@pytest.fixture(scope="module", params=POLICIES)
def reviewed(request, ledger, rates, tmp_path_factory) -> Reviewed:
    home = tmp_path_factory.mktemp("home")
    (home / "policies").mkdir()
    for name, text in OWN.items():
        (home / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLCREDIT_HOME", str(home))
        configuration.reload()
        policy = configuration.named_policy(request.param)
        found = review(ledger, policy, AS_OF, rates)
        yield Reviewed(request.param, found, *asked(found))
    configuration.reload()


def asked(found):
    """The answers of a review, and the credit each customer's business takes."""
    answers = found.customers.answers
    needs = derived_needs(found.case, found.customers.average_days_late)
    return answers, np.where(np.isnan(answers["need"]), needs, answers["need"])


def blank(cell):
    """A figure as a cell holds it."""
    return float(cell) if np.isfinite(cell) else None


def column(figures):
    return [[blank(cell)] for cell in figures.tolist()]


def said(figures):
    """A review's column of figures as a function gives it."""
    return [[cell if np.isfinite(cell) else ""] for cell in figures.tolist()]


def test_scores_and_their_reasons(reviewed):
    customers, headers = reviewed.review.customers, [reviewed.headers]
    assert functions.credit_score(reviewed.cells, reviewed.name, headers) == said(customers.score)
    reasons = [["; ".join(reason.in_words(EN) for reason in told)] for told in customers.reasons]
    assert functions.credit_reasons(reviewed.cells, reviewed.name, headers) == reasons


def test_points_add_up_to_the_score_of_who_has_one(reviewed):
    points = functions.credit_points(reviewed.cells, reviewed.name, [reviewed.headers])
    scores = reviewed.review.customers.score.tolist()
    earned = [sum(cell for cell in row if cell != "") for row in points]
    scored = [at for at, score in enumerate(scores) if not np.isnan(score)]
    assert [earned[at] for at in scored] == [pytest.approx(scores[at], abs=1e-9) for at in scored]


def test_who_has_no_score_has_no_points(reviewed):
    points = functions.credit_points(reviewed.cells, reviewed.name, [reviewed.headers])
    unscored = np.isnan(reviewed.review.customers.score)
    assert [set(row) == {""} for row in points] == unscored.tolist()


def test_a_customer_s_score_in_a_cell_of_its_own(reviewed):
    alone = [functions.credit_score([row], reviewed.name, [reviewed.headers])[0] for row in reviewed.cells]
    assert alone == said(reviewed.review.customers.score)


def test_grades(reviewed):
    customers = reviewed.review.customers
    grades = [[grade] for grade in customers.grade]
    assert functions.credit_grade(column(customers.score), reviewed.name) == grades
    assert [functions.credit_grade(score, reviewed.name)[0] for score in column(customers.score)] == grades


def test_limits_and_what_bound_them(reviewed):
    customers, answers = reviewed.review.customers, reviewed.answers
    given = [customers.score, reviewed.needs, answers["net_worth"], answers["insured_limit"]]
    arguments = [*map(column, given), reviewed.name]
    assert functions.credit_limit(*arguments) == said(customers.limit)
    words = [[EN("constraints", constraint)] for constraint in customers.constraint]
    assert functions.credit_limit_reason(*arguments) == words
    rows = zip(*map(column, given), strict=True)
    assert [functions.credit_limit(*row, reviewed.name)[0] for row in rows] == said(customers.limit)


def test_headroom(reviewed):
    customers = reviewed.review.customers
    left = functions.credit_headroom(column(customers.limit), column(customers.exposure))
    assert left == said(customers.headroom)


def test_days_past_due_and_buckets(reviewed):
    items, policy = reviewed.review.items, reviewed.review.policy
    is_open = items.open_minor != 0
    due = [[day] for day in items.due_date[is_open].tolist()]
    assert functions.days_past_due(due, AS_OF) == said(items.days_past_due[is_open])
    buckets = [[EN("buckets", key)] for key in items.bucket[is_open]]
    assert policy.buckets.basis == "due_date"
    assert functions.aging_bucket(due, AS_OF, reviewed.name) == buckets
    assert [functions.aging_bucket([day], AS_OF, reviewed.name)[0] for day in due[::25]] == buckets[::25]


def test_stages_and_actions(reviewed):
    items, procedure = reviewed.review.items, reviewed.review.policy.dunning
    arguments = dunned(reviewed.review)
    stages = [[stage] for stage in items.stage.tolist()]
    assert functions.dunning_stage(*arguments, reviewed.name) == stages
    channels = dict(zip(procedure.actions, procedure.channels, strict=True))
    actions = [
        [f"{EN('actions', action)} · {EN('channels', channels[action])}" if action else ""] for action in items.action
    ]
    assert functions.dunning_action(*arguments, reviewed.name) == actions
    alone = [[rows if isinstance(rows, date) else rows[at] for rows in arguments] for at in range(0, len(stages), 25)]
    assert [functions.dunning_stage(*row, reviewed.name)[0] for row in alone] == stages[::25]


def test_the_demo_shows_every_kind_of_line(ledger, rates):
    found = review(ledger, configuration.named_policy("standard"), AS_OF, rates)
    assert len(found.items.stage) > 1_000
    assert {*found.items.stage.tolist()} == {0, 1, 2, 3}
    assert {*found.customers.constraint.tolist()} >= {"need", "net_worth", "grade"}
    assert {*found.customers.grade.tolist()} >= {"A", "B", "C", "D"}
    assert (found.customers.headroom < 0).any()
    assert found.items.blocked.any()


def dunned(found):
    """The items as the cells of a sheet; one whose customer, all in all, is owed money is nothing to dun."""
    items = found.items
    place = np.array([found.currencies.index(code) for code in items.currency])
    owed = np.where(found.customers.open_minor[items.owner, place] > 0, items.open, 0.0)
    due = [[day] for day in items.due_date.tolist()]
    blocked = [[flag] for flag in items.blocked.tolist()]
    return [due, AS_OF, column(owed), blocked, column(found.ledger.items.last_stage)]
