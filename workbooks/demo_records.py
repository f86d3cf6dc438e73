"""What the demo exporter keeps beside its ledger: payments, orders, events, statements, checks, cover and more.

Every table is a ``Sheet``. They are drawn from a generator of their own, so that the ledger does not change with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from workbooks.demo_collection import collection_sheets
from workbooks.demo_file import CustomerFile
from workbooks.demo_sheet import PARTY, Row, Sheet
from workbooks.demo_statements import STATEMENT_COLUMNS, statements
from workbooks.trading import Customer, Posting

YEAR = timedelta(days=365)
LEAD = timedelta(days=20)
"""Days from an order to its invoice."""
INVOICED_AFTER = (0, 1, 0, 0, 3, 1)
"""Days from a delivery to its invoice, order by order."""


def record_sheets(
    recipe: Mapping[str, Any],
    postings: Sequence[Posting],
    on_file: Sequence[CustomerFile],
    quotes: Sequence[tuple[str, float, date]],
) -> tuple[Sheet, ...]:
    """Every sheet beside the ledger; ``quotes`` are currency, rate, day."""
    beside, as_of = recipe["beside"], recipe["as_of"]
    draw = Random(beside["seed"])  # noqa: S311 - a recipe, no secret
    customers = {one.customer.number: one.customer for one in on_file}
    return (
        Sheet("Payments", PAYMENT_COLUMNS, list(_payments(postings, beside["payers"]["changed"], as_of, draw))),
        Sheet("Orders", ORDER_COLUMNS, list(_orders(postings, customers, beside, as_of, draw))),
        Sheet("Events", EVENT_COLUMNS, [_event(customers, *row) for row in beside["events"]["rows"]]),
        Sheet("Statements", STATEMENT_COLUMNS, list(statements(on_file, as_of.year, draw))),
        Sheet("Checks", CHECK_COLUMNS, [_check(customers, *row) for row in beside["checks"]["rows"]]),
        Sheet("Ratings", RATING_COLUMNS, [_rating(customers, *row) for row in beside["ratings"]["rows"]]),
        Sheet("Insurance", INSURANCE_COLUMNS, list(_insurance(customers, beside["insurance"]))),
        Sheet("Claim File", CLAIM_FILE_COLUMNS, [_filed(customers, *row) for row in beside["claims"]["rows"]]),
        Sheet("Rates", RATE_COLUMNS, list(quotes)),
        Sheet("Blacklist", BLACKLIST_COLUMNS, [tuple(row) for row in beside["blacklist"]["rows"]]),
        Sheet("Indices", INDEX_COLUMNS, list(_indices(beside["indices"], as_of, draw))),
        *collection_sheets(customers),
    )


PAYMENT_COLUMNS = (
    *PARTY, ("Document Number", ""), ("Payment Date", "day"), ("Credited On", "day"), ("Amount", "money"),
    ("Currency", ""), ("Payer Account", ""), ("Payment Method", ""),
)  # fmt: skip
ORDER_COLUMNS = (
    *PARTY, ("Order No", ""), ("Order Date", "day"), ("Delivery Date", "day"), ("Invoice Date", "day"),
    ("Order Value", "money"), ("Prepaid", "money"), ("Currency", ""), ("Order Status", ""),
    ("Contract Amount", "money"), ("Payment Method", ""), ("Issuing Bank Rating", ""), ("Jurisdiction", ""),
    ("Court or Arbitration", ""), ("Governing Law", ""),
)  # fmt: skip
NO_CONTRACT = (None,) * 6
CLAIM_FILE_COLUMNS = (*PARTY, ("Claim Document", ""), ("On File Since", "day"), ("Note", ""))
EVENT_COLUMNS = (
    ("Event Date", "day"), *PARTY, ("Event Type", ""), ("Note", ""), ("Amount", "money"), ("Currency", ""),
)  # fmt: skip
CHECK_COLUMNS = (
    *PARTY, ("Check", ""), ("Result", ""), ("Check Date", "day"), ("Checked By", ""), ("Evidence", ""),
    ("Mark (1-5)", ""),
)  # fmt: skip
RATING_COLUMNS = (*PARTY, ("Rating Agency", ""), ("Rating", ""), ("Rating Date", "day"))
INSURANCE_COLUMNS = (
    *PARTY, ("Insured Limit", "whole"), ("Cover", "percent"), ("Currency", ""), ("Valid From", "day"),
    ("Valid To", "day"), ("Stop Shipment", "day"), ("Buyer Reference", ""),
)  # fmt: skip
RATE_COLUMNS = (("Currency", ""), ("Rate", "rate"), ("Date", "day"))
BLACKLIST_COLUMNS = (("Company Name", ""), ("Registration No", ""), ("Reason", ""), ("Since", "day"))
INDEX_COLUMNS = (("Industry or Country", ""), ("Date", "day"), ("Index Value", "money"))


def _payments(
    postings: Sequence[Posting], changed: Sequence[tuple[str, date, int]], as_of: date, draw: Random
) -> Iterator[Row]:
    """What was received for invoices and on account, by the day it came."""
    lately = {number: (since, accounts) for number, since, accounts in changed}
    received = [(p.paid_on, p.paid, p) for p in postings if p.kind == "Invoice" and p.paid_on]
    received += [(p.day, -p.cents, p) for p in postings if p.kind == "Payment"]
    for count, (day, cents, posting) in enumerate(sorted(received, key=lambda one: (one[0], one[2].document))):
        customer = posting.customer
        since, accounts = lately.get(customer.number, (as_of, 0))
        account = 1 + count % accounts if day >= since and accounts else 0
        credited = min(as_of, day + timedelta(days=draw.choice((0, 1, 1, 2))))
        yield (
            customer.number, customer.name, posting.document, day, credited, cents / 100, customer.currency,
            _account(customer, account), "Bank acceptance" if customer.terms == 90 else "Transfer",
        )  # fmt: skip


def _account(customer: Customer, which: int) -> str:
    """A bank account: the customer's own is 0. Its check digits are 00, which no bank gives out."""
    return f"{customer.country}00 {customer.number[2:6]} {customer.number[6:]} {7310 + 137 * which}"


