"""A document: a Word template with its merge fields filled in, the same bytes for the same letter."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, TypeAlias

from mailmerge import MailMerge, MailMergeOptions

from xlcredit.kernel.errors import WorkbookError

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLANK: Final = "\ue000"
"""Stands where a field is empty, until its paragraph is looked at; Unicode leaves this character to private use."""
_UNPRINTABLE: Final = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), ord(_BLANK), 0xFFFE, 0xFFFF)
)
"""Characters that no XML may hold, and the one above."""
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDS_MORE: Final = ("sectPr", "drawing", "pict", "object", "fldChar")
"""What keeps a paragraph without text."""

Element: TypeAlias = Any  # lxml's, which the library brings and which has no stubs
Row = Mapping[str, str]


class Template:
    """A Word document with merge fields.

    Raises:
        WorkbookError: "template-not-readable", it is no Word document, or asks for nothing.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._content = content
        self.fields = _fields(name, content)

    def check(self, known: Sequence[str]) -> None:
        """Refuses a template that asks for a field no letter has; it would stay empty.

        Raises:
            WorkbookError: "template-field-unknown".
        """
        for field in sorted(self.fields - set(known)):
            near = get_close_matches(field, known, n=1, cutoff=0)
            raise WorkbookError(
                "template-field-unknown", self.name, field=field, nearest=near[0], known=", ".join(sorted(known))
            )

    def filled(self, texts: Row, tables: Sequence[Sequence[Row]]) -> bytes:
        """The document with these texts; a table's row is repeated for each row of the one its fields are from.

        Outside tables such a field has the texts of all rows, each once. A paragraph of nothing but empty fields goes,
        as in Word's own mail merge.
        """
        target = io.BytesIO()
        with MailMerge(io.BytesIO(self._content), options=MailMergeOptions()) as document:
            for rows in tables:
                for field in self.fields & rows[0].keys():
                    document.merge_rows(field, list(map(_plain, rows)))
            document.merge(**{**_outside(tables), **_plain(texts)})
            for part in document.docx.parts.values():
                _drop_blanks(part["part"].getroot())
            document.write(target)
        return _without_times(target)


def _fields(name: str, content: bytes) -> set[str]:
    """The fields a template asks for; it is filled with nothing once, so that a broken one is told first."""
    try:
        with MailMerge(io.BytesIO(content), options=MailMergeOptions()) as document:
            found: set[str] = document.get_merge_fields()
            says = any(main["part"].find(".//MergeField") is not None for main in document.docx.get_parts(["main"]))
            document.write(io.BytesIO())
    except Exception as error:  # the library fails in as many ways as a file can be broken
        raise WorkbookError("template-not-readable", file=name) from error
    if not says:
        raise WorkbookError("template-not-readable", file=name)
    return found


def _outside(tables: Sequence[Sequence[Row]]) -> Row:
    return _plain({field: ", ".join(dict.fromkeys(row[field] for row in rows)) for rows in tables for field in rows[0]})


def _plain(row: Row) -> dict[str, str]:
    return {field: text.translate(_UNPRINTABLE) or _BLANK for field, text in row.items()}


def _drop_blanks(root: Element) -> None:
    """Takes out paragraphs that only empty fields left without text, and the marks of other empty fields."""
    for paragraph in list(root.iter(f"{_WORD}p")):
        texts = [text.text or "" for text in paragraph.iter(f"{_WORD}t")]
        if _BLANK in "".join(texts) and not "".join(texts).replace(_BLANK, "").strip() and _can_go(paragraph):
            paragraph.getparent().remove(paragraph)
    for text in root.iter(f"{_WORD}t"):
        text.text = (text.text or "").replace(_BLANK, "")


def _can_go(paragraph: Element) -> bool:
    holds_more = any(next(paragraph.iter(f"{_WORD}{name}"), None) is not None for name in _HOLDS_MORE)
    return not holds_more and len(paragraph.getparent().findall(f"{_WORD}p")) > 1  # a cell, a footer keeps its last


def _without_times(document: io.BytesIO) -> bytes:
    """The same package with every entry of the same date, so that a letter written twice is the same file."""
    target = io.BytesIO()
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fresh:
        for entry in source.infolist():
            fresh.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), source.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()
