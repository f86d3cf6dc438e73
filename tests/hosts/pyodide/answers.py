"""What runs in Pyodide: the declarations and all below them, called with cells as xlwings Lite hands them over."""

from __future__ import annotations

import json
import sys
from datetime import date
from types import ModuleType

sys.dont_write_bytecode = True  # the packages are mounted from the working tree
sys.path.insert(0, "/code")


def undecorated(*_given, **_options):
    """A decorator that leaves a function as it is, as xlwings' own do off Windows; Lite brings xlwings itself."""
    return lambda function: function


xlwings = ModuleType("xlwings")
xlwings.func, xlwings.arg, xlwings.ret = lambda function: function, undecorated, undecorated
sys.modules["xlwings"] = xlwings

import numpy as np  # noqa: E402 (xlwings is stood in for first)

from udfs import functions  # noqa: E402

FIRST_DAY = date(1899, 12, 30)


def handed_over(cell):
    """A cell as Lite hands it over: a blank is None, a date its serial number."""
    if isinstance(cell, dict):
        return float((date.fromisoformat(cell["date"]) - FIRST_DAY).days)
    return None if cell == "" else cell


def answers(asked):
    """What each call of a JSON list of function and arguments gives, and where that was, as JSON."""
    given = [
        getattr(functions, function)(*([[handed_over(cell) for cell in row] for row in rows] for rows in arguments))
        for function, arguments in json.loads(asked)
    ]
    where = {"platform": sys.platform, "numpy": np.__version__, "modules": sorted(sys.modules)}
    return json.dumps({**where, "given": given}, default=lambda day: {"date": day.isoformat()}, allow_nan=False)
