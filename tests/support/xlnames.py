"""Defined names of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

from openpyxl.workbook.defined_name import DefinedName
from xlwings import base_classes


class OpenNames(base_classes.Names):
    """The workbook's names; a name's ``api`` has Excel's ``Visible``."""

    def __init__(self, book) -> None:
        self.book = book
        self.held = book.wb.defined_names

    def __len__(self):
        return len(self.held)

    def __call__(self, key):
        return OpenName(self, list(self.held.values())[key - 1] if isinstance(key, int) else self.held[key])

    def contains(self, key):
        return key in self.held

    def add(self, name, refers_to):
        self.held[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))
        return OpenName(self, self.held[name])


class OpenName(base_classes.Name):
    def __init__(self, names, entry) -> None:
        self.names, self.entry = names, entry

    @property
    def api(self):
        return self

    @property
    def name(self):
        return self.entry.name

    @property
    def refers_to(self):
        return "=" + self.entry.attr_text

    @refers_to.setter
    def refers_to(self, value):
        self.entry.attr_text = value.removeprefix("=")

    @property
    def Visible(self):  # noqa: N802 (Excel's own name)
        return not self.entry.hidden

    @property
    def Comment(self):  # noqa: N802 (Excel's own name)
        return self.entry.comment or ""

    @Comment.setter
    def Comment(self, value):  # noqa: N802 (Excel's own name)
        self.entry.comment = value

    @Visible.setter
    def Visible(self, value):  # noqa: N802 (Excel's own name)
        self.entry.hidden = not value

    def delete(self):
        del self.names.held[self.entry.name]
