"""Errors and findings: what each code says and what to do, from the cases of tests/errors and both languages."""

from __future__ import annotations

import shlex

from tests.errors.cases import Case, cases
from xlcredit.locales import Words

INTRODUCTION = """\
# Errors and findings

An *error* ends the run with exit code 2: something is wrong with the policy, the file or the call, and nothing is
written. A *finding* is a fact about the data: the run goes on, the row stays, and the finding is printed, stands on
the Findings sheet and in the JSON. Findings are errors, warnings or notes; `--fail-on` says which of them make the
exit code 1.

Each entry was provoked by the case of the same name under `tests/errors/`, which the tests run in both languages. What
stands in braces is filled in from the case; the remedy is in bold.
"""


def page() -> str:
    """Errors first, then findings, each by code."""
    known = cases().values()
    parts = [INTRODUCTION]
    for title, is_finding in (("Errors", False), ("Findings", True)):
        chosen = [case for case in known if case.is_finding == is_finding]
        links = " · ".join(f"[{case.code}](#{case.code})" for case in chosen)
        parts += [f"## {title}\n\n{links}\n", *map(_entry, chosen)]
    return "\n".join(parts)


def _entry(case: Case) -> str:
    words = [Words.of(lang).table["problems"][case.code] for lang in ("en", "zh")]
    said = "\n\n".join(f"{_escaped(each['message'])} **{_escaped(each['remedy'])}**" for each in words)
    return f"### {case.code}\n\n{said}\n\n{_example(case)}"


def _example(case: Case) -> str:
    lines = case.says["en"].splitlines()
    command = [f"$ xlcredit {shlex.join(case.command)}"] if case.command else []
    return "\n".join(["```", *command, *lines, "```", ""])


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
