"""A sheet part as bytes that stream by: its head, its rows in runs of whole rows, its tail; never held together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from xlcredit.excel.ooxml.markup import encoding_of
from xlcredit.kernel.errors import WorkbookError

LONGEST_HEAD = 16 * 1024**2
LONGEST_RUN = 64 * 1024**2
LONGEST_TAIL = 128 * 1024**2
_HIDING = re.compile(rb"<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|<\?.*?(?:\?>|$)", re.DOTALL)


class SheetStream:
    """A sheet part in three: the head down to ``<sheetData>``, runs of rows, the tail from ``</sheetData>``."""

    def __init__(self, blocks: Iterator[bytes], file: str, part: str) -> None:
        self.file, self.part = file, part
        self._blocks = blocks
        self.head, self._rest = self._read_head()
        self.prefix = _prefix(self.head)
        if self.head.endswith(b"/>"):
            self.head = self.head[:-2].rstrip() + b">"
            self._rest = b"</%bsheetData>%b" % (self.prefix, self._rest)
        self.tail = b""

    def runs(self) -> Iterator[bytes]:
        """The rows in whole rows; afterwards ``tail`` is known."""
        closing, row_end = b"</" + self.prefix + b"sheetData", b"</" + self.prefix + b"row>"
        buffer = self._rest
        while True:
            visible = masked(buffer)
            end = visible.find(closing)
            if end >= 0:
                if end:
                    yield buffer[:end]
                self._rest = buffer[end:]
                break
            cut = visible.rfind(row_end) + len(row_end)
            if cut >= len(row_end):
                yield buffer[:cut]
                buffer = buffer[cut:]
            block = next(self._blocks, None)
            if block is None or len(buffer) > LONGEST_RUN:
                raise self.damaged()
            buffer += block
        self.tail = self._read_tail()

    def damaged(self) -> WorkbookError:
        """The error that this sheet is no sheet."""
        return WorkbookError("damaged", self.part, file=self.file)

    def _read_tail(self) -> bytes:
        blocks, size = [self._rest], len(self._rest)
        for block in self._blocks:
            size += len(block)
            if size > LONGEST_TAIL:
                raise self.damaged()
            blocks.append(block)
        return b"".join(blocks)

    def _read_head(self) -> tuple[bytes, bytes]:
        """Head, and what was read beyond it."""
        parser = expat.ParserCreate(namespace_separator=" ")
        found: list[int] = []

        def start(name: str, _attributes: dict[str, str]) -> None:
            if name.rpartition(" ")[2] == "sheetData" and not found:
                found.append(parser.CurrentByteIndex)
                parser.StartElementHandler = None

        def doctype(*_: object) -> None:
            raise WorkbookError("xml-entities", self.part, file=self.file)

        parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
        data = b""
        for block in self._blocks:
            data += block
            if len(data) > LONGEST_HEAD:
                break
            if len(data) == len(block):
                self._check_encoding(data)
            self._feed(parser, block, found)
            if found and b">" in data[found[0] :]:
                end = data.index(b">", found[0]) + 1
                return data[:end], data[end:]
        raise self.damaged()

    def _feed(self, parser: expat.XMLParserType, block: bytes, found: list[int]) -> None:
        try:
            parser.Parse(block, False)
        except expat.ExpatError as error:
            if not found:
                raise self.damaged() from error

    def _check_encoding(self, data: bytes) -> None:
        encoding = encoding_of(data)
        if encoding not in ("utf-8", "utf8", "us-ascii"):
            raise WorkbookError("xml-encoding", file=self.file, entry=self.part, encoding=encoding)


def masked(xml: bytes) -> bytes:
    """The same length with comments, CDATA and instructions blanked, so that no tag is seen inside them."""
    if (b"!" not in xml or b"<!" not in xml) and (b"?" not in xml or b"<?" not in xml):
        return xml
    return _HIDING.sub(lambda found: b" " * len(found[0]), xml)


def _prefix(head: bytes) -> bytes:
    name = head[head.rindex(b"<") + 1 :]
    before, colon, _ = name.partition(b":")
    return before + colon if colon and before.isalnum() else b""
