"""Where each figure of the policy stands on the Policy sheet, as formulas refer to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlcredit.excel.policysheet import MARK
from xlcredit.locales import Words
from xlcredit.policy import Policy
from xlcredit.policy.sheet import AS_OF, HEADINGS, to_rows

COLUMNS = {heading: "ABCDEF"[place] for place, heading in enumerate(HEADINGS)}


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one list of bounds, as absolute references to its columns."""

    entry: str
    side: str
    bound: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """References to the Policy sheet that ``to_rows`` makes of a policy."""

    policy: Policy
    words: Words
    rows: dict[str, tuple[int, int]] = field(init=False, repr=False)
    """Key → first and last row, counted from 1."""

    def __post_init__(self) -> None:
        rows: dict[str, tuple[int, int]] = {}
        for number, (key, *_) in enumerate(to_rows(self.policy, self.words), 1):
            rows[key] = (rows.get(key, (number, 0))[0], number)
        object.__setattr__(self, "rows", rows)

    @property
    def as_of(self) -> str:
        """The cell of the as-of date."""
        return self.cell(AS_OF)

    def cell(self, key: str) -> str:
        """The value of a single figure."""
        return f"{{sheet[{MARK}]}}!${COLUMNS['value']}${self.rows[key][0]}"

    def band(self, key: str) -> Band:
        """The columns of a list."""
        first, last = self.rows[key]
        columns = {name: f"{{sheet[{MARK}]}}!${at}${first}:${at}${last}" for name, at in COLUMNS.items()}
        return Band(columns["entry"], columns["side"], columns["bound"], columns["value"], columns["meaning"])
