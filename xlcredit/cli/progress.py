"""A progress bar for a person who watches and waits longer than a second; nothing for a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[float], None]
"""Called with the part done, 0–1."""


@contextmanager
def progress(title: str) -> Iterator[Advance]:
    """A bar on standard error while the block runs."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(total=100, desc=title, delay=1, leave=False, bar_format="{desc} {bar} {percentage:3.0f}%") as bar:

        def advance(part: float) -> None:
            bar.update(round(part * 100) - bar.n)

        yield advance
