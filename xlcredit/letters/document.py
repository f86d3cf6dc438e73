"""A document: a Word template with its merge fields filled in, the same bytes for the same letter."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from mailmerge import MailMerge, MailMergeOptions

from xlcredit.kernel.errors import WorkbookError

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNPRINTABLE: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that no XML may hold."""

Row = Mapping[str, str]


class Template:
    """A Word document with merge fields.

    Raises:
        WorkbookError: "template-not-readable", it is no Word document.
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
        """The document with these texts; a table's row is repeated for each row of the one its fields are from."""
        values: dict[str, object] = {field: _plain(text) for field, text in texts.items()}
        for rows in tables:
            anchor = next((field for field in rows[0] if field in self.fields), None)
            if anchor:
                values[anchor] = [{field: _plain(text) for field, text in row.items()} for row in rows]
        target = io.BytesIO()
        with MailMerge(io.BytesIO(self._content), options=MailMergeOptions()) as document:
            document.merge(**values)
            document.write(target)
        return _without_times(target)


def _fields(name: str, content: bytes) -> set[str]:
    try:
        with MailMerge(io.BytesIO(content), options=MailMergeOptions()) as document:
            found: set[str] = document.get_merge_fields()
    except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError) as error:
        raise WorkbookError("template-not-readable", file=name) from error
    return found


def _plain(text: str) -> str:
    return text.translate(_UNPRINTABLE)


def _without_times(document: io.BytesIO) -> bytes:
    """The same package with every entry of the same date, so that a letter written twice is the same file."""
    target = io.BytesIO()
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fresh:
        for entry in source.infolist():
            fresh.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), source.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()
