"""Orders: what holds one, and what is let pass for core, reduced and new customers."""

from __future__ import annotations

from xlcredit.policy.consistency import Tree
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, Names, Open, Table, Text
from xlcredit.rules.order import RELEASE, OrderRule
from xlcredit.rules.order.rule import NAME, NEAR_NAME

HOLD = "hold"
_FATE = Text(choices=(HOLD, RELEASE))

SECTION = Section(
    "order",
    Table(
        {
            "tolerance_days": COUNT,
            "core_tolerance": SHARE,
            "reduced_share": SHARE,
            "new_customers": Text(choices=("insured", "limit")),
            "new_months": COUNT,
            "unknown_customers": _FATE,
            "blacklist": Text(choices=(NEAR_NAME, NAME, "off")),
            "dunning_block": _FATE,
            "prepayment": _FATE,
            "bank_ratings": Names(),
            "methods": Open(SHARE),
        }
    ),
)


def rule(tree: Tree) -> OrderRule:
    """The rule that a policy's orders make."""
    table = tree["order"]
    return OrderRule(
        tolerance_days=table["tolerance_days"],
        core_tolerance=float(table["core_tolerance"]),
        reduced_share=float(table["reduced_share"]),
        new_customers=table["new_customers"],
        new_months=table["new_months"],
        holds_unknown=table["unknown_customers"] == HOLD,
        holds_listed=table["blacklist"],
        holds_dunning_block=table["dunning_block"] == HOLD,
        holds_short_prepayment=table["prepayment"] == HOLD,
        risk_shares={method: float(share) for method, share in table["methods"].items()},
        good_banks=frozenset(table["bank_ratings"]),
    )
