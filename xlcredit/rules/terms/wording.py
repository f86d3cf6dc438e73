"""Payment terms as people write them: "net 30", "2/10 net 30", "EOM + 45", "45 days EOM", 月结30天, 货到付款.

Terms that count from the arrival of the goods or of the invoice (货到30天, 票到60天, "30 days from receipt") count from
the date of the document: it is the day a ledger has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Days, Terms

# Patterns stay texts until they are used: to compile them all would be a tenth of the time that importing us takes.
_N: Final = r"(\d{1,3})"
_D: Final = r"([1-9]|[12]\d|3[01])\s*(?:st|nd|rd|th|er|\.)?"
"""A day of the month."""
_DAYS: Final = r"(?:days?|d|tagen?|jours?|j|dagen|天|日)"
_EOM: Final = (
    r"(?:eom|(?:the )?end of (?:the )?month|month[- ]?end|fin (?:de|du) mois|fdm|(?:zum )?monatsende|"
    r"(?:zum )?ende des monats)"
)
_NEXT: Final = r"(?:of )?(?:the )?(?:next|following) month"
_NEXT_ZH: Final = r"(?:月结\s*,?\s*)?(?:次|下个?)月"
_PAID_ZH: Final = r"(?:以?内)?(?:之?前)?(?:付款|付清|支付|结清|结算|到期|账期|信用期)?"

_OPENING: Final = (
    r"(?:(?:payment|terms|payable|due|t/?t|l/c|d/[ap]|zahlbar|zahlung|paiement|"
    r"付款期限|账期|信用期|电汇|转账)\s*:?\s*)+"
)
_SINCE: Final = (
    r"\s*(?:(?:from|after|of|ab|nach|après|à compter de)\s+(?:the\s+)?"
    r"(?:(?:date\s+of\s+)?(?:the\s+)?(?:invoice|delivery|shipment|b/l|sight)(?:\s+date)?|"
    r"receipt(?:\s+of\s+(?:the\s+)?(?:invoice|goods))?|"
    r"rechnungs(?:datum|stellung|erhalt|eingang)|rechnung|erhalt der rechnung|lieferung|"
    r"réception(?: de (?:la )?facture)?)|"
    r"(?:date de |de )?facture|invoice date|date of invoice|b/l(?: date)?|sight|rog)"
)
_SINCE_ZH: Final = (
    r"(?:自?(?:收到|开具|开|见|收)?(?:增值税)?(?:发票|票)|到货|收货|货|验收(?:合格)?|交货|发货|出货|提单)"
    r"(?:日期?|之日|到)?(?:之?后|起)?\s*(?=\d)"
)
"""What the days count from; all of these stand for the document's date."""

_REBATE: Final = r"(?:\s*(?:discount|skonto|escompte|折扣|优惠))?"
_WITHIN: Final = r"(?:if paid within|bei zahlung innerhalb(?: von)?|innerhalb(?: von)?|within|in|bis)?"
_RATE: Final = r"(?P<rate>\d{1,2}(?:[.,]\d+)?)"
_EARLY: Final = r"(?P<days>\d{1,3})"
_DAYS_FIRST: Final = (
    rf"{_EARLY}\s*{_DAYS}(?:内)?(?:付款)?\s*,?\s*(?:less|minus|abzüglich|mit|可?享|优惠|折扣)?\s*"
    rf"{_RATE}\s*%{_REBATE}\s*[,;]?\s*"
)
_RATE_FIRST: Final = (
    rf"{_RATE}\s*(?:%?\s*/|,?\s*within\s|%{_REBATE}\s*,?\s*{_WITHIN})\s*{_EARLY}\s*{_DAYS}?{_REBATE}\s*[,;]?\s*"
)
_RATE_LAST: Final = rf"[\s,;(]+{_RATE_FIRST}\)?"

