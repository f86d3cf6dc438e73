"""Defined names of an open workbook: those that mark what is ours, and those that we define."""

from __future__ import annotations

from xlcredit.excel import live
from xlcredit.excel.formulas import bare
from xlcredit.excel.live import WorkbookError


class Names:
    """The names of a workbook; what is defined is undone with the ``entry`` it belongs to."""

    def __init__(self, book, entry):
        self._book, self._entry = book, entry

    def marks(self):
        """Our columns (mark → sheet, area) and our sheets (mark → sheet)."""
        names = [(name.name, name.refers_to) for name in self._book.names]
        return live.marks_of(names, [sheet.name for sheet in self._book.sheets])

    def mark(self, name, refers_to):
        """Marks what is ours by a hidden name."""
        hidden = self._define(name, refers_to)
        hidden.api.Visible = False

    def settle(self, names, sheets):
        """Defines names for all cells; ``sheets``: mark → name of our sheets."""
        for wanted in names:
            self._define(wanted.name, "=" + bare(wanted.refers_to(sheets))).api.Comment = live.OURS

    def refuse_taken(self, names):
        """A name of somebody else's is not taken away."""
        wanted = {name.name.casefold() for name in names}
        for held in self._book.names if wanted else ():
            spelled = held.name.rpartition("!")[2]  # a sheet's own names are told as Sheet!Name
            if spelled.casefold() in wanted and _is_ours(held) is False:
                raise WorkbookError("name-taken", file=self._book.name, name=spelled)

    def remove(self, kept):
        """Takes out every name of ours but those kept."""
        for name in list(self._book.names):
            if _is_ours(name) and name.name not in kept:
                name.delete()

    def _define(self, name, refers_to):
        names = self._book.names
        if name in names:
            held, before = names[name], names[name].refers_to
            self._entry.undo_by(lambda: setattr(held, "refers_to", before))
            held.refers_to = refers_to
            return held
        made = names.add(name, refers_to)
        self._entry.undo_by(made.delete)
        return made


def _is_ours(name):
    """Whether a name's comment says that we made it; None where Excel tells no comments, as on a Mac."""
    comment = getattr(name.api, "Comment", None)
    return None if comment is None else comment == live.OURS
