"""The policy in force, and what the text of an error means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from xlcredit.excel.cells import ERROR, Cell, Given, Table, rows_of
from xlcredit.excel.functions.rows import Rows, attempt, said, words_of
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import fingerprint


def credit_policy(policy: Given = None) -> Table:
    """Name, version and fingerprint of a policy, of the active one where none is given."""
    rows = Rows({}, policy)
    found = attempt(lambda: rows.policy, rows)
    return [[said(found)]] if isinstance(found, str) else [[found.name, found.version, fingerprint(found)]]


def credit_explain(cell_value: Given) -> Table:
    """What each error means and what to do about it, "" for what is no error."""
    return [[_explained(cell) for cell in row] or [""] for row in rows_of(cell_value)]


def _explained(cell: object) -> Cell:
    text = cell.strip() if isinstance(cell, str) else ""
    error = ERROR.match(text)
    if error is None:
        return ""
    reason, words = text[error.end() :].strip(), words_of()
    if not reason:
        meanings: Mapping[str, str] = words.table["error_cells"]
        return meanings.get(error[0], meanings["other"])
    remedy = next((words.fault(code, "remedy", {}) for code, form in _forms() if form.fullmatch(reason)), "")
    return f"{reason.rstrip('.。')}. {remedy}".strip() if reason.isascii() else f"{reason.rstrip('。')}。{remedy}"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What the message of each fault looks like, in each language; those with most words of their own first."""
    messages = [
        (code, str(fault["message"])) for lang in LANGUAGES for code, fault in Words.of(lang).table["faults"].items()
    ]
    longest = sorted(messages, key=lambda said: -len(re.sub(r"\{\w+\}", "", said[1])))
    return tuple((code, re.compile(_form(message), re.DOTALL)) for code, message in longest)


def _form(message: str) -> str:
    return "".join(".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", message))
