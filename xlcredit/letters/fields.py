"""Merge fields: what a letter says, as the texts a Word template asks for by name.

Every field is a text: nothing that comes from data is taken for a field, a number format or markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from xlcredit.control.letters import Claim, Letter, LetterItem
from xlcredit.kernel.dates import Date
from xlcredit.kernel.money import decimals, grouped, in_text
from xlcredit.locales import Words
from xlcredit.policy import Policy

NONE: Final = "–"
"""Stands where nothing is claimed."""

_TOGETHER: Final = "\N{NO-BREAK SPACE}"

Row = dict[str, str]


def texts(letter: Letter, policy: Policy, words: Words) -> Row:
    """Fields that stand once in a letter: sender, reference, dates, the sum claimed, and what is to be added."""
    rule = policy.letters
    return {
        "sender": rule.sender,
        "sender_address": rule.address,
        "contact": rule.contact,
        "signature": rule.signature,
        "lawyer": rule.lawyer,
        "lawyer_contact": rule.lawyer_contact,
        "accounts": "\n".join(_accounts(letter, policy, words)),
        "letter": words("letters", letter.letter),
        "reference": letter.reference,
        "customer": letter.customer,
        "customer_number": _number(letter, words),
        "name": letter.name,
        "address": letter.address,
        "email": letter.email,
        "recipient": "\n".join(filter(None, (letter.name, letter.address))),
        "date": long_date(letter.day, words),
        "reply_by": long_date(letter.reply_by, words),
        "claimed": _listed({code: claim.total for code, claim in letter.claims.items()}, words),
        "notes": "\n".join(_notes(letter, policy, words)),
    }


def items(letter: Letter, words: Words) -> list[Row]:
    """Fields of the row of items, one row each."""
    return [_item(item, words) for item in letter.items]


def claims(letter: Letter) -> list[Row]:
    """Fields of the row of claims, one row per currency."""
    return [_claim(code, claim) for code, claim in letter.claims.items()]


def long_date(day: date, words: Words) -> str:
    """A date as letters in the language write it: 31 October 2026, 2026年10月31日."""
    months = words("letter_text", "months").split(", ")
    return words("letter_text", "date").format(day=day.day, month=months[day.month - 1], year=day.year)


def _number(letter: Letter, words: Words) -> str:
    """The customer's number; nothing for one who is known by name alone."""
    return "" if letter.customer == letter.name else words("letter_text", "number").format(customer=letter.customer)


def _accounts(letter: Letter, policy: Policy, words: Words) -> Iterator[str]:
    """Where to pay: a line for each account, with its currencies where there are several accounts."""
    codes: dict[str, list[str]] = {}
    for code in letter.claims:
        codes.setdefault(policy.letters.account(code), []).append(code)
    for account, of in codes.items():
        told = _joined(of, words)
        yield account if len(codes) == 1 else words("letter_text", "account").format(currency=told, account=account)


def _notes(letter: Letter, policy: Policy, words: Words) -> Iterator[str]:
    days = {item.days_past_due for item in letter.items}
    if min(days) < 0 and len(days) > 1:
        yield words("letter_text", "not_due")
    if letter.regime:
        regime = policy.interest.regimes[letter.regime]
        yield words("letter_text", "interest").format(
            basis=words("letter_basis", letter.regime),
            date=long_date(letter.day, words),
            per=words("letter_text", regime.per),
        )
    for key, amounts in (("disputed", letter.disputed), ("credits", letter.credits)):
        if amounts:
            yield words("letter_text", key).format(amounts=_listed(amounts, words))


def _listed(amounts: Mapping[str, int], words: Words) -> str:
    return _joined([f"{code}{_TOGETHER}{_amount(minor, code)}" for code, minor in amounts.items()], words)


def _joined(parts: Sequence[str], words: Words) -> str:
    *first, last = parts
    comma, last_but_one = words("letter_text", "comma"), words("letter_text", "and")
    return f"{comma.join(first)}{last_but_one}{last}" if first else last


def _item(item: LetterItem, words: Words) -> Row:
    days = -item.days_past_due
    coming = words("letter_text", "day_to_go" if days == 1 else "days_to_go").format(days=days)
    return {
        "document": item.document,
        "document_date": _day(item.document_date),
        "due_date": _day(item.due_date),
        "days": str(item.days_past_due) if item.days_past_due >= 0 else coming,
        "currency": item.currency,
        "amount": _amount(item.demanded, item.currency),
        "rate": NONE if np.isnan(item.rate) else words("letter_text", "rate").format(rate=f"{item.rate * 100:.4g}"),
        "interest": _amount(item.interest, item.currency) if item.interest else NONE,
    }


def _claim(code: str, claim: Claim) -> Row:
    parts = {
        "claim_items": claim.items,
        "claim_interest": claim.interest,
        "claim_fixed_sum": claim.fixed_sum,
        "claim_fee": claim.fee,
        "claim_charges": claim.total - claim.items,
        "claim_total": claim.total,
    }
    return {"claim_currency": code, **{part: _amount(minor, code) if minor else NONE for part, minor in parts.items()}}


def _amount(minor: int, currency: str) -> str:
    return grouped(in_text(minor, decimals(currency)))


def _day(day: Date) -> str:
    return "" if np.isnat(day) else str(day)
