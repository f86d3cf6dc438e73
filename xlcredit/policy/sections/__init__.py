"""Sections: one module for each credit concept, with its keys, its checks and the rule its table is decoded to."""

from __future__ import annotations

from xlcredit.policy.sections import insurance, provision
from xlcredit.policy.sections.section import Section

SECTIONS: tuple[Section, ...] = (insurance.SECTION, provision.SECTION)
"""Every section, in the order of the canonical form."""
