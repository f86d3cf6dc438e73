"""Macros are declarations: each presses the button of its own name, and there is one for each tag of the ribbon."""

from __future__ import annotations

import ast
from pathlib import Path
from xml.etree import ElementTree as ET

import udfs.macros
from udfs import addin

TREE = ast.parse(Path(udfs.macros.__file__).read_text(encoding="utf-8"))
FUNCTIONS = [node for node in TREE.body if isinstance(node, ast.FunctionDef)]


def test_a_macro_is_one_call_with_its_own_name():
    for function in FUNCTIONS:
        docstring, call = function.body
        assert isinstance(docstring.value, ast.Constant)
        assert f"press('{function.name}')" == ast.unparse(call)


def test_every_button_of_the_ribbon_has_its_macro():
    ribbon = ET.parse(Path(addin.__file__).with_name("ribbon.xml"))
    tags = {element.get("tag") for element in ribbon.iter() if element.get("tag")}
    assert tags == {function.name for function in FUNCTIONS}
