"""The sender: what a policy has to say of it before a letter is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlcredit.control.letters.letter import Letter
from xlcredit.control.letters.mergelist import currencies
from xlcredit.kernel.errors import PolicyError
from xlcredit.rules.letters import ANY, LAWYER, LetterRule


def check_sender(rule: LetterRule, letters: Sequence[Letter]) -> None:
    """Refuses to write letters that would not say who asks, whom to answer, or where to pay.

    Raises:
        PolicyError: "letters-not-filled", naming every key that is blank.
    """
    blank = list(dict.fromkeys(_blank(rule, letters)))
    if blank:
        raise PolicyError("letters-not-filled", keys=", ".join(f"letters.{key}" for key in blank), first=blank[0])


def _blank(rule: LetterRule, letters: Sequence[Letter]) -> Iterator[str]:
    signed = any(letter.letter != LAWYER for letter in letters)
    asked = ("sender", "address", "contact", *(["signature"] if signed else []))
    yield from (key for key in asked if not getattr(rule, key))
    if any(letter.letter == LAWYER for letter in letters) and not rule.lawyer:
        yield "lawyer"
    codes = currencies(letters)
    without = [code for code in codes if not rule.account(code)]
    yield from [f"accounts.{code}" for code in without] if without != codes else [f"accounts.{ANY}"]
