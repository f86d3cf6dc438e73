"""The merge list: one line per letter, for whoever sends, signs or files them; and the notices that the letters are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlcredit.control.letters.letter import Claim, Letter
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.kernel.money import decimals, to_major
from xlcredit.ledger.tables import Money


def merge_list(letters: Sequence[Letter], files: Sequence[str]) -> Listing:
    """One line per letter with its file; what is claimed stands in a column per currency, in major units."""
    fields = [
        Field("reference", "text", texts([letter.reference for letter in letters])),
        Field("customer", "text", texts([letter.customer for letter in letters])),
        Field("name", "text", texts([letter.name for letter in letters])),
        Field("address", "text", texts([letter.address for letter in letters])),
        Field("email", "text", texts([letter.email for letter in letters])),
        Field("letter", "text", texts([letter.letter for letter in letters]), "letters"),
        Field("stage", "integer", np.array([letter.stage for letter in letters], dtype=np.float64)),
        Field("action", "text", texts([letter.action for letter in letters]), "actions"),
        Field("channel", "text", texts([letter.channel for letter in letters]), "channels"),
        Field("language", "text", texts([letter.language for letter in letters]), "languages"),
        Field("letter_date", "date", np.array([letter.day for letter in letters], dtype="datetime64[D]")),
        Field("reply_by", "date", np.array([letter.reply_by for letter in letters], dtype="datetime64[D]")),
        Field("items", "integer", np.array([len(letter.items) for letter in letters], dtype=np.float64)),
    ]
    fields += [Field(code, "amount", _claimed(letters, code)) for code in currencies(letters)]
    fields.append(Field("doubts", "text", texts([letter.doubts for letter in letters]), "letter_doubts"))
    fields.append(Field("file", "text", texts(list(files))))
    return Listing("letters", tuple(fields))


def notice_list(letters: Sequence[Letter]) -> Listing:
    """One line per item of a letter, as the sheet Dunning of a ledger says that it was dunned."""
    told = [(letter, item) for letter in letters for item in letter.items]
    return Listing(
        "notices",
        (
            Field("customer", "text", texts([letter.customer for letter, _ in told])),
            Field("document", "text", texts([item.document for _, item in told])),
            Field("letter_date", "date", np.array([letter.day for letter, _ in told], dtype="datetime64[D]")),
            Field("stage", "integer", np.array([letter.stage for letter, _ in told], dtype=np.float64)),
            Field("channel", "text", texts([letter.channel for letter, _ in told]), "channels"),
        ),
    )


def currencies(letters: Sequence[Letter]) -> list[str]:
    """Currencies that something is claimed in."""
    return sorted({code for letter in letters for code in letter.claims})


def _claimed(letters: Sequence[Letter], code: str) -> Money:
    minor = [letter.claims.get(code, Claim()).total for letter in letters]
    claimed = to_major(minor, decimals(code))
    return np.where(np.array(minor) == 0, np.nan, claimed)
