"""Why functions gave errors: Calc keeps an error's code in the cell and forgets the rest."""

from __future__ import annotations

from collections import deque

KEPT = 3


class Reasons:
    """The latest reasons of each function and code; a cell that asks is answered from those of its own function."""

    def __init__(self):
        self._said: dict[tuple[str, str], deque[str]] = {}

    def note(self, function: str, code: str, reason: str) -> None:
        """Keeps a reason, the latest last."""
        said = self._said.setdefault((function, code), deque(maxlen=KEPT))
        if reason in said:
            said.remove(reason)
        said.append(reason)

    def texts(self, formula: str, code: str) -> list[str]:
        """An error as the functions in a formula stated it, latest first; its bare code where none of them did."""
        called = formula.upper()
        found = [
            f"{code} {reason}"
            for (function, of), reasons in self._said.items()
            if of == code and f"{function}(" in called
            for reason in reversed(reasons)
        ]
        return found or [code]
