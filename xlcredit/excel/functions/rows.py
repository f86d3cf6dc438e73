"""Rows: a call's arguments as columns of equal length, and its result as cells.

What is wrong with a row is its own result; what is wrong with the whole call is every row's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import (
    ERROR,
    Broken,
    Cell,
    Fault,
    Given,
    Table,
    amounts,
    as_table,
    days,
    decisions,
    flags,
    is_omitted,
    numbers,
    plain,
    rows_of,
    shown,
    texts,
)
from xlcredit.excel.configuration import active_policy, configuration, named_policy
from xlcredit.kernel.errors import XlcreditError
from xlcredit.kernel.money import decimals
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import Policy, load
from xlcredit.policy.sheetreading import from_rows

Column = NDArray[Any]
Columns = tuple[Column, ...]
Result = TypeVar("Result")

NOT_AVAILABLE = frozenset({"too-short", "no-sales", "history-ends", "nothing-collectable"})
"""Faults of a row for which there is no result, though nothing of it is wrong by itself."""


class Refused(Exception):  # noqa: N818 (it never leaves the package)
    """A fault of the whole call: a code of ``faults`` with its facts, or the error cell it was given."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Rows:
    """The arguments of one call: those with a cell for each row, the policy, and the language of its words."""

    def __init__(self, arguments: Mapping[str, Given], policy: Given = None, lang: Given = None) -> None:
        self.tables = {name: rows_of(given) for name, given in arguments.items()}
        self.n = max(map(len, self.tables.values()), default=1)
        self.faults: dict[int, str] = {}
        self._policy, self._lang = policy, lang

    @cached_property
    def policy(self) -> Policy:
        """The policy that is named, or that stands in the range, or that is active."""
        return policy_of(self._policy)

    @cached_property
    def words(self) -> Words:
        """Words in the language of the call, or in the configured one."""
        if is_omitted(self._lang):
            return Words.of(configuration().lang)
        lang = _single(self._lang)
        if lang.casefold() not in LANGUAGES:
            raise Refused("unknown-language", value=lang, known=", ".join(LANGUAGES))
        return Words.of(lang.casefold())

    @property
    def places(self) -> int:
        """Decimals of the policy's currency, 2 where it names none."""
        return decimals(self.policy.currency)

    def given(self, name: str) -> bool:
        """Whether an argument says anything at all."""
        return not is_omitted(self.tables[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers, NaN where blank or broken."""
        return self._column(name, numbers, np.nan)

    def amounts(self, name: str) -> NDArray[np.float64]:
        """A column of money that the policy's currency can tell to its last decimal."""
        places = max(self.places, 2)
        return self._column(name, lambda cells: numbers(cells, places), np.nan)

    def sums(self, name: str) -> NDArray[np.float64]:
        """A column of money in which a share is no amount: 5% would be taken for five cents."""
        places = max(self.places, 2)
        return self._column(name, lambda cells: amounts(cells, places), np.nan)

    def unsigned(self, name: str) -> NDArray[np.float64]:
        """A column of money that cannot be negative."""
        amounts = self.sums(name)
        for row in np.flatnonzero(amounts < 0):
            self.note(int(row), "negative", argument=name, value=f"{amounts[row]:.15g}")
        return np.fmax(amounts, np.where(np.isnan(amounts), np.nan, 0.0))

    def scores(self, name: str) -> NDArray[np.float64]:
        """A column of scores from 0 to 100."""
        scores = self.numbers(name)
        for row in np.flatnonzero((scores < 0) | (scores > 100)):
            self.note(int(row), "no-score", argument=name, value=f"{scores[row]:g}")
        return scores

    def shares(self, name: str) -> NDArray[np.float64]:
        """A column of shares from 0 to 1."""
        shares = self.numbers(name)
        for row in np.flatnonzero((shares < 0) | (shares > 1)):
            self.note(int(row), "no-share", argument=name, value=f"{shares[row]:.15g}")
        return np.clip(shares, 0.0, 1.0)

    def days(self, name: str) -> NDArray[np.datetime64]:
        """A column of dates, NaT where blank or broken."""
        return self._column(name, days, np.datetime64("NaT", "D"))

    def needed_days(self, name: str, where: NDArray[np.bool_] | None = None) -> NDArray[np.datetime64]:
        """A column of dates without which a row, or one of those ``where`` says, has no result."""
        column = self.days(name)
        blank = np.isnat(column) if where is None else np.isnat(column) & where
        for row in np.flatnonzero(blank):
            self.note(int(row), "blank", argument=name)
        return column

    def flags(self, name: str) -> NDArray[np.bool_]:
        """A column of yes and no."""
        return self._column(name, flags, np.False_)

    def decisions(self, name: str) -> NDArray[np.bool_]:
        """A column of yes and no in so many words."""
        return self._column(name, decisions, np.False_)

    def texts(self, name: str) -> NDArray[np.object_]:
        """A column of texts."""
        return self._column(name, texts, "")

    def _column(self, name: str, read: Callable[[list[Any]], tuple[Column, Broken]], nothing: object) -> Column:
        table = self.tables[name]
        if (width := max(map(len, table))) > 1:
            raise Refused("too-wide", argument=name, columns=width)
        column, broken = read([row[0] if row else None for row in table])
        self.note_all({row: self.in_words(fault, name) for row, fault in broken.items()}, alone=len(column) == 1)
        if len(column) == 1:
            return np.repeat(column, self.n)
        for row in range(len(column), self.n):
            self.note(row, "too-short", argument=name, rows=len(column), needed=self.n)
        return np.concatenate([column, np.full(self.n - len(column), nothing, dtype=column.dtype)])

    def in_words(self, fault: Fault, argument: str) -> str:
        """A cell's fault as the text of an error: the error it holds itself, or what is wrong with its value."""
        if not fault.code:
            return fault.value
        return f"#VALUE! {self.words.fault(fault.code, 'message', {'argument': argument, 'value': fault.value})}"

    def note(self, row: int, code: str, **facts: object) -> None:
        """Notes what is wrong with a row; what was noted first stays."""
        error = "#N/A" if code in NOT_AVAILABLE else "#VALUE!"
        self.faults.setdefault(row, f"{error} {self.words.fault(code, 'message', facts)}")

    def note_all(self, faults: Mapping[int, str], *, alone: bool = False) -> None:
        """Notes what is wrong with some rows; with a single cell it is wrong for all of them."""
        noted = dict.fromkeys(range(self.n), faults[0]) if alone and faults else faults
        for row, text in noted.items():
            self.faults.setdefault(row, text)

    def spilled(self, columns: Columns) -> Table:
        """The columns of a result as rows of cells, with the faults of the rows that have one."""
        table = as_table(columns)
        for row, text in self.faults.items():
            table[row] = [said(text)] * len(columns)
        return table


def by_row(work: Callable[[Rows], Column | Columns], rows: Rows) -> Table:
    """What the work gives for each row; a fault of the whole call stands in all of them."""
    found = attempt(lambda: work(rows), rows)
    if isinstance(found, str):
        return [[said(found)] for _ in range(rows.n)]
    return rows.spilled(found if isinstance(found, tuple) else (found,))


def over_all(work: Callable[[Rows], float], rows: Rows) -> Table:
    """One number over all rows, or the first fault of any of them."""
    found = attempt(lambda: work(rows), rows)
    if isinstance(found, str):
        return [[said(found)]]
    if rows.faults:
        return [[said(rows.faults[min(rows.faults)])]]
    return [plain(np.array([found]))]


def attempt(work: Callable[[], Result], rows: Rows) -> Result | str:
    """What the work gives, or the text of the error that keeps the whole call from giving anything."""
    try:
        return work()
    except Refused as refused:
        return _in_words(refused, words_of(rows))
    except XlcreditError as error:
        words = words_of(rows)
        return f"#VALUE! {words.fault('policy', 'message', {'value': ' '.join(error.in_words(words).split())})}"
    except OverflowError:
        return f"#VALUE! {words_of(rows).fault('sum-too-large', 'message', {})}"


def _in_words(refused: Refused, words: Words) -> str:
    if "error" in refused.facts:
        return str(refused.facts["error"])
    return f"#VALUE! {words.fault(refused.code, 'message', refused.facts)}"


def words_of(rows: Rows | None = None) -> Words:
    """The call's words; the configured ones where it asks for a language there is not; else English."""
    try:
        return rows.words if rows else Words.of(configuration().lang)
    except Refused:
        return words_of()
    except XlcreditError:
        return Words.of(LANGUAGES[0])


def said(text: str) -> Cell:
    """The text of an error as this machine is to show it: with its reason, or bare."""
    try:
        bare = configuration().errors == "plain"
    except XlcreditError:
        bare = False
    return ERROR.match(text)[0] if bare and ERROR.match(text) else text  # type: ignore[index]  # just matched


def policy_of(given: Given) -> Policy:
    """The policy that an argument names, that its range holds, or the active one where it is omitted."""
    if is_omitted(given):
        return active_policy()
    rows = rows_of(given)
    if len(rows) == len(rows[0]) == 1:
        return named_policy(_single(given))
    return _policy_in(tuple(map(tuple, rows)), tuple(tuple(map(type, row)) for row in rows))


@lru_cache(maxsize=16)
def _policy_in(rows: tuple[tuple[Any, ...], ...], _types: tuple[tuple[type, ...], ...]) -> Policy:
    """The policy a range holds; a thousand cells that read the same table decode it once.

    The cells' types belong to what it is remembered by: to Python TRUE is the same as 1, to a policy it is not.
    """
    return load(sheet=from_rows(rows, "policy"))


def _single(given: Given) -> str:
    rows: Sequence[Sequence[object]] = rows_of(given)
    cell = rows[0][0]
    refuse_error(cell)
    return shown(cell)


def refuse_error(cell: object) -> None:
    """Raises Refused for an error cell that the whole call depends on: the call's result is that very error."""
    if isinstance(cell, str) and ERROR.match(cell.strip()):
        raise Refused("", error=cell.strip())
