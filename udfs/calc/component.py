"""The add-in as LibreOffice loads it: one method per worksheet function, each a call of ``xlcredit.excel.functions``.

This file travels inside the extension; xlcredit itself is imported from the Python that LibreOffice runs.
"""

import sys
from functools import partial
from pathlib import Path

import unohelper
from com.sun.star.lang import XServiceInfo
from org.xlcredit import XFunctions

try:
    from udfs.calc.reasons import Reasons
    from udfs.calc.values import ERRORS, cells_of, rows_of
    from udfs.catalogue import functions
    from xlcredit.excel import functions as work
except ImportError as fault:
    missing = str(fault)
else:
    missing = ""

NAME = "org.xlcredit.Functions"
SERVICES = (NAME, "com.sun.star.sheet.AddIn")
EXPLAIN = "CREDIT_EXPLAIN"


class Functions(unohelper.Base, XServiceInfo, XFunctions):
    """The service Calc asks; its worksheet functions are added below."""

    def __init__(self, context):
        self.context = context

    def getImplementationName(self):
        """Name of the service, as CalcAddIns.xcu has it."""
        return NAME

    def supportsService(self, name):
        """Whether this is such a service."""
        return name in SERVICES

    def getSupportedServiceNames(self):
        """Names of the services this is."""
        return SERVICES


def calling(function):
    """A method that calls one worksheet function."""
    names = [each.name for each in function.arguments]
    run = getattr(work, function.name.lower())
    log = partial(reasons.note, function.name)

    def method(self, *given):
        return cells_of(run(*map(rows_of, names, given)), log)

    return method


def explain(self, asked):
    """What the error in a cell means. Calc hands over the cell itself, since it calls nothing for an error's value."""
    cell = asked.getCellByPosition(0, 0)
    code = next((text for text, number in ERRORS.items() if number == cell.getError()), "")
    texts = reasons.texts(cell.getFormula(), code) if code else [cell.getString()]
    return (("\n".join(str(work.credit_explain([[text]])[0][0]) for text in texts),),)


def any_function(self, name):
    """A method for whichever worksheet function, where xlcredit cannot be imported."""
    if not name.isupper():
        raise AttributeError(name)
    return lacking


def lacking(*given):
    """What every cell then says."""
    text = Path(__file__).with_name("missing.txt").read_text("utf-8")
    return ((text.format(python=f"{sys.version_info.major}.{sys.version_info.minor}", fault=missing),),)


if missing:
    Functions.__getattr__ = any_function
else:
    reasons = Reasons()
    for declared in functions():
        setattr(Functions, declared.name, explain if declared.name == EXPLAIN else calling(declared))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, NAME, SERVICES)
