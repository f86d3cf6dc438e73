"""Blacklist: customers that stand on a list, by registration number or by name, spelled alike or nearly.

Names are compared without legal form, punctuation, accents, width and case, in English and in Chinese:
"Alpha Trading Co., Ltd." is "ALPHA TRADING", 上海华信（集团）有限公司 is 上海华信.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.money import Minor

Text = NDArray[np.object_]
Similarity = Callable[[Sequence[str], Sequence[str]], tuple[NDArray[np.intp], NDArray[np.float64]]]
"""Names and those listed → position of the listed name most like each, and how alike they are, 0–100."""

REGISTRATION, NAME, NEAR_NAME = "registration", "name", "near_name"

_FORMS = frozenset(
    "ltd limited co company corp corporation inc incorporated llc llp lp plc gmbh mbh ag kg kgaa ohg ug ev eg se sa "
    "sarl sas sasu srl spa sl slu bv nv oy oyj ab as asa aps pty pte pvt sdn bhd kk jsc ooo doo sro zoo coltd group "
    "holding holdings".split()
)
_JOINING = frozenset("and und et y e the".split())
_CHINESE_FORMS = re.compile(r"股份有限公司|有限责任公司|有限公司|集团|股份公司|控股|公司|株式会社")
_APART = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Matches:
    """What each customer was found by."""

    kind: Text
    """REGISTRATION, NAME, NEAR_NAME, or "" where it is not on the list."""
    score: NDArray[np.float64]
    """How alike, 0–100; NaN where it is not on the list."""
    listed: NDArray[np.intp]
    """Row of the list, −1 where it is not on it."""


def plain_registration(number: str) -> str:
    """A registration number as it is compared: letters and digits alone; "" for what is none: n/a, 无, a dash, 000."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", number).upper() if letter.isalnum())
    return plain if any(letter in "123456789" for letter in plain) else ""


def plain_name(name: str) -> str:
    """A company's name as it is compared; where nothing but legal forms is left, with them."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)).casefold()
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    # "S.A." and "G.m.b.H." are one word each.
    words = _APART.sub(" ", re.sub(r"[.'’]", "", letters)).split()
    kept = [word for word in (_CHINESE_FORMS.sub("", word) for word in words) if word and word not in _JOINING]
    while kept and kept[-1] in _FORMS:
        kept.pop()
    return " ".join(kept) or " ".join(words)


def match(
    names: Text, registrations: Text, listed_names: Text, listed_registrations: Text, alike: Similarity, near: float
) -> Matches:
    """Where each customer stands on the list: by its registration number, else by its name, else by a near name.

    ``alike`` finds the listed name most like each; two names count as near from ``near`` on, 0–100.
    """
    if not len(listed_names):
        return Matches(np.full(len(names), "", dtype=object), np.full(len(names), np.nan), np.full(len(names), -1))
    listed, wanted = [*map(plain_name, listed_names)], [*map(plain_name, names)]
    numbers = [*map(plain_registration, registrations)]
    by_number = _positions(numbers, [*map(plain_registration, listed_registrations)])
    by_name = _positions([*map(_unspaced, wanted)], [*map(_unspaced, listed)])
    asked = (by_number < 0) & (by_name < 0) & np.array([*map(bool, wanted)], dtype=np.bool_)
    by_near, scores = _nearest(wanted, listed, asked, alike, near)
    found = np.where(by_number >= 0, by_number, np.where(by_name >= 0, by_name, by_near))
    kind = np.full(len(names), "", dtype=object)
    for word, rows in ((NEAR_NAME, by_near >= 0), (NAME, by_name >= 0), (REGISTRATION, by_number >= 0)):
        kind[rows] = word
    return Matches(kind, np.where(kind == NEAR_NAME, scores, np.where(found >= 0, 100.0, np.nan)), found)


def _unspaced(name: str) -> str:
    """Hua Xing is Huaxing."""
    return name.replace(" ", "")


def _positions(wanted: list[str], listed: list[str]) -> NDArray[np.intp]:
    """First row of the list that says the same, −1 where none does; what is blank is like nothing."""
    rows = {text: row for row, text in reversed([*enumerate(listed)]) if text}
    return np.array([rows.get(text, -1) for text in wanted], dtype=np.intp)


def _nearest(
    wanted: list[str], listed: list[str], asked: NDArray[np.bool_], alike: Similarity, near: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    found, alikeness = np.full(len(wanted), -1, dtype=np.intp), np.full(len(wanted), np.nan)
    rows = np.flatnonzero(asked)
    if len(rows) and any(listed):
        at, alikeness[rows] = alike([wanted[row] for row in rows], listed)
        found[rows] = np.where(alikeness[rows] >= near, at, -1)
    return found, alikeness


def avoided_exposure(credit_minor: Minor, held: NDArray[np.bool_]) -> Minor:
    """Credit that held orders of each customer on the list would have taken (D13), 0 where none waits."""
    return np.where(held & (credit_minor > 0), credit_minor, 0)
