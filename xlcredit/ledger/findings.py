"""A finding: a fact about one row of data, with its place and remedy.

Findings are collected and shown together; nothing is dropped because of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlcredit.locales import Words

SEVERITIES = ("info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """Severity, code, place ("Open items!F12") and the facts of the case; ``locales`` has the words."""

    severity: str
    code: str
    where: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"severity {self.severity!r} is none of {', '.join(SEVERITIES)}")

    def message(self, words: Words | None = None) -> str:
        """What was found, with the value."""
        return (words or Words.of("en")).problem(self.code, "message", self.facts)

    def remedy(self, words: Words | None = None) -> str:
        """What to do about it."""
        return (words or Words.of("en")).problem(self.code, "remedy", self.facts)


def at_least(findings: tuple[Finding, ...], severity: str) -> tuple[Finding, ...]:
    """The findings of this severity or worse."""
    floor = SEVERITIES.index(severity)
    return tuple(f for f in findings if SEVERITIES.index(f.severity) >= floor)
