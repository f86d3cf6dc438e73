"""A workbook file as a package: its members, checked for safety, and the relationships between its parts.

A *member* is an entry of the zip; a *part* is a member the workbook knows by name. Nothing is unpacked
further than its stated size, and no part is trusted before its checksum has been seen.
"""

from __future__ import annotations

import posixpath
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import unquote

from isal import isal_zlib

from xlcredit.excel.ooxml.markup import Document
from xlcredit.excel.ooxml.safety import part_key, refuse_larger, refuse_unsafe
from xlcredit.kernel.errors import WorkbookError

LARGEST_DOCUMENT = 128 * 1024**2
_BLOCK = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ISAL_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]
_ENRICHABLE = ("sheet.main+xml", "template.main+xml", "sheet.macroEnabled.main+xml", "template.macroEnabled.main+xml")


class Package:
    """An open .xlsx or .xlsm; a context manager."""

    def __init__(self, path: Path, stream: BinaryIO, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.file = path.name
        self.stream = stream
        self.members = tuple(archive.infolist())
        self.start_of_directory = archive.start_dir
        self._by_key = {part_key(member.filename): member for member in self.members}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens a zip-based workbook after checking that it is safe to unpack."""
        path = Path(path)
        stream = _opened(path)
        try:
            _refuse_non_zip(stream, path.name)
            package = cls(path, stream, zipfile.ZipFile(stream))
            refuse_unsafe(package.file, package.members)
            package._check_places()
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OverflowError) as error:
            stream.close()
            raise WorkbookError("damaged", file=path.name) from error
        except BaseException:
            stream.close()
            raise
        return package

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stream.close()

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._by_key

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, in their order."""
        return tuple(member.filename for member in self.members)

    def member(self, name: str) -> zipfile.ZipInfo:
        """The entry of a part; names count without regard to case."""
        try:
            return self._by_key[part_key(name)]
        except KeyError:
            raise WorkbookError("damaged", name, file=self.file) from None

    def read(self, name: str) -> bytes:
        """A whole part."""
        member = self.member(name)
        refuse_larger(self.file, member.file_size, LARGEST_DOCUMENT)
        return b"".join(self.blocks(name))

    def document(self, name: str) -> Document:
        """A whole part, parsed for editing."""
        return Document(self.read(name), self.file, name)

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part in blocks of about a megabyte, its size and checksum verified at the end."""
        member = self.member(name)
        size = crc = 0
        for block in self._inflated(member):
            size += len(block)
            crc = isal_zlib.crc32(block, crc)
            if size > member.file_size:
                break
            yield block
        if (size, crc) != (member.file_size, member.CRC):
            raise WorkbookError("damaged", member.filename, file=self.file)

    def data_range(self, member: zipfile.ZipInfo) -> tuple[int, int]:
        """Where a member's compressed bytes begin and end in the file."""
        self.stream.seek(member.header_offset)
        header = self.stream.read(30)
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            raise WorkbookError("damaged", member.filename, file=self.file)
        start = member.header_offset + 30 + int.from_bytes(header[26:28], "little")
        start += int.from_bytes(header[28:30], "little")
        return start, start + member.compress_size

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part ("" = the package): id → type, target part; external ones left out."""
        rels = rels_name(part)
        if rels not in self:
            return {}
        folder = posixpath.dirname(part)
        return {
            relation.get("Id"): (relation.get("Type"), resolved(folder, relation.get("Target")))
            for relation in self.document(rels).root.all("Relationship")
            if relation.get("TargetMode") != "External"
        }

    def workbook_part(self) -> str:
        """Name of the workbook part; raises WorkbookError where this is no .xlsx or .xlsm inside, or is signed."""
        if "[Content_Types].xml" not in self:
            raise WorkbookError("not-a-workbook", file=self.file)
        targets = [target for kind, target in self.related("").values() if kind.endswith("/officeDocument")]
        if not targets or targets[0] not in self:
            raise WorkbookError("damaged", targets[0] if targets else "_rels/.rels", file=self.file)
        if not self.content_type(targets[0]).endswith(_ENRICHABLE):
            raise WorkbookError("not-enrichable", file=self.file)
        if any(part_key(name).startswith("_xmlsignatures/") for name in self.names):
            raise WorkbookError("signed", file=self.file)
        return targets[0]

    def content_type(self, part: str) -> str:
        """The content type of a part, "" where the package states none."""
        types = self.document("[Content_Types].xml").root
        for override in types.all("Override"):
            if part_key(override.get("PartName").lstrip("/")) == part_key(part):
                return override.get("ContentType")
        extension = part.rpartition(".")[2].lower()
        found = (d.get("ContentType") for d in types.all("Default") if d.get("Extension").lower() == extension)
        return next(found, "")

    def _inflated(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        if member.compress_type == zipfile.ZIP_STORED:
            yield from self._compressed(member)
            return
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise WorkbookError("damaged", member.filename, file=self.file)
        done = 0
        try:
            for block in _inflate(self._compressed(member), isal_zlib):
                yield block
                done += len(block)
        except _ISAL_ERROR:
            yield from self._with_zlib(member, done)

    def _with_zlib(self, member: zipfile.ZipInfo, done: int) -> Iterator[bytes]:
        # isal is the fast one; zlib has the last word on what is damaged.
        try:
            for block in _inflate(self._compressed(member), zlib):
                if done < len(block):
                    yield block[done:]
                done = max(0, done - len(block))
        except zlib.error as error:
            raise WorkbookError("damaged", member.filename, file=self.file) from error

    def _compressed(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        position, end = self.data_range(member)
        while position < end:
            self.stream.seek(position)  # others may read from the same stream in between
            block = self.stream.read(min(_BLOCK // 8, end - position))
            if not block:
                raise WorkbookError("damaged", member.filename, file=self.file)
            position += len(block)
            yield block

    def _check_places(self) -> None:
        # Members that overlap are how a small file unpacks to an endless one.
        end = 0
        for member in sorted(self.members, key=lambda m: m.header_offset):
            if member.header_offset < end:
                raise WorkbookError("damaged", member.filename, file=self.file)
            _, end = self.data_range(member)
        if end > self.start_of_directory:
            raise WorkbookError("damaged", file=self.file)


def rels_name(part: str) -> str:
    """Name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(folder: str, target: str) -> str:
    """A relationship's target as a part name."""
    target = unquote(target.replace("\\", "/"))
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def back_up(path: Path) -> Path:
    """Copies a workbook beside itself, never over an earlier backup, and gives the copy's name."""
    path = Path(path)
    for number in range(1, 10_000):
        copy = path.with_name(f"{path.stem}.backup{'' if number == 1 else f'-{number}'}{path.suffix}")
        try:
            with copy.open("xb"):
                pass
        except FileExistsError:
            continue
        shutil.copy2(path, copy)
        return copy
    raise WorkbookError("not-written", file=path.name, reason="10,000 backups")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise WorkbookError("file-not-found", file=path.name) from error
    except IsADirectoryError as error:
        raise WorkbookError("is-a-directory", file=path.name) from error
    except OSError as error:
        raise WorkbookError("file-not-readable", file=path.name, reason=error.strerror or "") from error


def _refuse_non_zip(stream: BinaryIO, file: str) -> None:
    start = stream.read(8)
    if not start:
        raise WorkbookError("empty-file", file=file)
    if start == _OLE:
        hidden = "EncryptedPackage".encode("utf-16-le") in stream.read(LARGEST_DOCUMENT)
        raise WorkbookError("encrypted" if hidden else "not-enrichable", file=file)
    if not start.startswith(b"PK"):
        raise WorkbookError("not-a-workbook", file=file)


def _inflate(blocks: Iterator[bytes], library: object) -> Iterator[bytes]:
    inflater = library.decompressobj(-15)  # type: ignore[attr-defined]
    for block in blocks:
        out = inflater.decompress(block, _BLOCK)
        while out:
            yield out
            out = inflater.decompress(inflater.unconsumed_tail, _BLOCK)
        if inflater.eof:
            return
    if rest := inflater.flush():
        yield rest
