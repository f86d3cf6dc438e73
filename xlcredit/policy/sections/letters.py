"""Letters: who writes, where to pay, which letter goes with which action, and what each claims."""

from __future__ import annotations

from typing import Final

from xlcredit.kernel.money import CURRENCIES
from xlcredit.locales import LANGUAGES
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.exposure import YES
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import SPAN, Open, Table, Text
from xlcredit.rules.letters import ANY, CUSTOMER, LetterKind, LetterRule

KEY: Final = "letters"
_TO_FILL: Final = Text(empty=True)
_KIND: Final = Table({"reply_days": SPAN, "interest": Text(choices=(YES, "no"))})


def check_letters(tree: Tree, check: Check) -> None:
    """Actions have letters that are there, and accounts are those of currencies."""
    kinds = at(tree, KEY, "kinds") or {}
    for action, letter in (at(tree, KEY, "actions") or {}).items():
        check_choice(letter, kinds, (KEY, "actions", action), check)
    for currency in at(tree, KEY, "accounts") or {}:
        check_choice(currency, (ANY, *CURRENCIES), (KEY, "accounts", currency), check)


SECTION: Final = Section(
    KEY,
    Table(
        {
            "sender": _TO_FILL,
            "address": _TO_FILL,
            "contact": _TO_FILL,
            "signature": _TO_FILL,
            "lawyer": _TO_FILL,
            "lawyer_contact": _TO_FILL,
            "language": Text(choices=(CUSTOMER, *LANGUAGES)),
            "accounts": Open(_TO_FILL),
            "actions": Open(Text()),
            "kinds": Open(_KIND),
        }
    ),
    (check_letters,),
)


def rule(tree: Tree) -> LetterRule:
    """What a checked tree says of letters."""
    table = tree[KEY]
    kinds = {
        name: LetterKind(reply_days=kind["reply_days"], interest=kind["interest"] == YES)
        for name, kind in table["kinds"].items()
    }
    return LetterRule(**{**table, "kinds": kinds})
