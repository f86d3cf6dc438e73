# ruff: noqa: ARG002 (what xlwings asks for is answered in its words)
"""Sheets of the openpyxl engine (``xlengine``) and how they are printed."""

from __future__ import annotations

from xlwings import base_classes

from tests.support.xlranges import OpenRange
from tests.support.xltables import OpenTable


class OpenSheets(base_classes.Sheets):
    def __init__(self, book) -> None:
        self.book = book

    @property
    def active(self):
        return OpenSheet(self.book, self.book.wb.active)

    def __len__(self):
        return len(self.book.wb.worksheets)

    def __iter__(self):
        return (OpenSheet(self.book, ws) for ws in self.book.wb.worksheets)

    def __call__(self, key):
        sheets = self.book.wb.worksheets
        return OpenSheet(self.book, sheets[key - 1] if isinstance(key, int) else self.book.wb[key])

    def add(self, before, after, name):
        index = self.book.wb.index(after.ws) + 1 if after else None
        ws = self.book.wb.create_sheet(name, index)
        self.book.wb.active = ws
        return OpenSheet(self.book, ws)


class OpenSheet(base_classes.Sheet):
    book = api = None

    def __init__(self, book, ws) -> None:
        self.book, self.ws = book, ws
        self.api = ExcelSheet(ws)

    @property
    def name(self):
        return self.ws.title

    @property
    def visible(self):
        return self.ws.sheet_state == "visible"

    @property
    def index(self):
        return self.book.wb.worksheets.index(self.ws) + 1

    @property
    def used_range(self):
        return OpenRange(self, 1, 1, max(self.ws.max_row, 1), max(self.ws.max_column, 1))

    @property
    def cells(self):
        return OpenRange(self, 1, 1, 1_048_576, 16_384)

    @property
    def tables(self):
        return OpenTables(self)

    @property
    def page_setup(self):
        return OpenPage(self.ws)

    def range(self, first, last=None):
        return OpenRange.between(self, first, last)

    def activate(self):
        self.book.wb.active = self.ws

    def clear(self):
        self.ws.delete_rows(1, self.ws.max_row)
        self.ws.conditional_formatting = type(self.ws.conditional_formatting)()

    def delete(self):
        self.book.wb.remove(self.ws)


class OpenTables(base_classes.Tables):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def __len__(self):
        return len(self.sheet.ws.tables)

    def __iter__(self):
        return (OpenTable(self.sheet, table) for table in self.sheet.ws.tables.values())

    def __call__(self, key):
        return list(self)[key - 1] if isinstance(key, int) else OpenTable(self.sheet, self.sheet.ws.tables[key])


class ExcelSheet:
    """Excel's own Worksheet object over a sheet of openpyxl, as far as it is asked for."""

    def __init__(self, ws) -> None:
        self.Outline = ExcelOutline(ws)


class ExcelOutline:
    """Excel's own Outline object: which rows fold under which."""

    def __init__(self, ws) -> None:
        object.__setattr__(self, "ws", ws)

    def __setattr__(self, name, value):
        if name != "SummaryRow":
            raise AttributeError(name)
        self.ws.sheet_properties.outlinePr.summaryBelow = bool(value)

    def ShowLevels(self, rows):  # noqa: N802 (Excel's own name)
        """Hides the rows of deeper levels."""
        for at in self.ws.row_dimensions.values():
            if at.outlineLevel:
                at.hidden = at.outlineLevel >= rows


class ExcelWindow:
    """Excel's own Window object over the sheet that is in front."""

    def __init__(self, ws) -> None:
        object.__setattr__(self, "ws", ws)
        object.__setattr__(self, "split", {"SplitRow": 0, "SplitColumn": 0})

    def __setattr__(self, name, value):
        if name in self.split:
            self.split[name] = value
        elif name == "FreezePanes":
            corner = self.ws.cell(self.split["SplitRow"] + 1, self.split["SplitColumn"] + 1)
            self.ws.freeze_panes = corner if value else None
        else:
            raise AttributeError(name)


class OpenPage(base_classes.PageSetup):
    """A sheet's page set-up; its ``api`` has what Excel calls it, and refuses what Excel has not."""

    def __init__(self, ws) -> None:
        self.ws = ws

    @property
    def api(self):
        return ExcelPage(self.ws)


class ExcelPage:
    """Excel's own PageSetup object over a sheet of openpyxl."""

    def __init__(self, ws) -> None:
        object.__setattr__(self, "ws", ws)

    def __setattr__(self, name, value):
        if name in _PAGE:
            attribute, meant = _PAGE[name]
            setattr(self.ws.page_setup, attribute, meant[value] if meant else int(value))
            return
        match name:
            case "Zoom":
                self.ws.sheet_properties.pageSetUpPr.fitToPage = value is False
            case "PrintTitleRows":
                self.ws.print_title_rows = value.replace("$", "")
            case "PrintTitleColumns":
                self.ws.print_title_cols = value.replace("$", "")
            case "LeftFooter":
                self.ws.oddFooter.left.text = value
            case "RightFooter":
                self.ws.oddFooter.right.text = value
            case _:
                raise AttributeError(name)


_PAGE = {
    "Orientation": ("orientation", {1: "portrait", 2: "landscape"}),
    "PaperSize": ("paperSize", None),
    "Order": ("pageOrder", {1: "downThenOver", 2: "overThenDown"}),
    "FitToPagesWide": ("fitToWidth", None),
    "FitToPagesTall": ("fitToHeight", None),
}
"""What Excel calls it → what openpyxl does, and what its numbers mean."""