def _orders(
    postings: Sequence[Posting],
    customers: Mapping[str, Customer],
    beside: Mapping[str, Any],
    as_of: date,
    draw: Random,
) -> Iterator[Row]:
    """Orders of a year: one for each invoice, and those that are not delivered yet."""
    placed: list[tuple[Customer, date, date | None, float, float]] = [
        (p.customer, p.day - LEAD - timedelta(days=draw.randrange(8)), p.day, p.cents / 100, 0)
        for p in postings
        if p.kind == "Invoice" and p.day > as_of - YEAR
    ]
    placed += [
        (customers[number], day, None, amount, prepaid) for number, day, amount, prepaid in beside["orders"]["open"]
    ]
    newcomers = [(Customer(*who), *order) for who, *order in beside["orders"]["newcomers"]]
    placed += [(customer, day, None, amount, prepaid) for customer, day, amount, prepaid in newcomers]
    placed.sort(key=lambda order: (order[1], order[0].number))
    for count, (customer, day, delivered, amount, prepaid) in enumerate(placed):
        contract = NO_CONTRACT if delivered else beside["orders"]["contracts"].get(customer.number, NO_CONTRACT)
        yield (
            customer.number, customer.name, str(beside["first_order"] + 3 * count), day,
            delivered and delivered - timedelta(days=INVOICED_AFTER[count % len(INVOICED_AFTER)]), delivered,
            amount, prepaid or None, customer.currency, "Delivered" if delivered else "Open",
            *(cell or None for cell in contract),
        )  # fmt: skip


def _event(
    customers: Mapping[str, Customer], day: date, number: str, kind: str, note: str, amount: float | None = None
) -> Row:
    return day, number, customers[number].name, kind, note, amount, "CNY" if amount else ""


def _filed(customers: Mapping[str, Customer], number: str, document: str, day: date, note: str) -> Row:
    return number, customers[number].name, document, day, note


def _check(
    customers: Mapping[str, Customer],
    number: str,
    check: str,
    result: str,
    day: date,
    by: str,
    evidence: str,
    mark: int,
) -> Row:
    return number, customers[number].name, check, result, day, by, evidence, mark or None


def _rating(customers: Mapping[str, Customer], number: str, agency: str, rating: str, day: date) -> Row:
    return number, customers[number].name, agency, rating, day


def _insurance(customers: Mapping[str, Customer], told: Mapping[str, Any]) -> Iterator[Row]:
    for number, limit, currency, valid_from, valid_to, stopped, reference in told["rows"]:
        yield (
            number, customers[number].name, limit, told["cover"], currency, valid_from, valid_to, stopped or None,
            reference,
        )  # fmt: skip


def _indices(told: Mapping[str, tuple[float, float]], as_of: date, draw: Random) -> Iterator[Row]:
    """Each index at the end of thirteen months."""
    ends = [_month_end(as_of, back) for back in range(12, -1, -1)]
    for subject, (start, change) in told.items():
        for at, day in enumerate(ends):
            yield subject, day, round(start * (1 + change * at / 12) + draw.uniform(-0.4, 0.4), 1)


def _month_end(day: date, back: int) -> date:
    """Last day of the month so many months before that of a day."""
    months = day.year * 12 + day.month - back
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
