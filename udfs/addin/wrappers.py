"""VBA of the worksheet functions, generated from their declarations: one Public Function each.

What a call does is in ``vba/XlcreditCalls.bas``; a wrapper only names the function and its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from udfs.catalogue import Argument, Function, functions

MODULE = "XlcreditFunctions"

EXPLAINING = "CREDIT_EXPLAIN"
"""The function that is given the logged reason of an error instead of the bare error."""


def module() -> str:
    """Source of the module with every wrapper, and of the Sub that describes them to Excel."""
    lines = [
        f'Attribute VB_Name = "{MODULE}"',
        "'The worksheet functions, generated from their declarations.",
        "Option Explicit",
        "",
        *(line for each in functions() for line in _wrapper(each)),
        *_description(functions()),
    ]
    return "\n".join(lines) + "\n"


def _wrapper(function: Function) -> Iterator[str]:
    parameters = ", ".join(_parameter(each) for each in function.arguments)
    reader = "Explained" if function.name == EXPLAINING else "Values"
    values = ", ".join(f"{reader}({each.name})" for each in function.arguments)
    yield f"Public Function {function.name}({parameters}) As Variant"
    yield f'Attribute {function.name}.VB_Description = "{_ascii(function.purpose)}"'
    yield f'    {function.name} = CreditCall("{function.name}", Array({values}))'
    yield "End Function"
    yield ""


def _parameter(argument: Argument) -> str:
    return f"{'Optional ' if argument.optional else ''}{argument.name} As Variant"


def _ascii(text: str) -> str:
    """Text for an attribute, which Excel reads in the user's code page: ASCII alone is the same in all."""
    return text.replace("–", "-").replace('"', '""').encode("ascii").decode()


def _description(declared: tuple[Function, ...]) -> Iterator[str]:
    yield "Public Sub DescribeFunctions()"
    for function in declared:
        names = ", ".join(f'"{each.name}"' for each in function.arguments)
        yield f'    Describe "{function.name}", Array({names})'
    yield "End Sub"
