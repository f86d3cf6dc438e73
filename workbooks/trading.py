"""Two years of an exporter's trade: invoices, part payments, credit notes, disputes and money on account.

Each customer has a *habit*: how late it pays, whether that grows, and when it stopped. Drawn from a
seeded generator, so that the same recipe always gives the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

PART_PAID = 0.22
CREDITED = 0.045
DISPUTED = 0.03
"""Shares of the invoices concerned."""

ON_ACCOUNT = 7
"""Receipts nobody has matched yet."""

STALE = timedelta(days=200)
"""A dispute older than this has been settled one way or the other."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer pays, and the books that go with it."""

    late: float
    spread: float
    growth: float
    silent: int
    debt_ratio: float
    net_margin: float
    events: int


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of the recipe."""

    number: str
    name: str
    country: str
    currency: str
    terms: int
    habit: str
    invoices_a_month: float
    average_invoice: float
    years: int


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of the ledger; ``paid`` was settled on ``paid_on``."""

    customer: Customer
    document: str
    kind: str
    day: date
    due: date
    cents: int
    paid: int = 0
    paid_on: date | None = None
    disputed: bool = False

    @property
    def open(self) -> int:
        """Cents not settled yet."""
        return self.cents - self.paid


@dataclass(frozen=True, slots=True)
class Trade:
    """The recipe's clock, customers and habits."""

    first_day: date
    as_of: date
    customers: Sequence[Customer]
    habits: dict[str, Habit]

    def postings(self, draw: Random, series: int = 0) -> list[Posting]:
        """Every posting of the period in the order of its date, numbered as an accounting system does, by series."""
        drawn = [posting for customer in self.customers for posting in self._of(customer, draw)]
        drawn += self._on_account(draw)
        drawn.sort(key=lambda posting: (posting.day, posting.customer.number, posting.cents))
        return list(_numbered(drawn, series))

    def _of(self, customer: Customer, draw: Random) -> Iterator[Posting]:
        day = max(self.first_day, self._since(customer)) + timedelta(days=draw.randrange(20))
        while day <= self.as_of:
            invoice = self._invoice(customer, day, draw)
            yield invoice
            if draw.random() < CREDITED:
                yield from self._credit(invoice, draw)
            day += timedelta(days=max(2, round(draw.gauss(30 / customer.invoices_a_month, 7))))

    def _since(self, customer: Customer) -> date:
        """New customers began in the ledger's last half-year."""
        return self.first_day if customer.years else self.as_of - timedelta(days=190)

    def _invoice(self, customer: Customer, day: date, draw: Random) -> Posting:
        cents = round(customer.average_invoice * 100 * draw.lognormvariate(-0.08, 0.4))
        due = day + timedelta(days=customer.terms)
        unpaid = Posting(customer, "", "Invoice", day, due, cents)
        paid_on = self._payment_day(unpaid, draw)
        is_recent = timedelta(0) < self.as_of - due < STALE
        if is_recent and draw.random() < (DISPUTED if paid_on else 4 * DISPUTED):
            return replace(unpaid, disputed=True)
        if paid_on is None:
            return unpaid
        rest_paid_on = paid_on + timedelta(days=draw.randrange(20, 90))
        if draw.random() > PART_PAID or rest_paid_on <= self.as_of:
            return replace(unpaid, paid=cents, paid_on=paid_on)
        return replace(unpaid, paid=_share(cents, draw), paid_on=paid_on)

    def _payment_day(self, invoice: Posting, draw: Random) -> date | None:
        """When the invoice was paid; None if not by the as-of date."""
        habit = self.habits[invoice.customer.habit]
        progress = (invoice.day - self.first_day) / (self.as_of - self.first_day)
        late = round(draw.gauss(habit.late + habit.growth * progress**2, habit.spread))
        day = max(invoice.day + timedelta(days=3), invoice.due + timedelta(days=late))
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)
        last = self.as_of - timedelta(days=30 * habit.silent)
        return day if day <= last else None

    def _credit(self, invoice: Posting, draw: Random) -> Iterator[Posting]:
        """A credit note for part of an invoice; set off with it when that was paid."""
        day = invoice.day + timedelta(days=draw.randrange(4, 25))
        if day > self.as_of:
            return
        cents = -round(invoice.cents * draw.choice((0.02, 0.05, 0.1, 0.25)))
        set_off = invoice.paid_on if invoice.open == 0 and invoice.paid_on else None
        paid = cents if set_off else 0
        yield Posting(
            invoice.customer, "", "Credit note", day, day, cents, paid, max(day, set_off) if set_off else None
        )

    def _on_account(self, draw: Random) -> Iterator[Posting]:
        """Receipts of the last weeks that no invoice has been found for."""
        payers = [c for c in self.customers if self.habits[c.habit].silent == 0]
        for customer in draw.sample(payers, ON_ACCOUNT):
            day = self.as_of - timedelta(days=draw.randrange(2, 40))
            cents = -round(customer.average_invoice * draw.uniform(5, 40))
            yield Posting(customer, "", "Payment", day, day, cents)


def _share(cents: int, draw: Random) -> int:
    """A round part of an amount, as people pay it."""
    return round(cents * draw.choice((0.3, 0.4, 0.5, 0.7)) / 10_000) * 10_000


def _numbered(postings: Sequence[Posting], series: int) -> Iterator[Posting]:
    first = {"Invoice": 1800000000, "Credit note": 1600000000, "Payment": 1400000000}
    ranges = {kind: number + series * 10_000_000 for kind, number in first.items()}
    for posting in postings:
        ranges[posting.kind] += 7 if posting.kind == "Invoice" else 3
        yield replace(posting, document=str(ranges[posting.kind]))
