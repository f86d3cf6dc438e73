"""Formulas in the cells of a sheet's bytes: what they say, and those that share theirs with the first of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlcredit.excel.formulas import bare, calls_ours, moved, reads_only_row, refers_to
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.markup import escaped
from xlcredit.excel.ooxml.rows import Reader
from xlcredit.excel.ooxml.sheetstream import SheetStream

_ATTRIBUTE = re.compile(rb"""\b(t|si|ref)\s*=\s*["']([^"']*)["']""")
_CHARACTER = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as a cell has it: its text with the file's prefixes, and what kind of formula it is."""

    text: str
    """"" in a cell that shares the formula of another."""
    kind: str
    """"", "shared", "array" or "dataTable"."""
    group: bytes
    area: Area | None
    """What an array formula fills, or whose cells share this one."""


class Formulas:
    """Finds formulas under one namespace prefix."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self._prefix = prefix
        self.opening = b"<" + prefix + b"f"
        self._formula = re.compile(rb"<%bf((?:\s[^>]*?)?)(?:/>|>([^<]*)</%bf\s*>)" % (p, p))

    def of(self, xml: bytes) -> Written | None:
        """The formula of a cell; None where it has none."""
        found = self._formula.search(xml)
        return _written(found) if found else None

    def all(self, run: bytes) -> Iterator[Written]:
        """Every formula in a run of rows."""
        return map(_written, self._formula.finditer(run)) if self.opening in run else iter(())

    def put(self, xml: bytes, text: str) -> bytes:
        """The cell with an ordinary formula in place of its own."""
        p = self._prefix
        plain = b"<%bf>%b</%bf>" % (p, escaped(text).encode(), p)
        return self._formula.sub(lambda _: plain, xml, count=1)


class Groups:
    """Shared formulas whose first cell goes: those that share it get formulas of their own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._formulas = Formulas(reader.prefix)
        self._lost: dict[bytes, tuple[str, int, int]] = {}

    def of(self, xml: bytes) -> Written | None:
        """The formula of a cell."""
        return self._formulas.of(xml)

    def has_lost(self, group: bytes) -> bool:
        """Whether the first cell of a group has gone."""
        return group in self._lost

    def lose(self, column: int, number: int, xml: bytes) -> None:
        """Notes that a cell goes; 0-based column, 1-based row."""
        if b"shared" in xml and (found := self._formulas.of(xml)) and found.kind == "shared" and found.text:
            self._lost[found.group] = (found.text, number, column)

    def expanded(self, run: bytes, previous: int) -> bytes:
        """A run of rows, after row ``previous``, in which nobody shares a formula that has gone."""
        if not self._lost or b"shared" not in run:
            return run
        position, out = 0, list[bytes]()
        for number, _, start, end in self._reader.rows(run, previous):
            content = run[start:end]
            for cell in self._reader.cells(content):
                xml = content[cell.start : cell.end]
                found = self._formulas.of(xml)
                if found and found.kind == "shared" and not found.text and found.group in self._lost:
                    text, row, column = self._lost[found.group]
                    plain = self._formulas.put(xml, moved(text, number - row, cell.column - column))
                    out += (run[position : start + cell.start], plain)
                    position = start + cell.end
        return b"".join([*out, run[position:]])


def is_ours(text: str, row: int, sheets: tuple[str, ...]) -> bool:
    """Whether a formula in a column of ours is one we wrote there, not a user's such as a total; 1-based row."""
    formula = bare(text)
    return calls_ours(formula) or refers_to(formula, sheets) or reads_only_row(formula, row)


def formulas_in(stream: SheetStream) -> dict[tuple[int, int], str]:
    """Every formula of a sheet by (row, column) from 0, as its user reads it; an array's stands at its first cell."""
    reader, formulas = Reader(stream.prefix), Formulas(stream.prefix)
    shared: dict[bytes, tuple[str, int, int]] = {}
    out: dict[tuple[int, int], str] = {}
    previous = 0
    for run in stream.runs():
        for number, _, start, end in reader.rows(run, previous):
            previous = number
            if formulas.opening not in run[start:end]:
                continue
            for column, found in _in_row(run[start:end], reader, formulas):
                if found.kind == "shared" and found.text:
                    shared.setdefault(found.group, (found.text, number, column))
                text = found.text or _following(shared.get(found.group), number, column)
                if text and found.kind != "dataTable":
                    out[number - 1, column] = bare(text)
    return out


def _in_row(content: bytes, reader: Reader, formulas: Formulas) -> Iterator[tuple[int, Written]]:
    for cell in reader.cells(content):
        found = formulas.of(content[cell.start : cell.end])
        if found:
            yield cell.column, found


def _following(first: tuple[str, int, int] | None, number: int, column: int) -> str:
    """The formula of a cell that shares the one of another."""
    return moved(first[0], number - first[1], column - first[2]) if first else ""


def _written(found: re.Match[bytes]) -> Written:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    text = html.unescape((found[2] or b"").decode("utf-8", "replace"))
    text = _CHARACTER.sub(lambda code: chr(int(code[1], 16)), text)
    kind = attributes.get(b"t", b"").decode()
    area = Area.of(attributes.get(b"ref", b"").decode())
    return Written(text, "" if kind == "normal" else kind, attributes.get(b"si", b""), area)
