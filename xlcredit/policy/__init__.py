"""Policies: builtin, from a file, from the workbook's Policy sheet and from --set, merged, checked and decoded.

Precedence rises in that order. Tables merge key by key and lists replace whole; ``--set`` reaches into
lists too, by key (``grades.B.from``) or position (``dunning.procedures.prompt.levels.2.from``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlcredit.policy.canonical import canonical, figures, fingerprint
from xlcredit.policy.decode import decode
from xlcredit.policy.policy import AUTO, Policy
from xlcredit.policy.settings import apply
from xlcredit.policy.sources import STANDARD, Marked, SheetSource, Source, builtin_names, toml_source

__all__ = ["AUTO", "Policy", "builtin_names", "canonical", "figures", "fingerprint", "load"]


def load(
    policy: str | Path | None = None,
    *,
    sheet: Mapping[str, Any] | None = None,
    sheet_name: str = "",
    sets: Sequence[str] = (),
    folder: Path = Path(),
) -> Policy:
    """The policy of this name or file, with the figures of a Policy sheet and of --set over it.

    Args:
        policy: a TOML file or the name of a builtin; a file that exists wins. "standard" without one.
        sheet: the mapping a workbook's Policy sheet holds.
        sheet_name: how that sheet is called, so that its faults are told as its.
        sets: single figures, ``limit.step=500``, ``grades.B.from=70``, ``dunning.procedure=stepped``.
        folder: where the file is looked for.

    Raises:
        PolicyError: there is no such policy, it is no TOML, or it has faults, all of which it holds.
    """
    file = toml_source(policy or STANDARD, folder)
    sources: list[Source] = [file, *([SheetSource(sheet)] if sheet else [])]
    tree: Marked = {}
    for source in sources:
        tree = source.over(tree)
    tree, faults = apply(tree, sets)
    named = sheet_name if sheet else ""
    validated = [file.label] if policy or not named else []
    return decode(tree, ", ".join([*validated, *([named] if named else [])]), faults)
