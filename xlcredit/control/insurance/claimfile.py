"""Claim file: when the insurer was told of each customer's loss, and which documents its file holds as of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.parties import key
from xlcredit.control.recorded import owners
from xlcredit.ledger.findings import Finding
from xlcredit.ledger.ledger import Ledger
from xlcredit.ledger.records import Records
from xlcredit.ledger.tables import Days, Flags
from xlcredit.locales import LANGUAGES, Words, vocabulary
from xlcredit.policy import Policy

NOTIFICATION: Final = "notification"


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """Of each party: the first day of notification, NaT for none; documents held (parties by the policy's evidence)."""

    notified: Days
    held: Flags


def claim_file(case: Case) -> ClaimFile:
    """What the Claim file sheet says up to the day, or without one; a notification without a day is today's."""
    sheet, evidence, n = case.ledger.recorded("claim_file"), [*case.policy.insurance.evidence], len(case.parties)
    of, day = owners(case.parties, sheet), sheet.day("date")
    notified, held = np.full(n, np.datetime64("NaT", "D")), np.zeros((n, len(evidence)), dtype=np.bool_)
    for row in np.flatnonzero((of >= 0) & ~(day > case.as_of)).tolist():
        document = document_said(sheet.text("document")[row], evidence)
        if document == NOTIFICATION:
            told = case.as_of if np.isnat(day[row]) else day[row]
            notified[of[row]] = np.fmin(notified[of[row]], told)
        elif document in evidence:
            held[of[row], evidence.index(document)] = True
    return ClaimFile(notified, held)


def unknown_documents(ledger: Ledger, policy: Policy) -> tuple[Finding, ...]:
    """Rows of the Claim file sheet whose document is none that a claim needs, nor a notification."""
    sheet, evidence = ledger.recorded("claim_file"), [*policy.insurance.evidence]
    rows = enumerate(sheet.text("document").tolist())
    return tuple(_unknown(sheet, row, text, evidence) for row, text in rows if not document_said(text, evidence))


def _unknown(sheet: Records, at: int, text: str, evidence: Sequence[str]) -> Finding:
    return Finding(
        "warning",
        "claim-document-unknown",
        sheet.where("document", at),
        {"value": text, "known": ", ".join([NOTIFICATION, *evidence])},
    )


def document_said(text: str, evidence: Sequence[str]) -> str:
    """Which of the policy's documents a text means, or NOTIFICATION; "" for neither.

    Its own word in any language comes first, then a text that has one of the words for it in it.
    """
    own = {key(Words.of(lang)("evidence", document)): document for lang in LANGUAGES for document in evidence}
    own |= {key(document): document for document in evidence}
    told = (code for code, words in vocabulary("evidence_words").items() if any(word in key(text) for word in words))
    return own.get(key(text)) or next((code for code in told if code in (NOTIFICATION, *evidence)), "")
