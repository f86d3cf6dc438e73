"""Interest: on which items interest for late payment is claimed, under whose regime, and what it comes to.

On what is overdue, up to the day; and on what was paid late and is settled, up to its last payment, as long after it
as the policy says. Part payments lower the balance on their day; what was settled on an unknown day earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.once import once
from xlcredit.control.parties import Parties
from xlcredit.control.receivables import Receivables
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Amounts, Minor, to_major, to_minor, translate
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.tables import Flags, Text
from xlcredit.policy import Policy
from xlcredit.rules import country
from xlcredit.rules import interest as rules
from xlcredit.rules.interest import Accrued, Debts, Lines, Payments, Regime


@dataclass(frozen=True, slots=True)
class Claim:
    """What the items of one regime have earned."""

    regime: Regime
    items: NDArray[np.intp]
    debts: Debts
    payments: Payments
    accrued: Accrued
    """In the items' currencies."""

    @property
    def lines(self) -> Lines:
        """Line by line; their debts are positions in ``items``."""
        return rules.statement(self.debts, self.payments, self.regime, self.accrued)


def regimes_of(ledger: Ledger, parties: Parties, policy: Policy) -> Text:
    """Regime of each party: that of its country, else the policy's."""
    codes = parties.text(ledger.customers.texts.get("country"))
    return country.regimes(codes, policy.countries, policy.interest.regime)


def claimed(ledger: Ledger, found: Receivables, policy: Policy, as_of: np.datetime64) -> Flags:
    """Items that interest is claimed on as of a day."""
    parts, n = found.settlements, len(ledger.items)
    paid = parts.day <= as_of
    last = parts.last_day(paid, n)
    late = parts.of_item(paid & (parts.day > found.due_date[parts.item]), n) > 0
    recently = days_between(last, as_of) <= policy.interest.claim_paid_days
    there = ~(ledger.items.document_date > as_of) & (found.amount_minor > 0)
    return (found.is_overdue & (found.open_minor > 0)) | (there & ~found.is_open & late & recently)


def sums_currencies(ledger: Ledger, parties: Parties, policy: Policy, rows: Flags) -> set[str]:
    """Currencies of the fixed sums that are charged for these items."""
    used = set(regimes_of(ledger, parties, policy)[parties.owner[rows]].tolist())
    return {policy.interest.regimes[name].currency for name in used} - {""}


@once
def claims(case: Case) -> tuple[Claim, ...]:
    """What is claimed, regime by regime."""
    rows = claimed(case.ledger, case.found, case.policy, case.as_of)
    usual = regimes_of(case.ledger, case.parties, case.policy)[case.parties.owner]
    return tuple(claims_under(case, np.where(rows, usual, ""), case.found.open_minor))


def claims_under(case: Case, regimes: Text, open_minor: Minor) -> Iterator[Claim]:
    """What items have earned under the regime of each, "" for none, if so much of each is open."""
    for name in sorted(set(regimes.tolist()) - {""}):
        items, regime = np.flatnonzero(regimes == name), case.policy.interest.regimes[name]
        debts, payments = _debts(case, items, open_minor)
        yield Claim(regime, items, debts, payments, rules.accrue(debts, payments, regime))


def of_party(case: Case, made: Sequence[Claim], figure: Callable[[Case, Claim], Amounts]) -> Amounts:
    """Sum of each customer over its items in the review's currency, NaN where that of one of them is not known."""
    amounts = np.zeros(len(case.items))
    for claim in made:
        amounts[claim.items] = figure(case, claim)
    total = to_major(case.of_party(to_minor(amounts, case.valuation.places)), case.valuation.places)
    return np.where(case.of_party(np.isnan(amounts).astype(np.int64)) > 0, np.nan, total)


def interest_in_base(case: Case, claim: Claim) -> Amounts:
    """Interest of a claim's items in the review's currency, NaN without a rate."""
    valuation, earned = case.valuation, claim.accrued.interest
    unknown = np.isnan(earned) | np.isnan(valuation.rates[valuation.currencies.of_item[claim.items]])
    minor = valuation.in_base(to_minor(earned, claim.debts.places), claim.items)
    return np.where(unknown, np.nan, to_major(minor, valuation.places))


