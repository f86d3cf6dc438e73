"""The stand-in for Excel has no more of xlwings than Excel on a desk has: code that runs on it runs there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import xlwings
from xlwings import base_classes

from tests.support import xlengine, xllooks, xlnames, xlranges, xlrules, xlsheets, xltables

STANDS_IN = [
    made
    for module in (xlengine, xllooks, xlnames, xlranges, xlrules, xlsheets, xltables)
    for made in vars(module).values()
    if isinstance(made, type)
    and made.__module__ == module.__name__
    and made.__base__.__module__ == base_classes.__name__
]

HOW_MUCH = {"max_cells_per_read", "max_cells_per_write"}
"""What says how an engine is spoken to, not what it does."""


def members(file: str, name: str) -> set[str]:
    """What a class in one of xlwings' engines defines itself; the Windows one cannot be imported elsewhere."""
    tree = ast.parse((Path(xlwings.__file__).parent / file).read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return {node.name for node in body if isinstance(node, ast.FunctionDef)} | {
        target.id
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@pytest.mark.parametrize("engine", ["_xlwindows.py", "_xlmac.py"])
@pytest.mark.parametrize("stand_in", STANDS_IN, ids=lambda stand_in: stand_in.__name__)
def test_what_the_stand_in_answers_excel_on_a_desk_answers(stand_in: type, engine: str):
    asked = {name for name in vars(stand_in) if hasattr(stand_in.__base__, name) and not name.startswith("_")}
    assert set() == asked - HOW_MUCH - members(engine, stand_in.__base__.__name__)
