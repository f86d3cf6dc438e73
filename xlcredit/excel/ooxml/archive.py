"""A package written anew: kept members copied with their compressed bytes, edited ones deflated as they come.

A kept member keeps its local header too, so that it differs in nothing but its place in the file.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from isal import isal_zlib

from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.ooxml.safety import LARGEST_MEMBER, refuse_larger

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = b"PK\x07\x08"
_COPY = 1 << 20
_ZIP64 = 1
_STREAMED = 8
_UTF8 = 0x800


class Archive:
    """The zip being written."""

    def __init__(self, stream: BinaryIO, source: Package) -> None:
        self.stream = stream
        self.source = source
        self._directory: list[bytes] = []

    def copy(self, member: zipfile.ZipInfo) -> None:
        """Copies a member of the source byte by byte."""
        _, end = self.source.data_range(member)
        offset = self.stream.tell()
        name = self._raw_name(member)
        self._copy_range(member.header_offset, end + self._descriptor(member, end))
        self._list(member, name, offset, (member.CRC, member.compress_size, member.file_size), member.flag_bits)

    def write(self, member: zipfile.ZipInfo, blocks: Iterable[bytes]) -> None:
        """Writes a member's new content, deflated as it comes; size and checksum are filled in afterwards."""
        offset = self.stream.tell()
        encoded = member.filename.encode()
        flags = 0 if member.filename.isascii() else _UTF8
        self.stream.write(_local_header(member, encoded, flags, (0, 0, 0)))
        measured = self._deflate(blocks)
        end = self.stream.tell()
        self.stream.seek(offset)
        self.stream.write(_local_header(member, encoded, flags, measured))
        self.stream.seek(end)
        written = zipfile.ZipInfo(member.filename, member.date_time)
        written.compress_type = zipfile.ZIP_DEFLATED
        written.external_attr, written.create_system = member.external_attr, member.create_system
        self._list(written, encoded, offset, measured, flags)

    def close(self) -> None:
        """Writes the directory."""
        start, count = self.stream.tell(), len(self._directory)
        self.stream.write(b"".join(self._directory))
        size = self.stream.tell() - start
        refuse_larger(self.source.file, start + size, LARGEST_MEMBER)
        self.stream.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))

    def _copy_range(self, start: int, end: int) -> None:
        source = self.source.stream
        source.seek(start)
        while start < end:
            block = source.read(min(_COPY, end - start))
            self.stream.write(block)
            start += len(block)

    def _raw_name(self, member: zipfile.ZipInfo) -> bytes:
        self.source.stream.seek(member.header_offset + 26)
        length = int.from_bytes(self.source.stream.read(2), "little")
        self.source.stream.read(2)
        return self.source.stream.read(length)

    def _descriptor(self, member: zipfile.ZipInfo, end: int) -> int:
        """Length of the data descriptor behind a streamed member: with or without signature, 4- or 8-byte sizes."""
        if not member.flag_bits & _STREAMED:
            return 0
        self.source.stream.seek(end)
        found = self.source.stream.read(24)
        signed = 4 if found.startswith(_DESCRIPTOR) else 0
        narrow = struct.pack("<3L", member.CRC, member.compress_size, member.file_size)
        return signed + (12 if found[signed : signed + 12] == narrow else 20)

    def _deflate(self, blocks: Iterable[bytes]) -> tuple[int, int, int]:
        deflater = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)
        start, crc, size = self.stream.tell(), 0, 0
        for block in blocks:
            crc, size = isal_zlib.crc32(block, crc), size + len(block)
            self.stream.write(deflater.compress(block))
        self.stream.write(deflater.flush())
        refuse_larger(self.source.file, size, LARGEST_MEMBER)
        return crc, self.stream.tell() - start, size

    def _list(
        self, member: zipfile.ZipInfo, name: bytes, offset: int, measured: tuple[int, int, int], flags: int
    ) -> None:
        extra, comment = b"".join(_extras_but_zip64(member.extra)), member.comment
        version = member.create_version | member.create_system << 8
        head = (b"PK\x01\x02", version, member.extract_version, flags, member.compress_type, *_dos(member))
        lengths = (len(name), len(extra), len(comment), 0, member.internal_attr)
        fixed = _CENTRAL.pack(*head, *measured, *lengths, member.external_attr, offset)
        self._directory.append(fixed + name + extra + comment)


def new_member(name: str) -> zipfile.ZipInfo:
    """The entry of a part that was not there, dated so that two runs give the same bytes."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _local_header(member: zipfile.ZipInfo, name: bytes, flags: int, measured: tuple[int, int, int]) -> bytes:
    return _LOCAL.pack(b"PK\x03\x04", 20, flags, zipfile.ZIP_DEFLATED, *_dos(member), *measured, len(name), 0) + name


def _dos(member: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = member.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _extras_but_zip64(extra: bytes) -> Iterator[bytes]:
    # The sizes and the offset written here always fit the plain fields.
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind != _ZIP64:
            yield extra[: 4 + length]
        extra = extra[4 + length :]
