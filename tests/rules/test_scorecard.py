"""Scorecards: points, score, completeness and what cost the most."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import answer, answers
from xlcredit import policy
from xlcredit.kernel.bands import BLOCK, Bands, Bound
from xlcredit.rules.scorecard import REWEIGHT, Characteristic, Scorecard, completeness, points, points_lost, score

CARDS = policy.load().scorecards
NAN = math.nan
cards = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())


def columns(*rows):
    return [np.array(column, dtype=float) for column in zip(*rows, strict=True)]


def of(card, *row):
    return float(score(card, columns(row))[0])


TRADE = [
    # years, days late, overdue, debt, margin, events   points of each, score, completeness
    ((10, -2, 0.00, 0.35, 0.10, 0), [10, 25, 20, 15, 10, 20], 100, 1.0),
    ((5, 0, 0.00, 0.40, 0.08, 0), [10, 25, 20, 15, 10, 20], 100, 1.0),  # each on the good side of its bound
    ((4.99, 0.01, 0.01, 0.41, 0.079, 1), [7, 21, 16, 12, 7, 10], 73, 1.0),
    ((3, 12, 0.18, 0.62, 0.04, 0), [7, 17, 12, 9, 7, 20], 72, 1.0),
    ((0.5, 75, 0.80, 0.95, -0.12, 4), [0, 0, 0, 0, 0, 0], 0, 1.0),
    ((NAN, 12, 0.18, NAN, NAN, 0), [5, 17, 12, 7, 5, 20], 66, 0.65),  # what is missing earns neutral points
    ((NAN, 0, 0.00, NAN, NAN, NAN), [5, 25, 20, 7, 5, 10], 72, 0.45),
    ((2, 5, 0.10, -0.5, -3.0, 0), [4, 21, 16, 15, 0, 20], 76, 1.0),  # answers beyond the usual still have points
    ((math.inf, -math.inf, 0, 0, math.inf, 0), [10, 25, 20, 15, 10, 20], 100, 1.0),
]


@pytest.mark.parametrize(("row", "earned", "total", "share"), TRADE)
def test_the_trade_card_scores_a_customer(row, earned, total, share):
    card = CARDS["trade"]
    assert points(card, columns(row)).tolist() == [earned]
    assert score(card, columns(row)).tolist() == [total]
    assert completeness(card, columns(row)).round(6).tolist() == [share]


@cards
def test_a_customer_of_whom_nothing_is_known_has_no_score(card):
    assert math.isnan(of(card, *[NAN] * len(card.names)))
    assert completeness(card, columns([NAN] * len(card.names))).tolist() == [0]


def _own(missing):
    rising = Bands((Bound(1),), (0.0, 60.0))
    falling = Bands((Bound(1),), (40.0, 10.0))
    return Scorecard(
        "own",
        (
            Characteristic("net_margin", rising, "higher", missing),
            Characteristic("debt_ratio", falling, "lower", missing),
        ),
    )


@pytest.mark.parametrize(
    ("missing", "row", "total"),
    [
        (REWEIGHT, (1, NAN), 100.0),  # 60 of the 60 points at stake
        (REWEIGHT, (NAN, 1), 25.0),  # 10 of 40
        (REWEIGHT, (0, 0), 40.0),
        (30.0, (1, NAN), 90.0),
        (30.0, (NAN, 1), 40.0),
        (0.0, (1, NAN), 60.0),
    ],
)
def test_a_missing_answer_earns_its_points_or_is_left_out_and_the_rest_reweighted(missing, row, total):
    assert of(_own(missing), *row) == total


def test_what_cost_the_most_points_comes_first():
    card = CARDS["trade"]
    earned = points(card, columns((3, 12, 0.18, 0.62, 0.04, 0)))
    # lost: 3, 8, 8, 6, 3, 0; equal losses stay in the card's order
    assert [card.names[i] for i in points_lost(card, earned)[0]] == [
        "average_days_late",
        "overdue_share",
        "debt_ratio",
        "years_of_relationship",
        "net_margin",
        "adverse_events",
    ]


@cards
@given(data=st.data())
def test_improving_one_answer_never_lowers_the_score(card, data):
    row = data.draw(answers(card, most=1))
    position = data.draw(st.integers(0, len(card.names) - 1))
    known = answer().filter(lambda value: not math.isnan(value))
    low, high = sorted([data.draw(known), data.draw(known)])
    rising = (low, high) if card.characteristics[position].better == "higher" else (high, low)
    scores = [of(card, *(value if n == position else column[0] for n, column in enumerate(row))) for value in rising]
    assert scores[1] >= scores[0]


@cards
@given(data=st.data())
def test_a_score_lies_within_0_and_100_and_completeness_within_0_and_1(card, data):
    table = data.draw(answers(card))
    scores, shares = score(card, table), completeness(card, table)
    known = scores[~np.isnan(scores)]
    assert ((known >= 0) & (known <= 100)).all()
    assert ((shares >= 0) & (shares <= 1)).all()
    assert np.isnan(scores).tolist() == (shares == 0).tolist()


@cards
@given(data=st.data())
def test_alone_a_customer_scores_as_among_others(card, data):
    table = data.draw(answers(card))
    together = score(card, table)
    for row in range(len(together)):
        np.testing.assert_array_equal(score(card, [column[row : row + 1] for column in table]), together[row : row + 1])


@cards
@given(data=st.data())
def test_the_order_of_the_customers_changes_nothing(card, data):
    table = data.draw(answers(card))
    order = data.draw(st.permutations(range(len(table[0]))))
    turned = [column[order] for column in table]
    np.testing.assert_array_equal(score(card, turned), score(card, table)[order])
    np.testing.assert_array_equal(points(card, turned), points(card, table)[order])


@cards
@given(data=st.data())
def test_the_points_add_up_to_the_score(card, data):
    table = data.draw(answers(card))
    scores = score(card, table)
    known = ~np.isnan(scores)
    # The builtin cards reweight nothing: every missing answer has its points.
    np.testing.assert_array_equal(points(card, table).sum(axis=1)[known], scores[known])


def test_a_column_longer_than_a_block_scores_row_by_row_alike():
    rng = np.random.default_rng(7)
    card = CARDS["behaviour"]
    table = [
        np.where(rng.random(2 * BLOCK + 5) < 0.0002, np.nan, rng.normal(0.3, 20, 2 * BLOCK + 5)) for _ in card.names
    ]
    whole = score(card, table)
    rows = [0, BLOCK - 1, BLOCK, 2 * BLOCK, 2 * BLOCK + 4]
    np.testing.assert_array_equal(score(card, [column[rows] for column in table]), whole[rows])


@cards
def test_a_builtin_card_asks_six_questions_whose_best_answers_add_up_to_100(card):
    assert len(card.names) == 6
    assert int(card.weights.sum()) == 100 * 100


def test_the_trade_card_asks_in_the_order_of_the_worksheet_function():
    # =CREDIT_SCORE(A2:F2); debt ratio, profitability and payment history must be among them (S3)
    assert CARDS["trade"].names == (
        "years_of_relationship",
        "average_days_late",
        "overdue_share",
        "debt_ratio",
        "net_margin",
        "adverse_events",
    )


@pytest.mark.parametrize("rule", [points, score, completeness])
def test_answers_that_do_not_match_the_card_are_refused(rule):
    with pytest.raises(ValueError, match="scorecard trade has 6 characteristics, not 5"):
        rule(CARDS["trade"], [np.array([1.0])] * 5)


RISING = Bands((Bound(1),), (0.0, 100.0))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"better": "lower"}, r"x: lower is better, so points cannot run \[0.0, 100.0\]"),
        ({"bands": Bands((Bound(1),), (-1.0, 100.0))}, r"x: points cannot be negative: \[-1.0, 100.0\]"),
        ({"missing": 100.5}, "x: a missing answer cannot earn 100.5 of 100.0 points"),
        ({"missing": -1.0}, "x: a missing answer cannot earn -1.0 of 100.0 points"),
    ],
)
def test_a_characteristic_that_contradicts_itself_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Characteristic(**{"name": "x", "bands": RISING, "better": "higher", **fields})


def test_a_card_whose_best_answers_miss_100_is_refused():
    with pytest.raises(ValueError, match="scorecard own: the best answers add up to 60, not to 100"):
        Scorecard("own", (Characteristic("x", Bands((Bound(1),), (0.0, 60.0)), "higher"),))


def test_a_card_that_asks_twice_is_refused():
    half = Characteristic("x", Bands((Bound(1),), (0.0, 50.0)), "higher")
    with pytest.raises(ValueError, match="scorecard own: a characteristic stands twice"):
        Scorecard("own", (half, half))
