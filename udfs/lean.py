"""xlwings' decorators without the libraries it would load for conversions that nothing here uses.

``import xlwings`` takes pandas, matplotlib, Pillow and polars along where they are installed; that is four fifths of
its time. Where a host imported xlwings before us, it is used as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_UNUSED = ("matplotlib", "pandas", "PIL", "polars")


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """These libraries cannot be imported inside; afterwards they can."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # None in this table means "not installed"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without(_UNUSED):
    from xlwings import arg, func, ret

__all__ = ["arg", "func", "ret"]
