"""Terms of payment: read, turned into due dates, granted by grade; what discounts and contracts are worth.

*Net days* is when all is due; a *discount* of 2/10 is 2 % for paying within 10 days; the *prepayment share* is what of
a contract must be paid before anything is delivered.
"""

from __future__ import annotations

from xlcredit.rules.terms.contract import (
    FLAGS,
    FORUM_MISSING,
    JURISDICTION_MISSING,
    LAW_MISSING,
    LEGAL_REVIEW,
    REVIEW_REASONS,
    STATED,
    Contracts,
    UnusualRule,
    contract_flags,
    review_reasons,
)
from xlcredit.rules.terms.discount import Discounting, Financing, a_year, cost, discounting, take_up
from xlcredit.rules.terms.granted import (
    ACTIONS,
    SHORTEN,
    Granted,
    GrantedTerms,
    TermsRule,
    actions,
    granted,
    prepayment_gap,
    suggest_days,
)
from xlcredit.rules.terms.wording import due_dates, parse

__all__ = [
    "ACTIONS",
    "FLAGS",
    "FORUM_MISSING",
    "JURISDICTION_MISSING",
    "LAW_MISSING",
    "LEGAL_REVIEW",
    "REVIEW_REASONS",
    "SHORTEN",
    "STATED",
    "Contracts",
    "Discounting",
    "Financing",
    "Granted",
    "GrantedTerms",
    "TermsRule",
    "UnusualRule",
    "a_year",
    "actions",
    "contract_flags",
    "cost",
    "discounting",
    "due_dates",
    "granted",
    "parse",
    "prepayment_gap",
    "review_reasons",
    "suggest_days",
    "take_up",
]
