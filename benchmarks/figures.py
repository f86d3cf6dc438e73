"""A figure: what was measured, the alternative's in the same run, their ratio, and what was aimed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

HEADINGS = ("what", "xlcredit", "compared with", "theirs", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; quantities are written with their unit."""

    what: str
    ours: str
    peer: str = ""
    theirs: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of ``HEADINGS``."""
        ratio = "" if self.ratio is None else f"{self.ratio:.3g} ×"
        met = "" if self.met is None else ("yes" if self.met else "NO")
        return (self.what, self.ours, self.peer, self.theirs, ratio, self.target, met)


def at_least(times: float, what: str, ours: str, peer: str, theirs: str, ratio: float) -> Figure:
    """A figure that aims to beat the peer this many times."""
    return Figure(what, ours, peer, theirs, ratio, f"≥ {times:g} ×", ratio >= times)


def at_most(times: float, what: str, ours: str, peer: str, theirs: str, ratio: float) -> Figure:
    """A figure that aims to cost no more than this many times the peer's."""
    return Figure(what, ours, peer, theirs, ratio, f"≤ {times:.3g} ×", ratio <= times)


class Benchmark(Protocol):
    """A module of this package that measures something."""

    def measure(self, *, quick: bool) -> Iterator[Figure]:
        """Its figures, one after the other; ``quick`` takes smaller data and fewer repeats."""
        ...


def time_of(seconds: float) -> str:
    """Seconds as a person reads them: 17.2 ms, 2.31 s."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def memory_of(megabytes: float) -> str:
    """Megabytes as a person reads them."""
    return f"{megabytes:,.0f} MB"
