"""The add-in's VBA, executed: its modules in an interpreter, over cells in memory, with Python behind ``CallUDF``.

The interpreter knows no ``Declare``, no attributes of procedures, and not all of Excel's Application. The module that
starts Python is therefore replaced by ``HOST``, and the members that our code uses are added here.
"""

# ruff: noqa: N802, N803, ARG002 (members are named, and take what they take, as in Excel)

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pyopenvba.apps.excel import Application, ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    Interpreter,
    VBAArray,
    VBAErrorValue,
    VBAObject,
    member,
    method,
)

from udfs.addin import build
from xlcredit.locales import LANGUAGES, Words

ERRORS = {2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A"}
NUMBERS = {text: number for number, text in ERRORS.items()}
PROCEDURE_ATTRIBUTE = re.compile(r"^Attribute \w+\.VB_.*$", re.MULTILINE)
CHINESE, ENGLISH = 2052, 1033

HOST = """Attribute VB_Name = "XlcreditHost"
Public Function PythonServer() As Object
    Set PythonServer = Application.Server
End Function
Public Sub RunPython(Code As String)
    Application.Server.Exec Code
End Sub
"""


def texts() -> dict[str, dict]:
    """The add-in's words by language."""
    return {lang: Words.of(lang).table["ribbon"] for lang in LANGUAGES}


class Server(VBAObject):
    """Python as the add-in sees it: functions are called as xlwings calls them, statements are kept."""

    def __init__(self, functions: Callable[[str, list], object]) -> None:
        self.functions = functions
        self.executed: list[str] = []

    @method
    def CallUDF(self, module, name, arguments):
        """Cells in, cells out; one cell and one row arrive as xlwings' CallUDF sends them."""
        assert module == "udfs.functions"
        result = self.functions(name, [python(each) for each in arguments.elements()])
        if len(result) == 1:
            return vba(result[0][0]) if len(result[0]) == 1 else flat(result[0])
        return block(result)

    @method
    def Exec(self, code):
        """Keeps the statement."""
        self.executed.append(code)
        return EMPTY


class Toolbar(VBAObject):
    """A toolbar with one button, which Excel disables while the function wizard is open."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled

    @member
    def Controls(self, Index):
        """The button."""
        return self

    @member
    def Enabled(self):
        """Whether it can be pressed."""
        return self.enabled


class Languages(VBAObject):
    """The languages Excel speaks."""

    def __init__(self, number: int) -> None:
        self.number = number

    @member
    def LanguageID(self, Index):
        """That of the user's interface."""
        return self.number


class Control(VBAObject):
    """A control of the ribbon, as a callback gets it."""

    def __init__(self, name: str, tag: str = "") -> None:
        self.name, self.tag = name, tag

    @member
    def ID(self):
        """Its id."""
        return self.name

    @member
    def Tag(self):
        """Its tag."""
        return self.tag


class HostApplication(Application):
    """Excel with what our modules ask of it beyond the interpreter's own."""

    vba_type_name = "Application"
    caller: object = EMPTY
    server: Server
    wizard = False
    language = ENGLISH

    def __init__(self) -> None:
        super().__init__()
        self.described: dict[str, tuple] = {}

    @member
    def Caller(self):
        """The cell that calls."""
        return self.caller

    @member
    def Server(self):
        """Python."""
        return self.server

    @member
    def CommandBars(self, Index):
        """The toolbars."""
        return Toolbar(not self.wizard)

    @member
    def LanguageSettings(self):
        """The languages."""
        return Languages(self.language)

    @method
    def MacroOptions(self, Macro=MISSING, Description=MISSING, Category=MISSING, ArgumentDescriptions=MISSING):
        """Keeps what the function wizard would show."""
        self.described[Macro] = (Description, Category, [str(each) for each in ArgumentDescriptions.elements()])
        return EMPTY


class Excel(ExcelApplication):
    """An Excel in memory with the add-in loaded."""

    def __init__(self, functions: Callable[[str, list], object]) -> None:
        self.application = HostApplication()
        self.interpreter = Interpreter(ExcelBridge(self.application))
        self.application.interpreter = self.interpreter
        self.application.server = Server(functions)
        self.add_workbook()
        for name, source in {**modules(), "XlcreditHost": HOST}.items():
            self.add_module(source, name=name)

    def range(self, address: str) -> VBAObject:
        """A range of the sheet."""
        return self.sheet(1).sheet.vba_get("Range", [address])

    def write(self, address: str, value: object) -> None:
        """Puts a value into a cell, an error by its code."""
        self.range(address).vba_set("Value", vba(NUMBERS.get(value, value), error=value in NUMBERS))

    def call(self, function: str, *arguments: object, cell: str = "Z1") -> list[list]:
        """What a wrapper gives in a cell, as rows; errors as their codes."""
        self.application.caller = self.range(cell)
        return rows(self.interpreter.run(function, list(arguments)))


@cache
def modules() -> dict[str, str]:
    """Every module's source as the interpreter reads it."""
    return {name: PROCEDURE_ATTRIBUTE.sub("", source) for name, source in build.modules(texts()).items()}


def vba(value: object, *, error: bool = False) -> object:
    """A Python value as a Variant."""
    if error:
        return VBAErrorValue(value)
    return EMPTY if value is None else value


def flat(values: list) -> VBAArray:
    """A row as a one-dimensional array from 0."""
    return VBAArray([(0, len(values) - 1)], items=[vba(each) for each in values])


def block(table: list[list], first: int = 0) -> VBAArray:
    """Rows as a two-dimensional array; VBA keeps it column by column."""
    height, width = len(table), len(table[0])
    items = [
        vba(NUMBERS.get(row[column], row[column]), error=row[column] in NUMBERS)
        if isinstance(row[column], str)
        else vba(row[column])
        for column in range(width)
        for row in table
    ]
    return VBAArray([(first, first + height - 1), (first, first + width - 1)], items=items)


def python(value: object) -> object:
    """A Variant as xlwings hands it to a function with ndim=2: rows of values, error cells by their codes."""
    table = rows(value)
    return [[None if each == "" else each for each in row] for row in table]


def rows(value: object) -> list[list]:
    """A Variant as rows of Python values."""
    if not isinstance(value, VBAArray):
        return [[_plain(value)]]
    if value.dimensions == 1:
        return [[_plain(each) for each in value.elements()]]
    (top, bottom), (left, right) = value.bounds
    return [[_plain(value.get([row, column])) for column in range(left, right + 1)] for row in range(top, bottom + 1)]


def _plain(value: object) -> object:
    if value is EMPTY or value is MISSING:
        return None
    if isinstance(value, VBAErrorValue):
        return ERRORS[value.number]
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
