# ruff: noqa: ARG002, ARG004, N805 (what xlwings asks for is answered in its words)
"""An xlwings engine over openpyxl: the ribbon's code runs on a file as it would in Excel, without Excel.

It stands on the BSD parts of xlwings alone. What Excel does to a text that is typed into a cell it does too: a
formula, a number or a date is made of it unless the cell is of format Text or an apostrophe stands before it.
Nothing is calculated: a formula has the value the file was saved with until one is written over it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from xlwings import base_classes

from tests.support.xlranges import OpenRange, OpenTable

_numbers = itertools.count(1)


class OpenEngine:
    """The engine itself: how values are cleaned on their way."""

    name, type = "openpyxl", "desktop"

    def __init__(self) -> None:
        self.apps = OpenApps()

    @staticmethod
    def prepare_xl_data_element(value, options):
        return "" if value is None else value

    @staticmethod
    def clean_value_data(rows, datetime_builder, empty_as, number_builder, err_to_str):
        def cleaned(value):
            if value in ("", None):
                return empty_as
            if isinstance(value, str) and value in ERRORS:
                return value if err_to_str else None
            return value

        return [[cleaned(value) for value in row] for row in rows]


ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


class OpenApps(base_classes.Apps):
    def __init__(self) -> None:
        self.running: dict[int, OpenApp] = {}

    def keys(self):
        return list(self.running)

    def add(self, **_):
        app = OpenApp()
        self.running[app.pid] = app
        return xw.App(impl=app, add_book=False)

    def __iter__(self):
        return iter(self.running.values())

    def __len__(self):
        return len(self.running)

    def __getitem__(self, pid):
        return self.running[pid]


class OpenApp(base_classes.App):
    """One Excel: what is switched on and off, said and selected is remembered in ``log``."""

    version, display_alerts, enable_events, interactive = "16.0", True, True, True
    engine = pid = books = api = None

    def __init__(self) -> None:
        self.engine = engine
        self.pid = next(_numbers)
        self.books = OpenBooks(self)
        self.alerts: list[tuple[str, str | None]] = []
        self.log: list[tuple[str, object]] = []
        self._calculation, self._screen_updating, self._status_bar = "automatic", True, False
        self.api = SimpleNamespace()

    def _logged(name):
        def get(self):
            return getattr(self, f"_{name}")

        def put(self, value):
            self.log.append((name, value))
            setattr(self, f"_{name}", value)

        return property(get, put)

    calculation, screen_updating, status_bar = map(_logged, ("calculation", "screen_updating", "status_bar"))
    del _logged

    @property
    def selection(self):
        sheet = self.books.active.sheets.active
        chosen = sheet.ws.sheet_view.selection
        return sheet.range(str(chosen[-1].sqref).split()[0]) if chosen else None

    def alert(self, prompt, title, buttons, mode, callback):
        self.alerts.append((prompt, mode))
        return "ok"

    def activate(self, steal_focus=False):
        self.log.append(("activate", None))

    def calculate(self):
        self.log.append(("calculate", None))

    def quit(self):
        engine.apps.running.pop(self.pid, None)


class OpenBooks(base_classes.Books):
    def __init__(self, app) -> None:
        self.app, self.held = app, []

    @property
    def active(self):
        return self.held[-1]

    def __iter__(self):
        return iter(self.held)

    def __len__(self):
        return len(self.held)

    def __call__(self, key):
        if isinstance(key, int):
            return self.held[key - 1]
        return {book.name: book for book in self.held}[key]

    def open(self, fullname, *_, **__):
        self.held.append(OpenBook(self.app, Path(fullname)))
        return self.held[-1]


class OpenBook(base_classes.Book):
    app = api = None

    def __init__(self, app, path: Path) -> None:
        self.app, self.path = app, path
        self.wb = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
        self.values = openpyxl.load_workbook(path, data_only=True)
        self.api = SimpleNamespace(Date1904=self.wb.epoch.year == 1904)

    @property
    def name(self):
        return self.path.name

    @property
    def fullname(self):
        return str(self.path)

    @property
    def sheets(self):
        return OpenSheets(self)

    @property
    def names(self):
        return OpenNames(self)

    def activate(self):
        """The only workbook is the active one."""

    def save(self, path=None, password=None):
        self.wb.save(path or self.path)

    def close(self):
        self.app.books.held.remove(self)


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
        self.api = ws

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
    def freeze_panes(self):
        return SimpleNamespace(freeze_at=self._freeze, unfreeze=lambda: self._freeze(None))

    def _freeze(self, address):
        self.ws.freeze_panes = address and address.replace("$", "").split(":")[0]

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


engine = OpenEngine()
xw.engines.add(xw.Engine(impl=engine))


@contextmanager
def opened(path: Path) -> Iterator[xw.Book]:
    """A workbook open in the engine as the one a button was pressed in; what is to stay must be saved."""
    before, xw.engines.active = xw.engines.active, xw.engines["openpyxl"]
    app = engine.apps.add()
    book = app.books.open(path)
    book.set_mock_caller()
    try:
        yield book
    finally:
        del xw.Book._mock_caller
        app.quit()
        xw.engines.active = before


def select(book: xw.Book, sheet: str, address: str) -> None:
    """Makes this the selection."""
    ws = book.impl.wb[sheet]
    book.impl.wb.active = ws
    for view in ws.views.sheetView:
        view.selection[-1].sqref = view.selection[-1].activeCell = address


def day(value: object) -> object:
    """A day as a date, whatever else as it is."""
    return value.date() if isinstance(value, datetime) else value
