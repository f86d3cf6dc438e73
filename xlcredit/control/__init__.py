"""A credit review is a pure function of a ledger, a policy and an as-of date: here it is wired.

Control calls the rules and passes columns between them; it owns no formula.
"""

from __future__ import annotations

from datetime import date
from itertools import chain

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.collection import interest
from xlcredit.control.collection.unmatched import unmatched
from xlcredit.control.customers import customer_lines
from xlcredit.control.grading.assessed import check_findings
from xlcredit.control.grading.filed import filed
from xlcredit.control.grading.plausible import input_findings
from xlcredit.control.grading.rated import rating_findings
from xlcredit.control.insurance.claimfile import unknown_documents
from xlcredit.control.parties import Parties, join
from xlcredit.control.rates import Quote, Rates
from xlcredit.control.receivables import Currencies, Receivables, currencies_of, receivables, total_by_bucket
from xlcredit.control.recorded import of_nobody
from xlcredit.control.review import CurrencyTotal, CustomerLines, ItemLines, Reason, Review
from xlcredit.control.valuation import value
from xlcredit.kernel.errors import LedgerError
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.policy import Policy
from xlcredit.rules import aging, dunning

__all__ = ["CurrencyTotal", "CustomerLines", "ItemLines", "Quote", "Rates", "Reason", "Review", "review"]

PRICED = ("insurance", "orders", "events", "plans", "handovers")
"""Sheets beside the ledger whose amounts name their currency."""


def review(ledger: Ledger, policy: Policy, as_of: date, rates: Rates | None = None) -> Review:
    """The credit review of a ledger under a policy as of a date, which may lie in the past.

    Args:
        ledger: items and customers.
        policy: every figure the rules depend on.
        as_of: the day to look from; later documents and payments are not there yet.
        rates: exchange rates to the review's currency, for ledgers in several; without them the ledger's own count.

    Raises:
        LedgerError: amounts too large to be added exactly.
    """
    try:
        return _review(ledger, policy, as_of, rates)
    except OverflowError as error:
        raise LedgerError("amounts-too-large", ledger.source.sheet) from error


def _review(ledger: Ledger, policy: Policy, as_of: date, given: Rates | None) -> Review:
    day = np.datetime64(as_of, "D")
    rates, bad_rates = (given, ()) if given else Rates.recorded(ledger.recorded("rates"))
    parties = join(ledger)
    currencies = currencies_of(ledger.items, policy, rates.quotes, day)
    found, said = receivables(ledger, parties, currencies, policy, day)
    beside = (ledger.recorded(kind).text("currency").tolist() for kind in PRICED)
    late = interest.claimed(ledger, found, policy, day)
    told = filed(ledger, parties, day, policy.statements)
    asked = told.currencies(policy.limit.caps, ledger.customers, parties)
    figures_in = {*ledger.customers.currency.tolist(), *chain.from_iterable(beside), *asked} - {""}
    sums_in = interest.sums_currencies(ledger, parties, policy, late)
    valuation, missing_rates = value(currencies, figures_in, rates, as_of, found.open_minor, sums_in)
    case = Case(ledger, policy, day, parties, found, valuation, told)
    return Review(
        as_of=as_of,
        currency=currencies.base,
        currencies=currencies.codes,
        policy=policy,
        ledger=ledger,
        totals=_totals(found, currencies, policy),
        items=_items(found, parties, currencies, policy),
        customers=customer_lines(case),
        findings=(
            *ledger.findings,
            *said,
            *bad_rates,
            *missing_rates,
            *_strangers(ledger, parties),
            *interest.doubts(case),
            *unmatched(ledger, parties, policy, day),
            *unknown_documents(ledger, policy),
            *_doubted(ledger, parties, policy),
        ),
        case=case,
    )


def _strangers(ledger: Ledger, parties: Parties) -> tuple[Finding, ...]:
    """Customers with items whom the customers sheet does not have."""
    if not len(ledger.customers):
        return ()
    named = zip(parties.customer, parties.sheet_line, strict=True)
    unknown = [customer for customer, line in named if line < 0 and customer]
    return tuple(Finding("warning", "customer-not-in-sheet", customer, {"customer": customer}) for customer in unknown)


def _doubted(ledger: Ledger, parties: Parties, policy: Policy) -> tuple[Finding, ...]:
    """Words and customers of the sheets about customers that nobody knows, and inputs that can hardly be right."""
    about_nobody = (of_nobody(parties, ledger.recorded(kind)) for kind in ("statements", "checks", "ratings"))
    unknown = (*check_findings(ledger, policy), *rating_findings(ledger, policy))
    return (*unknown, *chain.from_iterable(about_nobody), *input_findings(ledger, policy))


def _totals(found: Receivables, currencies: Currencies, policy: Policy) -> dict[str, CurrencyTotal]:
    by_bucket, overdue = total_by_bucket(found, currencies, policy)
    keys = policy.buckets.keys
    return {
        code: CurrencyTotal(sum(row), late, dict(zip(keys, row, strict=True)))
        for code, row, late in zip(currencies.codes, by_bucket.tolist(), overdue.tolist(), strict=True)
    }


def _items(found: Receivables, parties: Parties, currencies: Currencies, policy: Policy) -> ItemLines:
    return ItemLines(
        currency=currencies.texts,
        due_date=found.due_date,
        open=found.open,
        open_minor=found.open_minor,
        days_past_due=np.where(found.is_open, found.days_past_due, np.nan),
        bucket=np.where(found.is_open, aging.bucket(found.age_days, policy.buckets), ""),
        stage=found.dunned.stage,
        action=dunning.action(found.dunned.stage, policy.dunning),
        blocked=found.dunned.blocked,
        owner=parties.owner,
    )
