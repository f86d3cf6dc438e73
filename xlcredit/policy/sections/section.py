"""A section: what one credit concept adds to a policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlcredit.policy.check import Check
from xlcredit.policy.consistency import Tree
from xlcredit.policy.shapes import Open, Table


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the policy: its key, its shape, and the checks of its figures against each other.

    Lists of a section are open tables whose keys the policy makes up (a rating, a bucket, the day a rate starts), so
    that they merge key by key, are reached by --set and stand on the Policy sheet as they are.
    """

    key: str
    shape: Table | Open
    checks: tuple[Callable[[Tree, Check], None], ...] = ()
