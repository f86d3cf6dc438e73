"""Sections: one module for each credit concept, with its keys, its checks and the rule its table is decoded to."""

from __future__ import annotations

from xlcredit.policy.sections import countries, interest
from xlcredit.policy.sections.section import Section

SECTIONS: tuple[Section, ...] = (interest.SECTION, countries.SECTION)
"""Every section, in the order of the canonical form."""
