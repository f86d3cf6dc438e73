"""xlwings' Windows side on any system: its real ``call_udf`` over a stand-in for COM.

Off Windows xlwings' decorators do nothing and ``xlwings.udfs`` cannot be imported, for want of pywin32. Run in a
process of its own, this module puts stand-ins for pywin32 in place, gives xlwings its real decorators back, and calls
functions as the DLL does: values as ``Value2`` hands them over, results as xlwings writes them.
"""

from __future__ import annotations

import ctypes
import json
import sys
from datetime import UTC, date, datetime, time
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

ERRORS = {
    "#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288, "#NUM!": -2146826252,
    "#REF!": -2146826265, "#VALUE!": -2146826273,
}  # fmt: skip
"""What COM hands over for an error cell."""

_MODULES = (
    "pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.client.dynamic", "win32com.server",
    "win32com.server.util", "win32com.server.dispatcher", "win32com.server.policy", "win32timezone", "win32api",
    "win32con", "win32event", "win32gui", "win32process", "winerror", "comtypes", "comtypes.client",
)  # fmt: skip


class _Stand(ModuleType):
    """A module of pywin32 of which any name can be asked; what is no COM object is no instance of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {}) if name[0].isupper() or "error" in name.lower() else MagicMock(name=name)
        setattr(self, name, made)
        return made


def install() -> Any:
    """``call_udf`` of xlwings, with ``udfs.functions`` declared by the real decorators."""
    sys.modules.update({name: _Stand(name) for name in _MODULES if name not in sys.modules})
    sys.modules["pywintypes"].TimeType = datetime
    sys.modules["pythoncom"].__file__ = ""
    sys.modules["win32timezone"].TimeZoneInfo = MagicMock(utc=lambda: UTC)
    ctypes.oledll, ctypes.windll, ctypes.PyDLL = MagicMock(), MagicMock(), MagicMock()  # type: ignore[attr-defined]  # Windows has them
    sys.modules["win32com.client"].Dispatch = lambda thing: thing
    sys.modules["xlwings.com_server"] = _Stand("xlwings.com_server")  # the server that the DLL speaks to
    import xlwings
    from xlwings import _xlwindows, udfs

    xlwings._xlwindows = _xlwindows
    xlwings.engines.add(xlwings.main.Engine(impl=_xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs.call_udf


def handed_over(cell: Any) -> Any:
    """A cell as COM hands it over: numbers are floats, a blank is None, an error is its number."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, str):
        return ERRORS.get(cell, cell)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def call(call_udf: Any, function: str, arguments: list[Any]) -> Any:
    """A call of a worksheet function as a wrapper makes it."""
    given = [tuple(tuple(map(handed_over, row)) for row in rows) for rows in arguments]
    return call_udf("udfs.functions", function, tuple(given))


def main() -> None:
    """Calls what standard input asks for, a JSON list of function and arguments, and prints what each gives."""
    call_udf = install()
    asked = json.load(sys.stdin, object_hook=lambda held: date.fromisoformat(held["date"]))
    answers = [call(call_udf, function, arguments) for function, arguments in asked]
    print(json.dumps(answers, default=lambda day: {"date": day.isoformat()[:10]}))


if __name__ == "__main__":
    main()
