"""A ribbon button pressed in an open Excel: quiet while it works, progress and cancel, one answer at the end."""

from __future__ import annotations

import logging
import sys
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial

from xlwings import Book

from udfs.live import LiveWorkbook
from xlcredit.excel import batch

ESCAPE = 0x1B
QUIET = {"calculation": "manual", "screen_updating": False, "enable_events": False}
"""How Excel is set while a button works."""


def press(action):
    """Does what a button says in the workbook it was pressed in, and tells the user; never a traceback."""
    book = Book.caller()
    step = progress(book.app)
    try:
        with quiet(book.app):
            answer = examined() if action == "doctor" else done(action, book, step)
            show(book, answer)
    except Exception as error:  # whatever Excel or a library raises: nothing below this catches it
        logging.getLogger("xlcredit").exception("button %s", action)
        answer = batch.failed(action, error)
    tell(book.app, answer)


def done(action, book, step):
    """What a button that works on a workbook answers."""
    workbook, ask = LiveWorkbook(book, step), partial(agreed, book.app)
    return batch.press(action, workbook, selection(book), today(), step, ask)


def agreed(app, question):
    """Whether the user says yes."""
    return app.alert(question, "xlcredit", buttons="yes_no", mode="info") == "yes"


@contextmanager
def quiet(app):
    """Excel calculates and draws nothing inside; afterwards each setting is again what it was, whatever happened."""
    with ExitStack() as after:
        after.callback(setattr, app, "status_bar", False)
        for name, value in QUIET.items():
            after.callback(setattr, app, name, getattr(app, name))
            setattr(app, name, value)
        yield


def progress(app):
    """Shows which share is done, a tenth at a time; raises Cancelled once Esc was pressed."""
    shown = -1

    def step(part):
        nonlocal shown
        if escape_pressed():
            raise batch.Cancelled
        if int(part * 10) != shown:
            shown = int(part * 10)
            app.status_bar = f"xlcredit {part:.0%}"

    return step


def escape_pressed():
    """Whether Esc was pressed since it was last asked; only Windows tells."""
    if sys.platform != "win32":
        return False
    from ctypes import windll

    return bool(windll.user32.GetAsyncKeyState(ESCAPE) & 0x8001)


def examined():
    """What the doctor finds on this machine."""
    from udfs.addin import doctor, excel, install

    return batch.diagnosis(doctor.examine(install.places(), excel.excel()))


def selection(book):
    """The selected cells, None where a drawing or nothing is selected."""
    chosen = book.selection
    if chosen is None:
        return None
    rows, columns = chosen.shape
    top, left = chosen.row - 1, chosen.column - 1
    return batch.Selection(chosen.sheet.name, top, left, top + rows - 1, left + columns - 1)


def today():
    """The day it is where Excel runs."""
    return datetime.now().astimezone().date()


def show(book, answer):
    """Brings the sheet of ours that is meant to the front, or opens the workbook that was made."""
    if answer.mark:
        book.sheets[LiveWorkbook(book).own_sheet(answer.mark).name].activate()
    if answer.opens:
        book.app.books.open(answer.opens)


def tell(app, answer):
    """What is done passes by in the status bar; what is to be read, and what went wrong, waits for the user."""
    if answer.kind == "done":
        app.status_bar = answer.text
    else:
        app.alert(answer.text, "xlcredit", mode="critical" if answer.kind == "fault" else "info")
