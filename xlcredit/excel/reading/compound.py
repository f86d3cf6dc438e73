"""Compound files (OLE), the container of .xls and of encrypted .xlsx: a small file system of streams.

A stream is a chain of *sectors* that an allocation table links; short streams lie in small sectors
inside a stream of their own.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")

_LAST = 0xFFFFFFFA
"""Sector numbers from here on mark the end of a chain, or sectors of no stream."""

_STREAM, _ROOT = 2, 5
_SMALL_BELOW = 4096
_SMALL_SECTOR = 64


@dataclass(frozen=True, slots=True)
class _Sectors:
    """Numbered sectors of one size, and for each the one that follows it."""

    data: bytes
    size: int
    table: tuple[int, ...]

    def chain(self, at: int) -> bytes:
        """The bytes of the chain that begins at a sector; the last one may be cut short by its writer."""
        pieces: list[bytes] = []
        while at < _LAST:
            if at >= len(self.table) or len(pieces) > len(self.table):
                raise ValueError(f"the chain of sectors breaks at {at}")
            pieces.append(self.data[at * self.size : (at + 1) * self.size])
            at = self.table[at]
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Compound:
    """The streams of a compound file by name: first sector and size of each."""

    streams: Mapping[str, tuple[int, int]]
    _large: _Sectors
    _small: _Sectors

    @staticmethod
    def read(data: bytes) -> Compound:
        """The compound file in these bytes; ValueError where its tables do not hold together."""
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise ValueError("no compound file")
        size = 4096 if data[30] == 12 else 512
        body = data[size:]
        large = _Sectors(body, size, tuple(_numbers(body, size, _table_sectors(data, body, size))))
        entries = list(_entries(large.chain(_number(data, 48))))
        root = next((first for kind, _, first, _ in entries if kind == _ROOT), _LAST)
        small_table = large.chain(_number(data, 60))
        small = _Sectors(large.chain(root), _SMALL_SECTOR, struct.unpack(f"<{len(small_table) // 4}I", small_table))
        return Compound({name: (first, size) for kind, name, first, size in entries if kind == _STREAM}, large, small)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        first, size = self.streams[name]
        return (self._small if size < _SMALL_BELOW else self._large).chain(first)[:size]


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _table_sectors(data: bytes, body: bytes, size: int) -> Iterator[int]:
    """Sectors of the allocation table: 109 in the header, the others listed in sectors of their own."""
    yield from (number for number in struct.unpack_from("<109I", data, 76) if number < _LAST)
    following, count = struct.unpack_from("<2I", data, 68)
    for _ in range(min(count, len(body) // size)):
        *numbers, following = _numbers(body, size, [following])
        yield from (number for number in numbers if number < _LAST)


def _numbers(body: bytes, size: int, sectors: Iterator[int] | list[int]) -> Iterator[int]:
    for at in sectors:
        sector = body[at * size : (at + 1) * size]
        if len(sector) < size:
            raise ValueError(f"sector {at} lies beyond the end")
        yield from struct.unpack(f"<{size // 4}I", sector)


def _entries(directory: bytes) -> Iterator[tuple[int, str, int, int]]:
    """Kind, name, first sector and size of each entry."""
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        first, size = struct.unpack_from("<2I", entry, 116)
        yield kind, entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace"), first, size
