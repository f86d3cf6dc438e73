# ruff: noqa: ARG002, ARG004, N805 (what xlwings asks for is answered in its words)
"""An xlwings engine over openpyxl: the ribbon's code runs on a file as it would in Excel, without Excel.

It stands on the BSD parts of xlwings alone. What Excel does to a text that is typed into a cell it does too: a
formula, a number or a date is made of it unless the cell is of format Text or an apostrophe stands before it.
Nothing is calculated: a formula has the value the file was saved with until one is written over it.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import xlwings as xw
from xlwings import base_classes

from tests.support.xlnames import OpenNames
from tests.support.xlsheets import ExcelWindow, OpenSheets

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
    engine = pid = books = api = cut_copy_mode = None

    def __init__(self) -> None:
        self.engine = engine
        self.pid = next(_numbers)
        self.books = OpenBooks(self)
        self.alerts: list[tuple[str, str | None]] = []
        self.agrees = True
        self.log: list[tuple[str, object]] = []
        self._calculation, self._screen_updating, self._status_bar = "automatic", True, False
        self.api = ExcelApplication(self)
        self.copied = None

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
        return ("yes" if self.agrees else "no") if buttons == "yes_no" else "ok"

    def activate(self, steal_focus=False):
        self.log.append(("activate", None))

    def calculate(self):
        self.log.append(("calculate", None))

    def quit(self):
        engine.apps.running.pop(self.pid, None)


class ExcelApplication:
    """Excel's own Application object."""

    def __init__(self, app) -> None:
        self._app = app
        self.PrintCommunication = True

    @property
    def ActiveWindow(self):  # noqa: N802 (Excel's own name)
        """The window in front."""
        return ExcelWindow(self._app.books.active.wb.active)


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
        with warnings.catch_warnings():  # of extensions that openpyxl does not keep, such as those of a pack
            warnings.simplefilter("ignore", UserWarning)
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
