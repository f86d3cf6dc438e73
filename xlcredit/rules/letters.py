"""Letters: which letter goes with a step of dunning, until when it asks for an answer, and whether it claims interest.

A *letter* is named by what it is: a reminder, a demand, a lawyer's letter, or a name that a policy made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LAWYER: Final = "lawyer"
"""The letter that a law firm signs."""
ANY: Final = "any"
"""Stands for every currency that has no account of its own."""
CUSTOMER: Final = "customer"
"""The language of letters is the customer's."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """What all letters of a name have in common."""

    reply_days: int = 10
    """Days after its date by which a letter asks for payment or an answer."""
    interest: bool = False
    """Whether it claims interest where the level of the procedure names no regime of its own."""


@dataclass(frozen=True, slots=True)
class LetterRule:
    """What a policy says of letters."""

    sender: str
    address: str
    contact: str
    signature: str
    lawyer: str
    lawyer_contact: str
    language: str
    """CUSTOMER, or the one language of all letters."""
    accounts: Mapping[str, str]
    """Currency, or ANY → bank account to pay to."""
    actions: Mapping[str, str]
    """Action → letter that goes with it; an action not named has none."""
    kinds: Mapping[str, LetterKind]

    def letter(self, action: str, own: str) -> str:
        """The letter of a level: its own, else the one of its action, "" for none."""
        return own or self.actions.get(action, "")

    def kind(self, letter: str) -> LetterKind:
        """What holds for a letter; one that only a procedure names is as usual."""
        return self.kinds.get(letter, LetterKind())

    def account(self, currency: str) -> str:
        """Where to pay in a currency, "" where nothing is said."""
        return self.accounts.get(currency) or self.accounts.get(ANY, "")

    def reply_by(self, letter: str, day: date) -> date:
        """Day by which a letter of this date asks for payment or an answer."""
        return day + timedelta(days=self.kind(letter).reply_days)
