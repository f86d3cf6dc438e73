"""Exposure: which components count, how far rates may move, and the caps of countries."""

from __future__ import annotations

from xlcredit.policy.consistency import Tree
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import Number, Open, Table, Text
from xlcredit.rules.exposure import ExposureRule

YES = "yes"
_SWITCH = Text(choices=(YES, "no"))

SECTION = Section(
    "exposure",
    Table(
        {
            "orders": _SWITCH,
            "unbilled": _SWITCH,
            "guarantees": _SWITCH,
            "fx_shock": Number(least=0, most=1),
            "country_caps": Open(Number(least=0)),
        }
    ),
)


def rule(tree: Tree) -> ExposureRule:
    """The rule that a policy's exposure makes."""
    table = tree["exposure"]
    return ExposureRule(
        orders=table["orders"] == YES,
        unbilled=table["unbilled"] == YES,
        guarantees=table["guarantees"] == YES,
        fx_shock=float(table["fx_shock"]),
        country_caps={country: float(cap) for country, cap in table["country_caps"].items()},
    )
