"""The declarations of the worksheet functions, and nothing else in their file."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from udfs import functions as module
from xlcredit.excel import functions as work
from xlcredit.excel.names import FUNCTIONS

TREE = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
DECLARED = [node for node in TREE.body if isinstance(node, ast.FunctionDef)]
each = pytest.mark.parametrize("node", DECLARED, ids=lambda node: node.name)


def test_the_file_holds_declarations_alone():
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.FunctionDef)
    assert [type(node).__name__ for node in TREE.body if not isinstance(node, allowed)] == []
    assert [node.name for node in DECLARED] == [*FUNCTIONS]


@each
def test_a_function_is_a_docstring_and_one_call_with_its_own_arguments(node):
    names = [argument.arg for argument in node.args.args]
    docstring, call = node.body
    assert isinstance(docstring.value.value, str)
    assert ast.unparse(call) == f"return work.{node.name.lower()}({', '.join(names)})"


@each
def test_arguments_are_positional_without_annotations_and_default_to_none(node):
    arguments = node.args
    assert [*arguments.posonlyargs, *arguments.kwonlyargs] == []
    assert (arguments.vararg, arguments.kwarg) == (None, None)
    assert [ast.unparse(default) for default in arguments.defaults] == ["None"] * len(arguments.defaults)
    assert [argument.annotation for argument in arguments.args] == [None] * len(arguments.args)
    assert node.returns is None


@each
def test_every_argument_is_declared_in_order_and_the_result_is_a_table(node):
    said = [ast.unparse(decorator) for decorator in node.decorator_list]
    assert said == ["func", *(argument.arg for argument in node.args.args), "table"]


@each
def test_the_sister_takes_the_same_arguments(node):
    sister = inspect.signature(getattr(work, node.name.lower())).parameters.values()
    assert [parameter.name for parameter in sister] == [argument.arg for argument in node.args.args]
    assert [parameter.default for parameter in sister if parameter.default is not parameter.empty] == [
        None for _ in node.args.defaults
    ]


@each
def test_no_name_reads_as_a_cell(node):
    assert not re.fullmatch(r"[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*", node.name)


# [MS-VBAL] 3.3.5.2: an argument called like one of these keeps the module of wrappers from compiling.
RESERVED = frozenset(
    """abs addressof and any array as boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint circle
    clng close const csng cstr currency cvar cverr date debug declare dim do doevents double each else elseif empty end
    endif enum eqv erase event exit false fix for friend function get global gosub goto if imp implements in input int
    integer is lbound len let like lock long loop lset me mod new next not nothing null on open option optional or
    paramarray preserve print private pset public put raiseevent redim rem resume return rset scale seek select set
    sgn shared single spc static stop string sub tab then to true type typeof ubound unlock until variant wend while
    with withevents write xor""".split()
)


@each
def test_no_argument_is_a_word_of_vba(node):
    assert {argument.arg for argument in node.args.args} & RESERVED == set()
