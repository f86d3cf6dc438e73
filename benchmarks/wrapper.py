"""Wrapper: VBA statements and configuration look-ups of one call, the add-in's wrapper against the one xlwings writes.

Both run in an interpreter, over the same cells in memory, when Python is up and nothing is configured, which is when
xlwings has the least to look up. Its DLL and what Windows does are stand-ins, and their statements do not count. Ours
also looks at each cell of the answer, to turn texts of errors into errors; xlwings' hands the answer over as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.interpreter import Interpreter, VBAObject, method

from benchmarks.figures import Figure, at_least
from benchmarks.processes import ROOT
from tests.support import vba

WINDOWS = """Attribute VB_Name = "Windows"
Public Function XLPyDLLActivateAuto(Result As Variant, ByVal Config As String, ByVal Mode As Long) As Long
    Set Result = Application.Server
End Function
Public Function LoadLibraryW(Path As Variant) As Variant
    LoadLibraryW = 1
End Function
Public Function StrPtr(Text As String) As Variant
    StrPtr = 1
End Function
Public Function Environ(Name As String) As String
    Environ = "C:\\Users\\somebody"
End Function
Public Function GetAttr(Path As String) As Long
    Err.Raise 53 'there is no such file
End Function
"""
DECLARATIONS = re.compile(r"^ *(?:Public |Private )?Declare .*$", re.MULTILINE)
FILE_ACCESS = re.compile(r"^ *(?:Number = FreeFile|Open |Close ).*$", re.MULTILINE)
REMARKS = re.compile(r"^( *#.*?) +'.*$", re.MULTILINE)
LOOKS_UP = ("GetConfig", "Interpreter")
"""What reads a setting: xlwings' function, and ours."""


@dataclass
class Taken:
    """What calls took so far."""

    statements: int = 0
    look_ups: int = 0


def measure(*, quick: bool) -> Iterator[Figure]:
    """A call of one row, its look-ups, and a call that gives many cells."""
    ours, theirs = Excel(_our_modules()), Excel(_their_modules())
    for n_rows in (1, 100 if quick else 1_000):
        mine, peers = ours.second_call(n_rows), theirs.second_call(n_rows)
        what, ratio = f"VBA statements of a call of {n_rows:,} × 6 cells", peers.statements / mine.statements
        counts = (f"{mine.statements:,}", "xlwings' wrapper", f"{peers.statements:,}")
        if n_rows == 1:
            yield at_least(1, what, *counts, ratio)
            yield Figure(
                "configuration look-ups of a call", str(mine.look_ups), "xlwings' wrapper", str(peers.look_ups)
            )
        else:  # ours looks at each cell, which is shown and not aimed at
            yield Figure(what, *counts, ratio)


class Counting(Interpreter):
    """An interpreter that counts."""

    taken = Taken()

    def _execute(self, statement: Any, frame: Any) -> None:
        self.taken.statements += frame.module.name != "Windows"
        super()._execute(statement, frame)

    def call(self, procedure: Any, *given: Any, **named: Any) -> Any:
        """Calls a procedure."""
        self.taken.look_ups += procedure.name in LOOKS_UP
        return super().call(procedure, *given, **named)


class Bridge(ExcelBridge):
    """An Excel whose only object from outside expands variables of the environment."""

    def create(self, type_name_: str) -> object:  # noqa: ARG002 (xlwings asks for no other)
        """The shell of Windows."""
        return Shell()


class Shell(VBAObject):
    """What xlwings hands each setting to."""

    @method
    def ExpandEnvironmentStrings(self, Text: object) -> object:  # noqa: N802, N803 (named as in Windows)
        """The text, in which nothing stands to be expanded."""
        return Text


class Server(VBAObject):
    """Python, which answers each row with a score."""

    def __init__(self) -> None:
        self.n_rows = 1

    @method
    def CallUDF(self, *given: object) -> object:  # noqa: N802, ARG002 (named as in xlwings)
        """One cell, or a column of them."""
        return 86.0 if self.n_rows == 1 else vba.block([[86.0]] * self.n_rows)


class Excel(vba.Excel):
    """An Excel in memory with these modules loaded, counting."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self.application = vba.HostApplication()
        self.interpreter = Counting(Bridge(self.application))
        self.application.interpreter = self.interpreter
        self.application.server = Server()
        self.add_workbook()
        for name, source in {**modules, "Windows": WINDOWS}.items():
            self.add_module(source, name=name)

    def second_call(self, n_rows: int) -> Taken:
        """What a call over so many rows takes once Python is up."""
        self.application.server.n_rows = n_rows
        for _ in range(2):
            self.interpreter.taken = Taken()
            given = self.call("CREDIT_SCORE", self.range(f"A1:F{n_rows}"))
        if given != [[86.0]] * n_rows:
            raise ValueError(f"the wrapper gives {given[:3]}")
        return self.interpreter.taken


def _our_modules() -> dict[str, str]:
    """The add-in's modules; the file that names the interpreter is taken as read."""
    modules = dict(vba.build.modules(vba.texts()))
    host = FILE_ACCESS.sub("", DECLARATIONS.sub("", modules["XlcreditHost"]))
    modules["XlcreditHost"] = host.replace("Line Input #Number, Found", 'Found = "C:\\Python\\python.exe"')
    return {name: vba.PROCEDURE_ATTRIBUTE.sub("", source) for name, source in modules.items()}


def _their_modules() -> dict[str, str]:
    """The module that xlwings ships and the wrappers that it writes, in what VBA the interpreter reads."""
    (folder,) = find_spec("xlwings").submodule_search_locations  # type: ignore[union-attr, misc]  # it is a package
    shipped = REMARKS.sub(r"\1", Path(folder, "xlwings.bas").read_text(encoding="utf-8"))
    shipped = DECLARATIONS.sub("", shipped).replace("LoadLibrary(", "LoadLibraryW(")
    # VBA compares a text with a truth; the interpreter wants it converted.
    shipped = re.sub(r'(GetConfig\("SHOW CONSOLE", False\)) = True', r"CBool(\1)", shipped)
    command = [sys.executable, "-m", __name__]
    written = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    heading = 'Attribute VB_Name = "xlwings_udfs"\n#Const App = "Microsoft Excel"\n'
    return {"xlwings": shipped, "xlwings_udfs": heading + written}


def main() -> None:
    """Prints the wrappers that xlwings writes; a process of its own, for xlwings needs stand-ins for pywin32."""
    from tests.support import com

    com.install()
    from xlwings import udfs

    from udfs import functions

    udfs.generate_vba_wrapper("udfs.functions", functions, sys.stdout, SimpleNamespace(Name="book.xlsm"))


if __name__ == "__main__":
    main()
