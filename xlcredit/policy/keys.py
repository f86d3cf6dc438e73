"""Keys: every key of a policy in one declaration, which serves reading, the canonical order, the sheet and --set."""

from __future__ import annotations

from xlcredit.kernel.money import CURRENCIES
from xlcredit.policy.sections import SECTIONS
from xlcredit.policy.shapes import BOUND, COUNT, SHARE, SPAN, Entries, Names, Number, Open, Table, Text
from xlcredit.rules.dunning import ESCALATIONS, KINDS, MEASURES, UNITS

_POINTS = Number(least=0, most=100, places=2)

_LEVEL = Table({**BOUND, "action": Text(), "channel": Text(empty=True, default="")})
_PROCEDURE = Table(
    {
        "grace_days": Number(least=0, whole=True, default=0),
        "minimum_amount": Number(least=0, default=0),
        "escalation": Text(choices=ESCALATIONS, default="jump"),
        "days_between": Number(least=0, whole=True, default=0),
        "minimum_per_customer": Number(least=0, default=0),
        "per": Text(choices=UNITS, default="item"),
        "promise_days": Number(least=0, whole=True, default=0),
        "levels": Entries(_LEVEL),
        "level_fees": Open(Number(least=0), needed=False),
        "level_interest": Open(Text(), needed=False),
        "level_letters": Open(Text(), needed=False),
    }
)
_CHARACTERISTIC = Table(
    {
        "name": Text(),
        "better": Text(choices=("higher", "lower")),
        "missing": Number(least=0, most=100, places=2, words=("reweight",), default="reweight"),
        "attributes": Entries(Table({**BOUND, "points": _POINTS})),
    }
)

POLICY = Table(
    {
        "name": Text(),
        "version": Text(empty=True),
        "currency": Text(choices=("", *CURRENCIES), empty=True, code="policy-unknown-currency"),
        "aging": Table(
            {
                "basis": Text(choices=("due_date", "document_date")),
                "buckets": Entries(Table({"key": Text(), **BOUND}), key="key"),
            }
        ),
        "dunning": Table(
            {
                "procedure": Text(),
                "agency_fee": SHARE,
                "steps": Names(),
                "kinds": Open(Text(choices=KINDS)),
                "reasons": Open(Text(choices=MEASURES)),
                "tasks": Open(Open(COUNT)),
                "procedures": Open(_PROCEDURE),
            }
        ),
        "measures": Table({"window_days": SPAN, "recent_days": SPAN}),
        "scoring": Table({"scorecard": Text(), "order": Names(), "enough": SHARE, "reasons": COUNT}),
        "grades": Entries(Table({"grade": Text(), **BOUND, "limit_factor": SHARE}), key="grade"),
        "limit": Table(
            {
                "combine": Text(choices=("lowest", "average")),
                "step": Number(least=0, above=True, words=("auto",)),
                "maximum": Number(least=0, words=("unlimited",)),
                "tax": SHARE,
                "caps": Open(Number(least=0, above=True, words=("off",))),
            }
        ),
        "insurance": Table({"cover": Number(least=0, most=1, above=True), "premium_from": SHARE, "premium_to": SHARE}),
        **{section.key: section.shape for section in SECTIONS},
        "scorecards": Open(Table({"characteristics": Entries(_CHARACTERISTIC, key="name")})),
    }
)
"""Every key of a policy, in the order of the canonical form."""