_AT_ONCE: Final = (
    r"cod|cia|cbd|cwo|pia|cash(?: on delivery| in advance| before delivery| with order)?|net cash|netto kasse|"
    r"pre-?pa(?:id|yment)|pro-?forma|(?:(?:100\s*%|payment|t/?t)\s*)?(?:in )?advance(?: payment)?|"
    r"(?:net )?(?:up)?on (?:receipt|delivery|presentation)(?: of (?:the )?(?:invoice|goods))?|"
    r"immediate(?:ly)?(?: payment)?|(?:at )?sight|"
    r"sofort(?: fällig)?(?: zahlbar)?(?: rein)?(?: netto)?(?: ohne abzug)?|vor(?:aus)?kasse|nachnahme|barzahlung|"
    r"(?:au )?comptant|à (?:la )?réception(?: de (?:la )?facture)?|immédiat|à la commande|"
    r"货到(?:付款|即付)|(?:见票|票到)(?:付款|即付)|现[金款结付]|现款现货|(?:全额)?预付款?|款到发货|先款后货|即期(?:付款)?|立即付款"
)
_MONTH_END_FIRST: Final = (
    rf"(?:net\s*)?{_EOM}(?:\s*(?:\+|plus)?\s*{_N}\s*{_DAYS}?)?|(?:当月|本月|月)[底末]{_PAID_ZH}|"
    rf"月结(?:\s*{_N}\s*{_DAYS}?)?{_PAID_ZH}|(?:net\s*)?{_N}\s*{_DAYS}?\s*(?:from|after|past|nach|ab|après)\s*{_EOM}"
)
_MONTH_END_LAST: Final = rf"(?:net\s*)?{_N}\s*{_DAYS}?\s*(?:net(?:to|s)?)?\s*[,+-]?\s*{_EOM}"
_NEXT_MONTH_END: Final = (
    rf"(?:the )?end {_NEXT}|{_EOM} {_NEXT}|{_EOM} following|ende (?:des )?(?:folgemonats|nächsten monats)|"
    rf"fin (?:du )?mois (?:suivant|prochain)|{_NEXT_ZH}[底末]{_PAID_ZH}"
)
_DAY_OF_NEXT: Final = (
    rf"(?:net\s*)?(?:on |by )?(?:the )?{_D}\s*(?:prox(?:imo)?|mfi|(?:day )?{_NEXT}|of (?:the )?month following)|"
    rf"prox(?:imo)?\.?\s*(?:the )?{_D}|(?:bis )?(?:zum )?{_D}\s*(?:des )?(?:folgemonats?|nächsten monats)|"
    rf"(?:le )?{_D}\s*(?:du )?mois suivant|{_NEXT_ZH}\s*{_D}\s*[日号]{_PAID_ZH}|{_EOM}\s*,?\s*(?:the|le|am) {_D}"
)
_DAYS_AND_DAY_OF_NEXT: Final = rf"(?:net\s*)?{_N}\s*{_DAYS}?\s*,?\s*{_EOM}\s*,?\s*(?:on )?(?:the|le|am) {_D}"
_MONTHS_TO_END: Final = rf"{_EOM}\s*\+?\s*(\d{{1,2}})\s*(?:months?|m)|(\d{{1,2}})\s*(?:months?|mois),?\s*{_EOM}"
_MONTHS: Final = rf"(?:net\s*|within\s*)?(\d{{1,2}})\s*(?:months?|monaten?|monate?|mois|个月|月){_PAID_ZH}"
_WEEKS: Final = rf"(?:net\s*|within\s*)?(\d{{1,2}})\s*(?:weeks?|wochen?|semaines?|周){_PAID_ZH}"
# A bare 0001 is the key of terms kept in the ERP, and a number of four digits is no number of days.
_NET_DAYS: Final = (
    rf"(?:net(?:to)?[-:]?|within|in|innerhalb(?: von)?|à|n/?)?\s*(?!0\d){_N}\s*{_DAYS}?"
    rf"(?:\s*(?:rein )?net(?:to|s)?)?(?:\s*ohne abzug)?\s*{_PAID_ZH}"
)

