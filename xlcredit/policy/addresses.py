"""Addresses: how an entry of a list is called in a path, and the fault of a path that leads nowhere."""

from __future__ import annotations

from xlcredit.kernel.errors import PolicyError
from xlcredit.policy.paths import Path, dotted, nearest
from xlcredit.policy.sources import Given, Marked


def address(entry: Marked, key: str, position: int) -> str:
    """How an entry of a list is called in a path: by its key, else by its position from 1."""
    held = entry.get(key) if isinstance(entry, dict) else None
    if isinstance(held, Given) and isinstance(held.value, str) and held.value:
        return held.value
    return str(position)


def unknown_key(key: str, known: tuple[str, ...], above: Path, source: str) -> PolicyError:
    """The fault of a key that is not known here."""
    return PolicyError(
        "policy-unknown-key",
        dotted((*above, key)),
        key=key,
        nearest=nearest(key, known),
        known=", ".join(known),
        source=source,
    )
