"""Drafts: what is demanded of each item, and what being late costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from xlcredit.control.collection import notices
from xlcredit.control.collection.charges import Charges, charged
from xlcredit.control.collection.plans import asked_for
from xlcredit.control.letters.languages import languages
from xlcredit.control.letters.leftout import counted, why_not
from xlcredit.control.letters.letter import Claim, Letter, LetterItem
from xlcredit.control.review import Review
from xlcredit.kernel.dates import days_past_due
from xlcredit.kernel.money import Minor, decimals, to_minor
from xlcredit.ledger.tables import Days, Flags, Money, Text
from xlcredit.rules import dunning
from xlcredit.rules.letters import LetterRule


@dataclass(frozen=True, slots=True)
class Drafts:
    """A line per item of the ledger, or per party."""

    review: Review
    names: tuple[str, ...]
    """Letter of each stage, "" for those that have none."""
    demanded: Minor
    due_dates: Days
    """Of the next instalment, where a payment plan holds."""
    days: Money
    """Past that."""
    disputed: Minor
    regimes: Text
    charges: Charges
    interest: Minor
    languages: tuple[str, ...]
    addresses: Text
    emails: Text
    countries: Text
    credits: Mapping[tuple[int, str], int]
    due: Flags
    """Whether a letter is due about the item."""
    left_out: Mapping[str, int]

    @staticmethod
    def of(review: Review, usual: str, stages: Collection[int]) -> Drafts:
        """Drafts for a review, of these stages or all; ``usual`` is the language where a customer's is not known."""
        case, names = review.case, notices.letters(review.policy)
        dunned, lines = case.found.dunned, review.items
        places = case.valuation.currencies.places[case.valuation.currencies.of_item]
        demanded = asked_for(dunned.plans, np.where(dunned.stage > 0, dunned.dunned_minor, 0))
        why = why_not(case, names, demanded, stages)
        due = (dunned.stage > 0) & (why == "")
        regimes = np.where(due, notices.regimes(case), "")
        charges = charged(case, regimes, demanded)
        return Drafts(
            review=review,
            names=names,
            demanded=demanded,
            due_dates=dunned.due,
            days=np.where(dunned.restructured.in_plan, days_past_due(dunned.due, case.as_of), lines.days_past_due),
            disputed=dunned.disputed.minor,
            regimes=regimes,
            charges=charges,
            interest=to_minor(charges.interest, places),
            languages=languages(case, usual),
            addresses=case.parties.text(case.ledger.customers.texts.get("address")),
            emails=case.parties.text(case.ledger.customers.texts.get("email")),
            countries=case.parties.text(case.ledger.customers.texts.get("country")),
            credits=_credits(review),
            due=due,
            left_out=counted(why),
        )

    def letter(self, party: int, stage: int, rows: list[int]) -> Letter:
        """The letter to a party about these items, all of one stage."""
        people, policy, day = self.review.customers, self.review.policy, self.review.as_of
        items = tuple(sorted(map(self._item, rows), key=lambda item: (item.currency, item.due_date, item.document)))
        level, name, customer = policy.dunning.levels[stage - 1], self.names[stage], str(people.customer[party])
        return Letter(
            reference=f"{customer}-{stage}-{day:%Y%m%d}",
            customer=customer,
            name=str(people.name[party]),
            address=str(self.addresses[party]),
            email=str(self.emails[party]),
            letter=name,
            stage=stage,
            action=level.action,
            channel=level.channel,
            language=self.languages[party],
            day=day,
            reply_by=_reply_by(policy.letters, name, day, items),
            items=items,
            claims=self._claims(items, rows, level.fee),
            credits={code: self.credits[party, code] for code in _codes(items) if (party, code) in self.credits},
            regime=str(self.regimes[rows[0]]),
            doubts=tuple(self._doubts(party, stage, rows)),
        )

    def _item(self, at: int) -> LetterItem:
        lines, ledger = self.review.items, self.review.ledger.items
        return LetterItem(
            document=str(ledger.document[at]),
            document_date=ledger.document_date[at],
            due_date=self.due_dates[at],
            days_past_due=int(self.days[at]),
            currency=str(lines.currency[at]),
            demanded=int(self.demanded[at]),
            disputed=int(self.disputed[at]),
            rate=float(self.charges.rate[at]),
            interest=int(self.interest[at]),
        )

    def _claims(self, items: tuple[LetterItem, ...], rows: list[int], fee: float) -> dict[str, Claim]:
        claims: dict[str, Claim] = {}

        def add(currency: str, **more: int) -> None:
            claim = claims.get(currency, Claim())
            claims[currency] = replace(claim, **{part: getattr(claim, part) + minor for part, minor in more.items()})

        for item in items:
            add(item.currency, items=item.demanded, interest=item.interest)
        for currency, fixed_sum in self._fixed_sums(rows):
            add(currency, fixed_sum=fixed_sum)
        if charged := _minor(fee, self.review.currency):
            add(self.review.currency, fee=charged)  # once a letter, and in the policy's currency as its amounts are
        return dict(sorted(claims.items()))

    def _fixed_sums(self, rows: list[int]) -> Iterator[tuple[str, int]]:
        for at in rows:
            if self.charges.fixed_sum[at] > 0:
                stated = self.review.policy.interest.regimes[self.regimes[at]].currency
                currency = stated or str(self.review.items.currency[at])
                yield currency, _minor(self.charges.fixed_sum[at], currency)

    def _doubts(self, party: int, stage: int, rows: list[int]) -> Iterator[str]:
        policy = self.review.policy
        if not self.review.customers.name[party]:
            yield "no_name"
        is_usual = policy.dunning.levels[stage - 1].interest in ("", dunning.OF_COUNTRY)
        if self.regimes[rows[0]] and is_usual and self.countries[party] not in policy.countries:
            yield "usual_regime"
        if np.isnan(self.charges.interest[rows]).any():
            yield "no_rate"
        if np.isnan(self.charges.fixed_sum[rows]).any():
            yield "no_fixed_sum"
        if self.charges.is_last_known[rows].any():
            yield "last_known_rate"


def _reply_by(rule: LetterRule, name: str, day: date, items: tuple[LetterItem, ...]) -> date:
    """Day by which a letter asks for payment; the last due date where nothing is due yet."""
    last_due = min(item.days_past_due for item in items)
    nothing_is_due = max(item.days_past_due for item in items) < 0
    return day - timedelta(days=last_due) if nothing_is_due else rule.reply_by(name, day)


def _minor(amount: float, currency: str) -> int:
    return int(to_minor(amount, decimals(currency))[0])


def _codes(items: tuple[LetterItem, ...]) -> list[str]:
    return sorted({item.currency for item in items})


def _credits(review: Review) -> Mapping[tuple[int, str], int]:
    """Party and currency → credits that no item has taken."""
    lines, sums = review.items, Counter[tuple[int, str]]()
    for at in np.flatnonzero(lines.open_minor < 0).tolist():
        sums[int(lines.owner[at]), str(lines.currency[at])] -= int(lines.open_minor[at])
    return sums
