"""Provision: the keys of the provision matrix and of what lowers a loss."""

from __future__ import annotations

from xlcredit.kernel.bands import Bands
from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree, at, check_choice
from xlcredit.policy.sections.section import Section
from xlcredit.policy.shapes import COUNT, SHARE, Number, Open, Table, Text
from xlcredit.rules.provision import UNDATED, ProvisionRule

_SHAPE = Table(
    {
        "forward_factor": Number(least=0, most=100),
        "default_days": COUNT,
        "significant_days": COUNT,
        "lgd": SHARE,
        "set_off": Text(choices=("none", "customer")),
        "cover": Text(choices=("separate", "integral")),
        "retention_recovery": SHARE,
        "rates": Open(SHARE),
        "segment_by": Text(choices=("segment", "industry", "country")),
        "segments": Open(Open(SHARE)),
        "pd": Open(SHARE),
    }
)


def check_rates(tree: Tree, check: Check) -> None:
    """Every aging bucket has a loss rate; rates of buckets a policy has no more are no fault, since tables merge."""
    rates = at(tree, "provision", "rates") or {}
    if not (check.sound("aging") and check.sound("provision", "rates")) or _told("aging.buckets", check):
        return
    for bucket in _buckets(tree):
        if bucket not in rates:
            check.contradiction("policy-bucket-without-rate", ("aging", "buckets", bucket), value=bucket)


def check_segments(tree: Tree, check: Check) -> None:
    """A segment's rates are of aging buckets, and a PD is of a grade."""
    for name, rates in (at(tree, "provision", "segments") or {}).items():
        for bucket in rates:
            check_choice(bucket, _buckets(tree), ("provision", "segments", name, bucket), check)
    grades = [entry["grade"] for entry in tree.get("grades") or [] if "grade" in entry]
    for grade in at(tree, "provision", "pd") or {}:
        check_choice(grade, grades, ("provision", "pd", grade), check)


def _buckets(tree: Tree) -> tuple[str, ...]:
    return (*(bucket["key"] for bucket in at(tree, "aging", "buckets") or [] if "key" in bucket), UNDATED)


def _told(place: str, check: Check) -> bool:
    """Whether a fault below a place is told already."""
    return any(fault.where.startswith(place) for fault in check.faults)


SECTION = Section("provision", _SHAPE, (check_rates, check_segments))


def rule(tree: Tree, bands: Bands) -> ProvisionRule:
    """The provision matrix that a checked policy states, over the buckets of its aging."""
    table = tree["provision"]
    return ProvisionRule(
        bands=bands,
        rates=_floats(table["rates"]),
        segments={name: _floats(rates) for name, rates in table["segments"].items()},
        segment_by=table["segment_by"],
        pd=_floats(table["pd"]),
        lgd=float(table["lgd"]),
        forward_factor=float(table["forward_factor"]),
        default_days=table["default_days"],
        significant_days=table["significant_days"],
        set_off=table["set_off"],
        cover_is_integral=table["cover"] == "integral",
        retention_recovery=float(table["retention_recovery"]),
    )


def _floats(table: Tree) -> dict[str, float]:
    return {key: float(share) for key, share in table.items()}
