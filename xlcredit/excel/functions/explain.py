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
    reason = text[error.end() :].strip()
    if not reason:
        meanings: Mapping[str, str] = words_of().table["error_cells"]
        return meanings.get(error[0], meanings["other"])
    sentence = reason.rstrip(".。")
    remedy, lang = next((known for form, *known in _forms() if form.fullmatch(reason)), ("", LANGUAGES[0]))
    return f"{sentence}。{remedy}" if lang == "zh" else f"{sentence}. {remedy}".rstrip()


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """What the message of each fault looks like, its remedy and their language.

    That of a policy, which quotes another message, comes first, then those with most words of their own.
    """
    faults = [(code, lang, fault) for lang in LANGUAGES for code, fault in Words.of(lang).table["faults"].items()]
    faults.sort(key=lambda fault: (fault[0] != "policy", -len(re.sub(r"\{\w+\}", "", fault[2]["message"]))))
    return tuple((re.compile(_form(fault["message"]), re.DOTALL), fault["remedy"], lang) for _, lang, fault in faults)


def _form(message: str) -> str:
    return "".join(".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", message))
