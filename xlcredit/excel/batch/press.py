"""A press: one button pressed in one workbook, with all that what follows depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from xlcredit.excel.asofdate import as_of
from xlcredit.excel.policysheet import policy_grids, sheet_name, sheet_policy
from xlcredit.excel.workbook import Workbook
from xlcredit.kernel.errors import XlcreditError
from xlcredit.ledger.grid import Grid
from xlcredit.locales import Words
from xlcredit.policy import Policy, load
from xlcredit.policy.sources import mark, overlay

Step = Callable[[float], None]
"""Told which share of the work is done; raises Cancelled where the user has had enough."""
Ask = Callable[[str], bool]
"""Asks the user something; whether the answer is yes."""


class Cancelled(Exception):  # noqa: N818 (it is no error: the user asked for it)
    """The user stopped it; nothing has been changed."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells selected when the button was pressed: a rectangle, rows and columns counted from 0."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        """Whether a single cell is selected, as when nobody meant to select anything."""
        return self.top == self.bottom and self.left == self.right


def _on(_: float) -> None:
    """Nobody watches and nobody cancels."""


def no(_: str) -> bool:
    """Nobody is there to be asked."""
    return False


@dataclass(frozen=True)
class Press:
    """The workbook, what was selected in it, and the day, policy and words of the answer."""

    workbook: Workbook
    today: date
    active: Callable[[], Policy]
    """The policy in force, over which the workbook's Policy sheet goes."""
    words: Words = field(default_factory=lambda: Words.of("en"))
    selection: Selection | None = None
    step: Step = _on
    ask: Ask = no

    @cached_property
    def policy_grids(self) -> tuple[Grid, ...]:
        """Where the workbook's Policy sheet may be."""
        return policy_grids(self.workbook)

    @cached_property
    def policy(self) -> Policy:
        """The policy in force with the figures of the workbook's Policy sheet over it.

        Raises:
            PolicyError: either has faults.
        """
        active = self.active()
        sheet = sheet_policy(self.policy_grids)
        if not sheet:
            return active
        merged = overlay(mark(active.tree, active.name), mark(sheet, "Policy sheet"))
        return load(sheet=merged, sheet_name=sheet_name(self.policy_grids))  # type: ignore[arg-type]

    @cached_property
    def as_of(self) -> date:
        """The day on the Policy sheet, else today."""
        return as_of(None, self.policy_grids, self.today).day

    def say(self, key: str, **facts: object) -> str:
        """A sentence for the user."""
        return self.words("buttons", key).format_map(facts)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user is told."""

    text: str
    kind: str = "done"
    """"done" passes by in the status bar, "read" waits to be read, "fault" says what went wrong."""
    mark: str = ""
    """Mark of the sheet of ours that the user is led to."""
    opens: Path | None = None
    """Workbook that was made, to be opened before the user."""


def fault(error: XlcreditError, words: Words) -> Answer:
    """An error as an answer: the place, what is wrong, and what to do about it."""
    return Answer(error.in_words(words), "fault")