def _debts(case: Case, items: NDArray[np.intp], open_minor: Minor) -> tuple[Debts, Payments]:
    """The items without what was settled on an unknown day, and their dated payments."""
    found, parts, n = case.found, case.found.settlements, len(case.items)
    places = case.valuation.currencies.places[case.valuation.currencies.of_item]
    dated = parts.day <= case.as_of
    owed = open_minor + parts.of_item(dated, n)
    until = np.where(open_minor > 0, case.as_of, parts.last_day(dated, n))
    position = np.full(n, -1)
    position[items] = np.arange(len(items))
    of = np.flatnonzero(dated & (position[parts.item] >= 0))
    whose = parts.item[of]
    payments = Payments(position[whose], parts.day[of], to_major(parts.minor[of], places[whose]))
    return Debts(to_major(owed, places)[items], found.due_date[items], until[items], places[items]), payments


def charged_sums(case: Case, claim: Claim) -> Amounts:
    """Fixed sums in their own currency, each by what its debt comes to in it; NaN without a rate it takes."""
    late, stated, own = claim.accrued.late, claim.regime.currency, case.valuation.currencies.texts[claim.items]
    translated = late * _rates(case, claim) / _sums_rates(case, claim)
    size = np.where((own == stated) | (stated == ""), late, translated)  # its own currency takes no rate
    return np.where(late > 0, rules.fixed_sums(size, claim.regime), late * 0)


def fixed_sums(case: Case, claim: Claim) -> Amounts:
    """Fixed sums in the review's currency; NaN without a rate."""
    charged = charged_sums(case, claim)
    return np.where(charged == 0, 0.0, translate(charged, _sums_rates(case, claim), case.valuation.places))


def _rates(case: Case, claim: Claim) -> Amounts:
    return case.valuation.rates[case.valuation.currencies.of_item[claim.items]]


def _sums_rates(case: Case, claim: Claim) -> Amounts:
    """Rates of the currency that the fixed sum of each debt is in: the regime's, else the debt's own."""
    own, currency = _rates(case, claim), claim.regime.currency
    return np.full(len(own), case.valuation.factors.get(currency, np.nan)) if currency else own


def doubts(case: Case) -> Iterator[Finding]:
    """What is not sure about the interest: countries without a regime, and days without a reference rate."""
    yield from _strange_countries(case)
    for claim in claims(case):
        yield from _missing_rates(claim)
        unpriced = np.isnan(fixed_sums(case, claim)) & (claim.accrued.late > 0)
        if unpriced.any():
            facts = {
                "regime": claim.regime.name,
                "currency": claim.regime.currency or _own_currencies(case, claim.items[unpriced]),
                "count": int(unpriced.sum()),
            }
            yield Finding("info", "fixed-sums-without-rate", claim.regime.name, facts)


def _own_currencies(case: Case, items: NDArray[np.intp]) -> str:
    """Currencies of debts whose fixed sums are in the currency of each."""
    codes = case.valuation.currencies
    return ", ".join(sorted({codes.codes[at] for at in codes.of_item[items].tolist()}))


def _strange_countries(case: Case) -> Iterator[Finding]:
    rows = claimed(case.ledger, case.found, case.policy, case.as_of)
    codes = case.parties.text(case.ledger.customers.texts.get("country"))
    late = np.unique(case.parties.owner[rows])
    strange = [code for code in codes[late].tolist() if code and code not in case.policy.countries]
    if strange:
        facts = {"countries": tuple(sorted(set(strange))), "count": len(strange)}
        yield Finding("info", "country-without-regime", "countries", {**facts, "regime": case.policy.interest.regime})


def _missing_rates(claim: Claim) -> Iterator[Finding]:
    reference, accrued = claim.regime.reference, claim.accrued
    if reference is None:
        return
    facts = {"table": reference.name, "regime": claim.regime.name}
    if count := int(accrued.unknown.sum()):
        yield Finding("warning", "no-reference-rate", reference.name, {**facts, "count": count})
    if count := int(accrued.is_last_known.sum()):
        since = {"since": reference.days[-1], "rate": f"{reference.values[-1]:.2%}"}
        yield Finding("info", "last-reference-rate", reference.name, {**facts, "count": count, **since})
