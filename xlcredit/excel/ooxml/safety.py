"""What a zip's directory must not say: names that lead elsewhere or stand twice, and sizes no workbook has."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from xlcredit.kernel.errors import WorkbookError

LARGEST_MEMBER = 4 * 1024**3 - 1
LARGEST_TOTAL = 8 * 1024**3
LARGEST_RATIO = 100
"""Unpacked to packed; a sheet that repeats itself a million times reaches about 50."""
RATIO_FROM = 64 * 1024**2
"""Smaller members may repeat themselves as they like."""
MOST_MEMBERS = 20_000


def refuse_unsafe(file: str, members: Sequence[zipfile.ZipInfo]) -> None:
    """Raises WorkbookError where a package is unsafe to unpack."""
    if len(members) > MOST_MEMBERS:
        raise WorkbookError("zip-bomb", file=file, size=f"{len(members):,}", limit=f"{MOST_MEMBERS:,}")
    _refuse_names(file, members)
    for member in members:
        if member.flag_bits & 1:
            raise WorkbookError("encrypted", file=file)
        refuse_larger(file, member.file_size, LARGEST_MEMBER)
        refuse_larger(file, member.file_size, max(RATIO_FROM, LARGEST_RATIO * member.compress_size))
    refuse_larger(file, sum(member.file_size for member in members), LARGEST_TOTAL)


def refuse_larger(file: str, size: int, limit: int) -> None:
    """Raises WorkbookError where a size exceeds a limit."""
    if size > limit:
        raise WorkbookError("zip-bomb", file=file, size=in_units(size), limit=in_units(limit))


def part_key(name: str) -> str:
    """What two names of one part have in common: they count without regard to case and slant."""
    return name.replace("\\", "/").lower()


def in_units(size: int) -> str:
    """A size as people read it."""
    for unit, power in (("GiB", 3), ("MiB", 2), ("KiB", 1)):
        if size >= 1024**power:
            return f"{size / 1024**power:.1f} {unit}"
    return f"{size} B"


def _refuse_names(file: str, members: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        key = part_key(member.filename)
        if key in seen:
            raise WorkbookError("duplicate-entry", file=file, entry=member.filename)
        if key.startswith("/") or key[1:2] == ":" or ".." in key.split("/"):
            raise WorkbookError("unsafe-entry", file=file, entry=member.filename)
        seen.add(key)
