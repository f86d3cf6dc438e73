"""Sections: one module for each credit concept, with its keys, its checks and the rule its table is decoded to."""

from __future__ import annotations

from xlcredit.policy.sections import admission, ratings, reviews, statements
from xlcredit.policy.sections.section import Section

SECTIONS: tuple[Section, ...] = (reviews.SECTION, statements.SECTION, admission.SECTION, ratings.SECTION)
"""Every section, in the order of the canonical form."""
