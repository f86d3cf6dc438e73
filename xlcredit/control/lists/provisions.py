"""Provisions: the credit loss that is expected of what each customer owes, and the matrix it comes from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlcredit.control.insurance.provided import provided, retains_title, segments
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.review import Review
from xlcredit.kernel.money import Minor, sums, to_major
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules.provision import UNDATED, losses


def provisions(review: Review) -> Listing:
    """One line per customer with a balance, the largest loss first; they add up to those of the items, to the cent."""
    case, found, places, lines = review.case, review.customers, review.case.valuation.places, provided(review)
    loss, owed = case.of_party(lines.loss), case.of_party(lines.open)
    late = case.of_party(np.where(case.found.is_overdue, lines.open, 0))
    risen, defaulted = _presumed(review, lines.open)
    graded = np.isin(found.grade, [*review.policy.provision.pd])
    listing = Listing(
        "provisions",
        (
            Field("customer", "text", found.customer),
            Field("name", "text", found.names_beside),
            Field("segment", "text", segments(case)),
            Field("open", "amount", to_major(owed, places), in_base=True),
            Field("overdue", "amount", to_major(late, places), in_base=True),
            Field("risk_risen", "amount", _blank_zeros(case.of_party(risen), places), in_base=True),
            Field("default_presumed", "amount", _blank_zeros(case.of_party(defaulted), places), in_base=True),
            Field("insured_part", "amount", _blank_zeros(case.of_party(lines.insured), places), in_base=True),
            Field("provided_for", "amount", to_major(case.of_party(lines.base), places), in_base=True),
            Field("expected_loss", "amount", to_major(loss, places), in_base=True),
            Field("loss_share", "percent", losses.coverage(loss, owed)),
            Field("loss_basis", "text", _bases(graded.tolist(), review), "loss_bases"),
            Field("retention_of_title", "text", _marks(retains_title(case).tolist()), "marks"),
        ),
    ).take((owed != 0) | (loss != 0))
    return listing.by(-listing["expected_loss"], -listing["open"], listing["customer"].astype(str)).filled()


def _presumed(review: Review, minor: Minor) -> tuple[Minor, Minor]:
    """What each item is of what a significant rise of the risk, and what default, is presumed of: stages 2 and 3.

    They tell, and change no loss: trade receivables are provided for at lifetime losses in every stage (IFRS 9 5.5.15).
    """
    days, rule = review.case.found.days_past_due, review.policy.provision
    risen, defaulted = losses.risk_has_risen(days, rule), losses.defaulted(days, rule)
    return np.where(risen & ~defaulted, minor, 0), np.where(defaulted, minor, 0)


def provision_matrix(review: Review) -> Listing:
    """One line per segment, bucket and rate: what is owed there, what the rate is taken of, and the loss.

    Amounts and losses foot to those of ``provisions``, to the cent; a loss is its items' losses, each rounded.
    """
    lines, places, rule = provided(review), review.case.valuation.places, review.policy.provision
    buckets = (*rule.bands.outcomes, UNDATED)
    bucket = rule.bands.index(review.case.found.days_past_due).astype(np.intp) % len(buckets)
    recovered = lines.retained & (rule.retention_recovery > 0)
    columns = (lines.segment, bucket, lines.rate, lines.graded, recovered)
    rows = [*zip(*(column.tolist() for column in columns), strict=True)]
    keys = sorted({row for row, owed in zip(rows, lines.open.tolist(), strict=True) if owed})
    place = {row: at for at, row in enumerate(keys)}
    of = np.array([place.get(row, len(keys)) for row in rows], dtype=np.intp)

    def total(minor: Minor) -> Money:
        return np.asarray(to_major(sums(minor, of, len(keys) + 1)[:-1], places))

    insured = total(lines.insured)

    return Listing(
        "provision_matrix",
        (
            Field("segment", "text", texts([key[0] for key in keys])),
            Field("bucket", "text", texts([buckets[key[1]] for key in keys]), "buckets"),
            Field("open", "amount", total(lines.open), in_base=True),
            Field("insured_part", "amount", np.where(insured == 0, np.nan, insured), in_base=True),
            Field("provided_for", "amount", total(lines.base), in_base=True),
            Field("provision_rate", "percent", np.array([key[2] for key in keys], dtype=np.float64)),
            Field("expected_loss", "amount", total(lines.loss), in_base=True),
            Field("loss_basis", "text", _bases([key[3] for key in keys], review), "loss_bases"),
            Field("retention_of_title", "text", _marks([key[4] for key in keys]), "marks"),
        ),
    ).filled()


def _bases(graded: Sequence[bool], review: Review) -> Text:
    """What each loss goes by, told where the policy knows the probability of default of some grade."""
    matrix = "matrix" if review.policy.provision.pd else ""
    return texts(["graded" if own else matrix for own in graded])


def _marks(retained: Sequence[bool]) -> Text:
    return texts(["retained" if kept else "" for kept in retained])


def _blank_zeros(minor: Minor, places: int) -> Money:
    return np.where(minor == 0, np.nan, to_major(minor, places))