_NUMERAL: Final = "([一二三四五六七八九])?十([一二三四五六七八九])?|[一二两三四五六七八九]"
_READINGS: Final[tuple[tuple[str, Callable[..., Terms]], ...]] = (
    (_AT_ONCE, Terms),
    (_MONTH_END_FIRST, lambda days=0: Terms(days=days, month_end="before")),
    (_MONTH_END_LAST, lambda days: Terms(days=days, month_end="after")),
    (_MONTHS_TO_END, lambda months: Terms(months=months, month_end="before")),
    (_NEXT_MONTH_END, lambda: Terms(months=1, month_end="before")),
    (_DAY_OF_NEXT, lambda day: Terms(day=day)),
    (_DAYS_AND_DAY_OF_NEXT, lambda days, day: Terms(days=days, day=day)),
    (_MONTHS, lambda months: Terms(months=months)),
    (_WEEKS, lambda weeks: Terms(days=7 * weeks)),
    (_NET_DAYS, lambda days: Terms(days=days)),
)
"""Wordings in the order they are tried, and what the numbers in each count."""


def parse(text: str) -> Terms | None:
    """Terms that a text states, None where it states none that are known.

    "EOM + 45" and 月结45天 run from the end of the invoice's month; "45 EOM" ends at the month reached. Of several
    discounts the first counts. "2/10 EOM" is not read: its 10 days run from the month's end, and it names no due date;
    nor is a discount that outlasts the net days.
    """
    spaced = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".。;,")
    wording = re.sub(_NUMERAL, _in_digits, spaced)
    return next(filter(None, (_discounted(wording, found) for found in _discounts(wording))), None) or _net(wording)


def _in_digits(numeral: re.Match[str]) -> str:
    """三十 as 30, 两 as 2."""
    if "十" not in numeral[0]:
        return str("一二三四五六七八九".find(numeral[0].replace("两", "二")) + 1)
    tens, ones = ("一二三四五六七八九".find(group or "") + 1 for group in numeral.groups())
    return str(10 * (tens if numeral[1] else 1) + (ones if numeral[2] else 0))


def _discounts(wording: str) -> list[re.Match[str]]:
    found = (re.match(_DAYS_FIRST, wording), re.match(_RATE_FIRST, wording), _at_end(wording))
    return [match for match in found if match]


def _at_end(wording: str) -> re.Match[str] | None:
    return next((match for match in re.finditer(_RATE_LAST, wording) if match.end() == len(wording)), None)


def _discounted(wording: str, discount: re.Match[str]) -> Terms | None:
    rest = wording[: discount.start()] + wording[discount.end() :]
    while further := re.match(_DAYS_FIRST, rest) or re.match(_RATE_FIRST, rest):
        rest = rest[further.end() :]
    terms = None if re.fullmatch(_EOM, rest) else _net(rest.strip())
    days = int(discount["days"])
    if terms is None or (terms == Terms(days=terms.days) and days > terms.days):
        return None
    return replace(terms, discount=float(discount["rate"].replace(",", ".")) / 100, discount_days=days)


def _net(wording: str) -> Terms | None:
    """Terms without a discount, said with or without what they are and what they count from."""
    opened = re.sub(_OPENING, "", wording, count=1) if re.match(_OPENING, wording) else wording
    plain = re.sub(_SINCE_ZH, "", opened, count=1) if re.match(_SINCE_ZH, opened) else opened
    since = next((match for match in re.finditer(_SINCE, plain) if match.end() == len(plain)), None)
    tried = (wording, opened, plain, plain[: since.start()] if since else plain)
    return next((terms for each in tried if (terms := _plainly(each))), None)


def _plainly(wording: str) -> Terms | None:
    for pattern, terms in _READINGS:
        if match := re.fullmatch(pattern, wording):
            return terms(*(int(number) for number in match.groups() if number))
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
