"""Text cells: numbers of customers and documents, names, words of status, flags.

A number cell that stands for a name loses its ".0"; leading zeros of a text stay.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from xlcredit.ledger.tables import Text

NO = frozenset(
    [
        "",
        *"no n not none never false f 0 00 nein non nee na - -- notdisputed notblocked open active".split(),
        *"否 无 不是 未冻结 正常 未争议".split(),
    ]
)
"""Words of a no, as ``_word`` leaves them."""
YES = frozenset("yes y true t 1 x ja oui si 是 对 真 有 √ ✓ ✔".split())
"""Words of a yes, as ``_word`` leaves them."""
DASHES = "-—– "
"""What says nothing where it stands alone."""
_CLOSED = frozenset(
    "closed close paid fullypaid paidinfull cleared settled reconciled complete completed applied "
    "ausgeglichen bezahlt solde lettre 已清 已清账 已清帐 已结清 已核销 全部核销 完全核销 "
    " 已付 已付清 已付款 已收 已收款 已收清 已回款 已关闭 已结算".split()
)
_PLAIN_NO = frozenset("no n false f 0 否".split())
_CANCELLED = frozenset(
    "void voided cancelled canceled deleted reversed storniert annule 作废 已作废 已取消 已冲销 已红冲".split()
)


def texts(cells: Sequence[object]) -> Text:
    """Each cell as trimmed text; blank is empty."""
    column = np.empty(len(cells), dtype=object)
    try:
        column[:] = list(map(str.strip, cells))  # type: ignore[arg-type]
    except TypeError:  # not all of them are texts
        column[:] = [as_text(cell) for cell in cells]
    return column


def keys(cells: Sequence[object]) -> Text:
    """Each cell as text that joins: trimmed, and every run of spaces one space."""
    column = texts(cells)
    spaced = {text: " ".join(text.split()) for text in set(column.tolist())}
    if any(text != key for text, key in spaced.items()):
        column[:] = [spaced[text] for text in column.tolist()]
    return column


def as_text(cell: object) -> str:
    """One cell as trimmed text: 1001.0 → 1001."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def flags(cells: Sequence[object]) -> NDArray[np.bool_]:
    """Whether each cell says yes; any text but a no is one, such as the reason of a dispute."""
    said = texts(cells).tolist()
    says = {text: _word(text) not in NO for text in set(said)}
    return np.array([says[text] for text in said], dtype=np.bool_)


def is_yes_or_no(cells: Sequence[object]) -> NDArray[np.bool_]:
    """Whether each cell is a yes or a no in so many words; a blank is a no."""
    return _among(cells, YES | NO)


def closed(cells: Sequence[object], heading: str) -> NDArray[np.bool_]:
    """Whether each status says that nothing is open any more; under the heading Open, a no says so."""
    asks_open = heading.casefold().replace(" ", "").replace("_", "") in ("open", "isopen")
    return _among(cells, (_CLOSED | _CANCELLED | _PLAIN_NO) if asks_open else (_CLOSED | _CANCELLED))


def cancelled(cells: Sequence[object]) -> NDArray[np.bool_]:
    """Whether each status says that the document was cancelled."""
    return _among(cells, _CANCELLED)


def _among(cells: Sequence[object], words: frozenset[str]) -> NDArray[np.bool_]:
    column = texts(cells)
    says = {text: _word(text) in words for text in set(column.tolist())}
    return np.array([says[text] for text in column], dtype=np.bool_)


def _word(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return "".join(c for c in plain if c.isalnum()) or ("" if not text.strip(DASHES) else text)
