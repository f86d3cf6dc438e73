"""Sections: one module for each credit concept, with its keys, its checks and the rule its table is decoded to."""

from __future__ import annotations

from xlcredit.policy.sections import (
    admission,
    approval,
    countries,
    exposure,
    insurance,
    interest,
    letters,
    metrics,
    order,
    plan,
    plausible,
    provision,
    ratings,
    reviews,
    signals,
    statements,
    terms,
)
from xlcredit.policy.sections.section import Section

SECTIONS: tuple[Section, ...] = tuple(
    section.SECTION
    for section in (
        exposure,
        order,
        insurance,
        provision,
        terms,
        plan,
        reviews,
        approval,
        statements,
        admission,
        ratings,
        plausible,
        metrics,
        signals,
        interest,
        countries,
        letters,
    )
)
"""Every section, in the order of the canonical form."""
