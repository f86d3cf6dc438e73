"""Signals: where the tests begin to see something, the level of each kind, and what each level requires."""

from __future__ import annotations

from math import nan
from typing import Any

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, SPAN, Number, Open, Table, Text
from xlcredit.rules.signals import KINDS, LEVELS, OFF, Indicator, Limits, Response, SignalRule

_ABOVE_0 = Number(least=0, above=True)
_SERIES = Number(least=2, whole=True)
_LIMITS = Table(
    {
        "least_payments": _SERIES,
        "p": Number(least=0, most=1, above=True),
        "slope": Number(least=0),
        "days_beyond_terms": Number(least=0),
        "payer_days": SPAN,
        "payer_accounts": SPAN,
        "ownership_days": SPAN,
        "ownership_changes": SPAN,
        "legal_days": SPAN,
        "legal_increase": SPAN,
        "index_fall": Number(least=0, most=1, above=True),
        "least_orders": _SERIES,
        "order_z": _ABOVE_0,
        "history_days": COUNT,
        "checklist_days": SPAN,
        "old_days": COUNT,
        "lapse_days": COUNT,
        "share": SHARE,
        "hhi": SHARE,
        "stress": SPAN,
    }
)
_RESPONSE = Table({"action": Text(), "owner": Text(), "due_days": COUNT})
_INDICATOR = Table(
    {
        "better": Text(choices=("higher", "lower")),
        "threshold": Number(words=(OFF,)),
        "change": Number(least=0, above=True, words=(OFF,), default=OFF),
        "level": Text(choices=(*LEVELS, OFF)),
    }
)


def rule(tree: Tree) -> SignalRule:
    """What the signals go by."""
    table = tree["signals"]
    return SignalRule(
        Limits(**{key: _plain(held) for key, held in table["limits"].items()}),
        dict(table["levels"]),
        {level: Response(**held) for level, held in table["responses"].items()},
        {name: _indicator(held) for name, held in table["indicators"].items()},
    )


def _plain(held: Any) -> Any:  # noqa: ANN401 (a count stays whole)
    return held if isinstance(held, int) else float(held)


def _indicator(held: Tree) -> Indicator:
    threshold, change = (nan if held[key] == OFF else float(held[key]) for key in ("threshold", "change"))
    return Indicator(held["better"], threshold, change, held["level"])


def _check_indicators(tree: Tree, check: Check) -> None:
    """An indicator in use has a threshold or a change that signals."""
    for name, held in (at(tree, "signals", "indicators") or {}).items():
        silent = held.get("threshold") == held.get("change") == OFF
        if silent and held.get("level") != OFF:
            check.contradiction("policy-indicator-silent", ("signals", "indicators", name), value=name)


SECTION = Section(
    "signals",
    Table(
        {
            "limits": _LIMITS,
            "levels": Table({kind: Text(choices=(*LEVELS, OFF)) for kind in KINDS}),
            "responses": Table(dict.fromkeys(LEVELS, _RESPONSE)),
            "indicators": Open(_INDICATOR),
        }
    ),
    (_check_indicators,),
)
