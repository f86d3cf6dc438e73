"""Text tables (.csv, .tsv, .txt): encoding and delimiter are found out, and every cell stays text.

Text keeps what a spreadsheet program would take away: leading zeros, long document numbers, dates as written.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from xlcredit.excel.reading.filekind import read_fault
from xlcredit.excel.reading.streamed import StreamedGrid
from xlcredit.kernel.errors import WorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlcredit.ledger.grid import Cell

DELIMITERS = (",", ";", "\t", "|")

_BLOCK = 1 << 20
_SAMPLE_ROWS = 60
_LONGEST_CELL = 200
"""Lines one quoted cell may run over; a mark that is not closed would swallow the rest of the file."""

_HIGH = re.compile(rb"[\x80-\xff]")
_CHINESE = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written; ``skipped`` lines, such as ``sep=;``, precede its first row."""

    encoding: str
    delimiter: str
    skipped: int = 0


def dialect_of(path: Path) -> Dialect:
    """The dialect of a text table."""
    encoding = encoding_of(path)
    with _opened(path, encoding) as file:
        sample = list(islice(file, _SAMPLE_ROWS))
    named = re.fullmatch(r"sep=(.)\s*", sample[0], re.IGNORECASE) if sample else None
    if named:
        return Dialect(encoding, named[1], skipped=1)
    return Dialect(encoding, _delimiter(sample, "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","))


def encoding_of(path: Path) -> str:
    """UTF-8, UTF-16, GB18030 or cp1252, whichever the bytes of the whole file are."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if head[:40].count(0) > 9:
        return "utf-16-le" if head[1:40:2].count(0) > head[0:40:2].count(0) else "utf-16-be"
    if _decodes(path, "utf-8"):
        return "utf-8"
    return "gb18030" if _looks_chinese(path) and _decodes(path, "gb18030") else "cp1252"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _looks_chinese(path: Path) -> bool:
    """Whether high bytes come in pairs, as in Chinese; an accented letter in Western text stands alone."""
    high = paired = 0
    for block in _blocks(path):
        high += len(_HIGH.findall(block))
        paired += 2 * len(_CHINESE.findall(block))
    return paired >= 0.7 * high


def _delimiter(sample: Sequence[str], usual: str) -> str:
    """The delimiter that cuts most rows into the same number of cells, two at least."""

    def evenness(delimiter: str) -> tuple[float, bool, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1)
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows / max(len(sample), 1), delimiter == usual, width

    try:
        return max(DELIMITERS, key=evenness)
    except csv.Error:
        return usual


class TextGrid(StreamedGrid):
    """The one sheet of a text table, read anew from the file each time its rows are asked for."""

    __slots__ = ("_dialect", "_extent", "_path")
    _path: Path
    _dialect: Dialect
    _extent: tuple[int, int] | None

    def __init__(self, path: Path) -> None:
        super().__init__(path.stem or path.name)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_dialect", _checked_dialect(path))
        object.__setattr__(self, "_extent", None)

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        return self._dialect

    @property
    def n_rows(self) -> int:
        """Rows down to the last one of the file."""
        return self._measured()[0]

    @property
    def n_columns(self) -> int:
        """Cells of the longest row."""
        return self._measured()[1]

    def rows(self, start: int = 0) -> Iterator[Sequence[Cell]]:
        """Each row's cells from row ``start`` on, all of them text."""
        return islice(self._records(), start, None)

    def _measured(self) -> tuple[int, int]:
        if self._extent is None:
            widths = [len(row) for row in self._records()]
            object.__setattr__(self, "_extent", (len(widths), max(widths, default=0)))
        return self._extent or (0, 0)

    def _records(self) -> Iterator[list[str]]:
        name = self._path.name
        with _opened(self._path, self._dialect.encoding) as file:
            reader = csv.reader(islice(file, self._dialect.skipped, None), delimiter=self._dialect.delimiter)
            line = 0
            try:
                for row in reader:
                    if reader.line_num - line > _LONGEST_CELL:
                        raise _unclosed(name, line + self._dialect.skipped, reader.line_num - line)
                    line = reader.line_num
                    yield row
            except csv.Error as fault:
                raise _unclosed(name, line + self._dialect.skipped, reader.line_num - line) from fault


def _opened(path: Path, encoding: str) -> TextIO:
    """The file as lines of text; newlines inside quoted cells are left as they stand."""
    # cp1252 leaves five bytes undefined; one such byte is no reason to lose the table.
    return path.open(encoding=encoding, newline="", errors="replace")


def _checked_dialect(path: Path) -> Dialect:
    try:
        return dialect_of(path)
    except OSError as fault:
        raise read_fault(path, fault) from fault


def _unclosed(file: str, line: int, lines: int) -> WorkbookError:
    return WorkbookError("unclosed-quote", file, file=file, line=line + 1, lines=lines)
