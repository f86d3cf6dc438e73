"""Once: what several lists ask of a review is worked out when the first asks, and kept with what it was asked of."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Keeper:
    """What answers can be kept with; a changed copy begins without any."""

    kept: dict[Hashable, Any] = field(init=False, default_factory=dict, repr=False, compare=False)


Asked = TypeVar("Asked", bound=Keeper)
Answer = TypeVar("Answer")


def once(work: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The function, worked out once for each case or review; nobody may change what it gives."""

    @wraps(work)
    def answer(asked: Asked) -> Answer:
        if work not in asked.kept:
            asked.kept[work] = work(asked)
        found: Answer = asked.kept[work]
        return found

    return answer
