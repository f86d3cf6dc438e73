"""Words that tell what a row is: totals, aging buckets, page notes.

A *label* is the text that stands in a row instead of an item: "Total for Acme", "1 - 30 days past due", 小计.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GRAND = frozenset(
    "total totals grandtotal overalltotal overallresult reporttotal totalgeneral gesamtsumme gesamt endsumme "
    "totaal eindtotaal sumtotal 总计 合计 总合计 共计 累计 总额 本期合计 应收合计".split()
)
_SUB = frozenset(
    "subtotal subtotals sum sums summe zwischensumme soustotal subtotaal result customertotal accounttotal pagetotal "
    "小计 本页小计 本页合计 客户小计 客户合计".split()
)
_LOOSE = re.compile(
    r"(?:sub-?\s?|grand\s|sous-)?total(?:s|e)?\b.*|.*\b(?:sub-?)?totals?:?|(?:summe|gesamt)\b.*|\*{1,4}.*"
    r"|.*\(?(?:小计|合计|总计)\)?:?",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(
    r"(?:sub-?\s?)?total(?:s)?(?:\s+for|\s+of)?[\s:·-]+(.+)|(.+?)[\s:-]*\btotal|(.+?)\s*\(?(?:小计|合计)\)?:?",
    re.IGNORECASE | re.DOTALL,
)
_SPAN = r"(?:[0-9]+\s*(?:-|–|—|~|至|to)\s*[0-9]+|[<>≤≥]=?\s*[0-9]+|[0-9]+\s*(?:\+|above|and over|以上))"
_BUCKET = re.compile(
    rf"(?:current|not (?:yet )?due(?: on)?|older|at date|未到期|未逾期|今日到期"
    rf"|(?:已到期|逾期|未到期)?\s*\(?\s*{_SPAN}\s*"
    r"(?:days?|天|months?|个月|月)?(?:\s*(?:past due|overdue|old|逾期))?(?:以上)?\)?|[0-9] months?|< ?[0-9] months?)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:page|seite|第)\s*[0-9]+.*|(?:printed|run date|report date|as (?:of|at))\b.*"
    r"|(?:percent|% of|打印|制表|审核|占比).*",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Whether the text is a total's label and nothing else: Total, Grand total, 合 计, *."""
    if any(map(str.isdigit, text)):
        return False
    return _bare(text) in _GRAND | _SUB or bool(re.fullmatch(r"\s*\*{1,4}\s*", text))


def is_grand_total(text: str) -> bool:
    """Whether the text labels the total of everything."""
    return _bare(text) in _GRAND


@lru_cache(maxsize=4096)
def starts_or_ends_total(text: str) -> bool:
    """Whether the text could label a total: Total for Acme, Acme (小计); a name such as Total Energies could too."""
    return _LOOSE.fullmatch(_folded(text)) is not None


def total_of(text: str) -> str:
    """Whose total a label states: Total for Acme → Acme; nothing where it does not say."""
    found = _NAMED.fullmatch(_folded(text))
    return next((part.strip() for part in found.groups() if part), "") if found else ""


def is_bucket(text: str) -> bool:
    """Whether the text names an aging bucket: Current, 1 - 30 days past due, 已到期(1-30天)."""
    return _BUCKET.fullmatch(_folded(text)) is not None


@lru_cache(maxsize=4096)
def is_page_note(text: str) -> bool:
    """Whether the text says something of the page or of shares: Page 2, Printed on …, Percentage of total."""
    return _PAGE.fullmatch(_folded(text)) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("～", "~")


def _bare(text: str) -> str:
    return "".join(c for c in _folded(text).casefold() if c.isalnum())
