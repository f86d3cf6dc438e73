"""The letters that the tests write: a ledger of three customers and a policy that says who writes."""

from __future__ import annotations

from datetime import date

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.letters import Letter, letters
from xlcredit.letters.templates import templates
from xlcredit.letters.write import document
from xlcredit.policy import Policy, load

DAY = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount   | currency | disputed
    R-1      | C1       | 2026-10-05    | 2026-11-04 |  1000.00 | EUR      |
    R-2      | C1       | 2026-09-01    | 2026-10-01 |   500.00 | EUR      |
    R-3      | C1       | 2026-09-10    | 2026-10-10 |   250.50 | USD      |
    R-4      | C1       | 2026-10-20    | 2026-10-20 |  -120.00 | EUR      |
    R-6      | C2       | 2026-06-01    | 2026-07-01 | 10000.00 | CNY      |  2500.00
"""
CUSTOMERS = """
    customer | name         | country | address                         | email
    C1       | Nordwind AG  | DE      | Hafenstr. 1, 20457 Hamburg      | ap@nordwind.example
    C2       | 青岛贸易公司 | CN      |                                 |
"""
SENDER = [
    "currency=EUR",
    "letters.sender=Xiamen Tools Co., Ltd.",
    "letters.address=88 Hubin Road, Xiamen",
    "letters.contact=Li Na, +86 592 000 0000",
    "letters.signature=Li Na, Accounts Receivable",
    "letters.lawyer=正合律师事务所",
    "letters.lawyer_contact=厦门市鹭江道12号",
    "letters.accounts.any=Bank of China, CN00 0000",
    "letters.accounts.USD=HSBC, US00 1111",
]


def policy(*sets: str) -> Policy:
    """A policy that says who writes."""
    return load(sets=[*SENDER, *sets])


def made(*sets: str, items: str = ITEMS, customers: str = CUSTOMERS) -> tuple[Letter, ...]:
    """The letters that are due."""
    return letters(review(ledger(items, customers), policy(*sets), DAY), "en").letters


def written(letter: Letter, *sets: str) -> bytes:
    """The Word document of a letter, from the builtin template."""
    return document(letter, policy(*sets), templates([letter])[letter.letter, letter.language])
