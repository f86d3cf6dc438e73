"""Keys that a policy makes up: days from which something holds, and amounts from which it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from xlcredit.policy.check import Check
from xlcredit.policy.paths import Path
from xlcredit.policy.shapes import LARGEST


def check_days(keys: Iterable[str], path: Path, check: Check) -> None:
    """Each key is a date like 2026-01-01."""
    for key in keys:
        if not _is_day(key):
            check.contradiction("policy-key-not-a-date", (*path, key), key=key)


def check_amounts(keys: Iterable[str], path: Path, check: Check) -> None:
    """Each key is an amount, each in one writing: 1000, not 1000.0 beside it."""
    seen: dict[Decimal, str] = {}
    for key in keys:
        value = amount_of(key)
        if value is None:
            check.contradiction("policy-key-not-an-amount", (*path, key), key=key)
        elif value in seen:
            check.contradiction("policy-stands-twice", (*path, key), key=key)
        else:
            seen[value] = key


def amount_of(key: str) -> Decimal | None:
    """The amount a key states, None where it states none, or one below 0 or beyond all reason."""
    try:
        value = Decimal(key)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= LARGEST else None


def _is_day(key: str) -> bool:
    try:
        return date.fromisoformat(key).isoformat() == key
    except ValueError:
        return False
