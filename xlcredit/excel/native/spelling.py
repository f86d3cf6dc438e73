"""How a file writes formulas: parameters and functions newer than Excel 2007 carry prefixes that nobody sees.

Formulas here are written with parameters in lower case and all else in upper case; that tells them apart.
"""

from __future__ import annotations

import re
from typing import Final

NEWER: Final = (
    "LAMBDA",
    "LET",
    "MAKEARRAY",
    "REDUCE",
    "SEQUENCE",
    "UNICHAR",
    "UNICODE",
)
"""Functions newer than Excel 2007 that our formulas call."""

_TOKEN = re.compile(rf'"(?:[^"]|"")*"|\{{[^}}]*\}}|(?<![A-Za-z_.])([a-z][a-z_]*)|\b({"|".join(NEWER)})(?=\()')


def filed(formula: str) -> str:
    """The formula as a file holds it; ``{sheet[mark]}`` and texts stay."""
    return _TOKEN.sub(_prefixed, formula)


def _prefixed(token: re.Match[str]) -> str:
    parameter, function = token.groups()
    return f"_xlpm.{parameter}" if parameter else f"_xlfn.{function}" if function else token[0]


def text(value: str) -> str:
    """A text as a formula writes it."""
    return '"' + value.replace('"', '""').replace("{", "{{").replace("}", "}}") + '"'
