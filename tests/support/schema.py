"""The schema check: what a validator of Office Open XML, and ``integrity``, have to say about a package.

A workbook of somebody else's may have faults of its own; ours may add none.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from openxml_audit import OpenXmlValidator, ValidationSeverity

from tests.support.integrity import faults


def errors(package: Path) -> list[str]:
    """Every fault, as "part: what"."""
    result = OpenXmlValidator(max_errors=100_000).validate(str(package))
    # Its warnings say what Excel would write otherwise, such as inline strings: no faults.
    found = (e for e in result.errors if e.severity is ValidationSeverity.ERROR)
    return sorted([*(f"{e.part_uri}: {e.description}" for e in found), *faults(package)])


def new_errors(before: Path, after: Path) -> list[str]:
    """Faults of the second package that the first did not have, nor had as often."""
    return sorted((Counter(errors(after)) - Counter(errors(before))).elements())
