"""What every sheet of a pack has: a name, a title, the way back to the dashboard, a set-up for printing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlcredit.excel.pack.looks import ROW, Looks
from xlcredit.excel.pack.speech import BESIDE, Speech
from xlcredit.excel.pack.tables import TITLE_ROWS, Free, Tables
from xlcredit.locales import display_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4: Final = 9


@dataclass(frozen=True, slots=True)
class Desk:
    """What every sheet of a pack is written with."""

    book: Workbook
    looks: Looks
    speech: Speech
    tables: Tables
    names: dict[str, str]
    """Key of a sheet → its name."""
    subtitle: str
    """As-of date, policy and file: below every title."""
    free: Free
    """Gives the defined names of the pack."""

    def title(self, key: str) -> str:
        """What a sheet is headed, whatever its tab had to be called."""
        return sheet_title(key, self.tables, self.speech)

    def define(self, wanted: str, refers_to: str) -> str:
        """Defines a name, or one like it where that is taken; the name."""
        name = self.free(wanted)
        self.book.define_name(name, f"={refers_to}")
        return name

    def link(self, key: str) -> str:
        """The address of a sheet of the pack, for a hyperlink."""
        return f"internal:{self.address(key, 'A1')}"

    def address(self, key: str, cell: str) -> str:
        """A cell of a sheet of the pack."""
        return f"'{self.names[key].replace(chr(39), chr(39) * 2)}'!{cell}"


def sheet_title(key: str, tables: Tables, speech: Speech) -> str:
    """What the sheet of a table or a page is called in each language."""
    titles = tables[key].titles if key in tables else speech.heads("pack_sheets", key)
    return " ".join(dict.fromkeys(titles))


def heading(desk: Desk, sheet: Worksheet, key: str, kept: tuple[int, float] | None = None) -> None:
    """Title, and what it was made of.

    ``kept``: columns that other pages repeat, and their width: what has no room over them stands at their right.
    """
    sheet.hide_gridlines(2)
    sheet.set_default_row(max(ROW[words.lang] for words in desk.speech.languages))
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, desk.title(key), desk.looks.of("title"))
    first, rest = _parted(desk.subtitle, kept[1]) if kept else (desk.subtitle, "")
    sheet.write_string(1, 0, first, desk.looks.of("about"))
    if kept and rest:
        sheet.write_string(1, kept[0], rest, desk.looks.of("about"))


def _parted(text: str, width: float) -> tuple[str, str]:
    """As many parts of a text as have room, at least one, and the others."""
    parts = text.split(BESIDE)
    room = [at for at in range(1, len(parts) + 1) if display_width(BESIDE.join(parts[:at])) <= width]
    cut = max(room, default=1)
    return BESIDE.join(parts[:cut]), BESIDE.join(parts[cut:])


def back(desk: Desk, sheet: Worksheet) -> None:
    """The way back to the dashboard."""
    sheet.write_url(TITLE_ROWS - 1, 0, desk.link("dashboard"), desk.looks.of("link"), back_text(desk))


def back_text(desk: Desk) -> str:
    """What the link that leads there says."""
    return "◂ " + desk.names["dashboard"]


def set_up(desk: Desk, sheet: Worksheet, rows: tuple[int, int] | None, *, landscape: bool) -> None:
    """Paper: one page wide, ``rows`` on every page, the as-of date and the page at the foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    if rows:
        sheet.repeat_rows(*rows)
    sheet.set_footer(f"&L&8{desk.subtitle.replace('&', '&&')[:150]}&R&8{desk.speech('pack', 'page')}")
