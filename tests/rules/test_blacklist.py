"""The blacklist: by number, by name, by a name spelled nearly alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.control.grading.likeness import most_alike
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.rules import blacklist

NEAR = load().admission.near_name
LISTED = [
    ("Alpha Trading Co., Ltd.", "HRB 1001"),
    ("上海华信（集团）股份有限公司", "91310000-ABC"),
    ("Müller & Söhne GmbH & Co. KG", ""),
    ("", "FN 42"),
]


def text(cells):
    return np.array([*cells], dtype=object)


def matched(*customers, listed=LISTED):
    found = blacklist.match(
        text(name for name, _ in customers), text(number for _, number in customers),
        text(name for name, _ in listed), text(number for _, number in listed),
        most_alike, NEAR,
    )  # fmt: skip
    return [*zip(found.kind.tolist(), found.score.tolist(), found.listed.tolist(), strict=True)]


def test_whom_the_list_names_and_by_what():
    """D13: registration number and near name."""
    assert matched(
        ("Alpha Renamed", "hrb-1001"), ("ALPHA TRADING", ""), ("Alfa Trading Limited", ""), ("Muller und Sohne", "x"),
        ("上海华信有限公司", ""), ("Anybody", "fn42"),
    ) == [
        ("registration", 100.0, 0), ("name", 100.0, 0), ("near_name", 88.0, 0), ("name", 100.0, 2),
        ("name", 100.0, 1), ("registration", 100.0, 3),
    ]  # fmt: skip


def test_whom_it_does_not_name():
    found = matched(("Omega Foods", "HRB 1002"), ("宁波海天有限公司", ""), ("", ""), ("GmbH", "-"))
    assert [kind for kind, *_ in found] == ["", "", "", ""]
    assert [row for *_, row in found] == [-1, -1, -1, -1]


def test_the_number_counts_before_the_name():
    assert matched(("Alpha Trading", "91310000 abc")) == [("registration", 100.0, 1)]


def test_an_empty_list_names_nobody():
    assert [kind for kind, *_ in matched(("Alpha", "1"), listed=[])] == [""]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Alpha Trading Co., Ltd.", "alpha trading"),
        ("ALPHA TRADING LIMITED", "alpha trading"),
        ("Ａｌｐｈａ　Ｔｒａｄｉｎｇ Co.Ltd.", "alpha trading"),
        ("Alpha S.A.", "alpha"),
        ("Bäcker & Söhne G.m.b.H.", "backer sohne"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Smith and Sons, Inc.", "smith sons"),
        ("AG Trading SE", "ag trading"),
        ("上海华信（集团）股份有限公司", "上海华信"),
        ("上海华信(集团)有限公司", "上海 华信"),
        ("宁波海天有限责任公司", "宁波海天"),
        ("Group Holding Ltd", "group holding ltd"),
        ("有限公司", "有限公司"),
        ("  ", ""),
    ],
)
def test_a_name_without_legal_form_width_accents_and_case(name, plain):
    assert plain.replace(" ", "") == blacklist.plain_name(name).replace(" ", "")


@given(st.text(max_size=12))
def test_a_plain_name_stays_as_it_is(name):
    once = blacklist.plain_name(name)
    assert blacklist.plain_name(once).replace(" ", "") == once.replace(" ", "") or "公司" in once


@given(st.lists(st.sampled_from(["Alpha Trading", "Alfa Trading", "Omega", "海天", ""]), min_size=1, max_size=600))
def test_many_names_are_compared_as_one_by_one(names):
    at, scores = most_alike(names, ["Alpha Trading", "海天集团"])
    alone = [most_alike([name], ["Alpha Trading", "海天集团"]) for name in names]
    assert at.tolist() == [int(found[0]) for found, _ in alone]
    assert scores.tolist() == [float(found[0]) for _, found in alone]


@pytest.mark.parametrize("nothing", ["n/a", "N.A.", "-", "无", "不详", "none", "000", "", "pending"])
def test_what_says_that_there_is_no_number_is_no_number(nothing):
    assert blacklist.plain_registration(nothing) == ""


def test_spaces_within_a_name_make_no_other_name():
    found = blacklist.match(
        text(["XIAMEN HUA XING TRADING CO LTD"]), text([""]), text(["Xiamen Huaxing Trading Co., Ltd."]), text([""]),
        most_alike, 100,
    )  # fmt: skip
    assert found.kind.tolist() == ["name"]


def test_the_exposure_that_was_avoided_is_the_credit_of_held_orders():
    """D13: what was prepaid risks nothing, and an order that a policy lets pass is not avoided."""
    credit, held = np.array([50_000_001, 777, 0, -900]), np.array([True, False, True, True])
    assert blacklist.avoided_exposure(credit, held).tolist() == [50_000_001, 0, 0, 0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_word(lang):
    kinds = {blacklist.REGISTRATION, blacklist.NAME, blacklist.NEAR_NAME}
    assert Words.of(lang).table["blacklist"].keys() == kinds
