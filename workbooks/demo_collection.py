"""What the demo exporter's collectors keep: notices, contacts, payment plans, disputes, hand-overs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from workbooks.demo_sheet import PARTY, Cell, Row, Sheet
from workbooks.trading import Customer

_DOCUMENT = ("Document Number", "")
COLUMNS = {
    "notices": ("Dunning", (_DOCUMENT, ("Dunning Date", "day"), ("Dunning Level", ""), ("Channel", ""))),
    "contacts": (
        "Contact log",
        (
            _DOCUMENT, ("Contact Date", "day"), ("Note", ""), ("Reason for Not Paying", ""), ("Ability to Pay", ""),
            ("Promised Date", "day"), ("Next Contact", "day"), ("Contacted By", ""),
        ),
    ),
    "plans": (
        "Payment plans",
        (
            ("Plan No", ""), _DOCUMENT, ("Agreed On", "day"), ("Instalment Date", "day"),
            ("Instalment Amount", "money"), ("Paid On", "day"), ("Currency", ""),
        ),
    ),
    "disputes": (
        "Disputes",
        (
            _DOCUMENT, ("Dispute Reason", ""), ("Disputed Amount", "money"), ("Opened On", "day"), ("Owner", ""),
            ("Resolved On", "day"),
        ),
    ),
    "handovers": (
        "Legal and agency",
        (
            ("Kind", ""), ("Task", ""), ("Handed Over To", ""), ("Date", "day"), ("Done On", "day"),
            ("Amount", "money"), ("Fee %", "percent"), ("Status", ""), ("File No", ""), ("Currency", ""),
        ),
    ),
}  # fmt: skip
"""Table of the recipe → the sheet's name and its columns after the customer's."""


def collection_sheets(customers: Mapping[str, Customer]) -> tuple[Sheet, ...]:
    """The sheets of the collectors."""
    recipe = tomllib.loads(files(__package__).joinpath("demo_collection.toml").read_text(encoding="utf-8"))
    return tuple(
        Sheet(name, (*PARTY, *columns), [_row(customers, told, len(columns)) for told in recipe[key]])
        for key, (name, columns) in COLUMNS.items()
    )


def _row(customers: Mapping[str, Customer], told: Sequence[Cell], width: int) -> Row:
    """A line of the recipe; where it ends before the columns do, the customer's currency follows."""
    number, *cells = told
    customer = customers[str(number)]
    cells += [customer.currency] * (width - len(cells))
    return (customer.number, customer.name, *(None if cell == "" else cell for cell in cells))
