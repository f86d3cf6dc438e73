"""Payment terms as people write them: "net 30", "2/10 net 30", "EOM + 45", "45 days EOM", 月结30天, 货到付款."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days, Terms

_DISCOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%?\s*(?:/|,?\s*within\s)|%\s*,?)\s*(\d{1,3})\s*(?:days?|d)?\s*,?\s*")
_AT_ONCE = re.compile(
    r"cod|cash|cia|prepa(?:id|yment)|advance|(?:due|payable)?\s*(?:up)?on receipt|immediate(?:ly)?|"
    r"货到付款|现金|现结|预付|款到发货|即期|立即付款|sofort|comptant"
)
_EOM = r"(?:eom|end of month|fin de mois)"
_MONTH_END_FIRST = re.compile(rf"{_EOM}(?:\s*\+?\s*(\d{{1,3}}))?|月结(?:\s*(\d{{1,3}})\s*(?:天|日)?)?")
_MONTH_END_LAST = re.compile(rf"(?:net\s*)?(\d{{1,3}})\s*(?:days?|d|tage|jours)?\s*(?:,|\+|-)?\s*{_EOM}")
_NEXT_MONTH_END = re.compile(r"end of (?:the )?(?:next|following) month|(?:次|下)月(?:底|末)(?:付款)?")
_MONTHS_TO_END = re.compile(rf"{_EOM}\s*\+?\s*(\d{{1,2}})\s*months?|(\d{{1,2}})\s*months?\s*,?\s*{_EOM}")
_MONTHS = re.compile(r"(?:net\s*)?(\d{1,2})\s*(?:months?|个月|月)")
# A bare 0001 is the key of terms kept in the ERP, and a number of four digits is no number of days.
_DAYS = re.compile(
    r"(?:net|within|n/?)?\s*(?!0\d)(\d{1,3})\s*(?:days?|d|tage|jours|天|日)?(?:\s*net(?:to)?)?(?:\s*内)?(?:付款)?"
)

_READINGS: tuple[tuple[re.Pattern[str], Callable[[int], Terms]], ...] = (
    (_AT_ONCE, lambda _: Terms()),
    (_MONTH_END_FIRST, lambda days: Terms(days=days, month_end="before")),
    (_MONTH_END_LAST, lambda days: Terms(days=days, month_end="after")),
    (_MONTHS_TO_END, lambda months: Terms(months=months, month_end="before")),
    (_NEXT_MONTH_END, lambda _: Terms(months=1, month_end="before")),
    (_MONTHS, lambda months: Terms(months=months)),
    (_DAYS, lambda days: Terms(days=days)),
)
"""Wordings in the order they are tried, and what the number in each counts."""


def parse(text: str) -> Terms | None:
    """Terms that a text states, None where it states none that are known.

    "EOM + 45" and 月结45天 run from the end of the invoice's month; "45 EOM" ends at the month reached.
    """
    wording = unicodedata.normalize("NFKC", text).casefold().strip().rstrip(".")
    discount = _DISCOUNT.match(wording)
    rest = wording[discount.end() :] if discount else wording
    terms = _net(rest.strip())
    if terms is None or not discount:
        return terms
    return Terms(terms.days, terms.months, terms.month_end, float(discount[1]) / 100, int(discount[2]))


def _net(wording: str) -> Terms | None:
    for pattern, terms in _READINGS:
        if match := pattern.fullmatch(wording):
            return terms(int(next(filter(None, match.groups()), 0)))
    return None


def due_dates(documents: Days, texts: NDArray[np.object_]) -> tuple[Days, NDArray[np.bool_]]:
    """Due date of each document under its terms, and where the text states none that are known.

    NaT where the document has no date, no terms, or terms that are not known.
    """
    due = np.full(len(documents), np.datetime64("NaT", "D"))
    unknown = np.zeros(len(documents), dtype=np.bool_)
    for text in {str(text) for text in texts if text}:
        rows = np.asarray(texts == text)
        terms = parse(text)
        if terms is None:
            unknown |= rows
        else:
            due[rows] = terms.due(documents[rows])
    return due, unknown
