"""What a workbook calls by name is there, and nothing is longer or called otherwise than Excel takes.

Excel repairs a workbook whose formula, chart or link asks for a sheet or a table that it does not have, whose two tables
share a name, or whose validation says more than 255 characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

Tree = etree._Element
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LENGTHS = {"f": 8192, "formula": 8192, "formula1": 8192, "formula2": 8192, "t": 32767, "oddHeader": 255, "oddFooter": 255}  # fmt: skip
"""Element → the longest text that Excel takes in it."""
SAID = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255, "tooltip": 255}
"""Attributes of validations and links, and the longest that Excel takes."""
FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
NAME = re.compile(r"(?![A-Za-z]{1,3}\d+$|[RrCc]$)[^\W\d][\w.\\?]*|\\")
QUOTED = re.compile(r'"[^"]*"')
SHEET = re.compile(r"'((?:[^']|'')+)'!|(?<![#\w\]])([^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!")
TABLE = re.compile(r"([^\W\d][\w.]*)\[")


def misreferred(trees: Mapping[str, Tree]) -> Iterator[str]:
    """Every fault, as "part: what"."""
    book = trees.get("xl/workbook.xml")
    if book is None:
        return
    sheets = [sheet.get("name", "") for sheet in book.iter("{*}sheet")]
    tables = [tree.get("displayName", "") for tree in trees.values() if _local(tree) == "table"]
    names = list(book.iter("{*}definedName"))
    yield from (f"xl/workbook.xml: no sheet may be called {n!r}" for n in sheets if not SHEET_NAME.fullmatch(n))
    yield from _names(tables, [name.get("name", "") for name in names if not name.get("localSheetId")])
    there = {name.lower() for name in sheets}
    known = {name.lower() for name in (*tables, *(name.get("name", "") for name in names))}
    for part, tree in trees.items():
        for element in tree.iter(etree.Element):
            yield from (f"{part}: {fault}" for fault in _element(element, there, known))


def _names(tables: Collection[str], names: Collection[str]) -> Iterator[str]:
    count = Counter(name.lower() for name in (*tables, *set(names)))
    yield from (f"xl/workbook.xml: {name!r} is the name of {n} things" for name, n in count.items() if n > 1)
    yield from (f"xl/workbook.xml: no table may be called {name!r}" for name in tables if not NAME.fullmatch(name))


def _element(element: Tree, sheets: Collection[str], known: Collection[str]) -> Iterator[str]:
    kind, text = _local(element), element.text or ""
    if len(text) > LENGTHS.get(kind, len(text)):
        yield f"{kind} of {len(text)} characters"
    if kind in FORMULAS:
        yield from _formula(text, sheets, known)
    if kind in ("dataValidation", "hyperlink"):
        yield from (f"{key} of {len(element.get(key, ''))}" for key in SAID if len(element.get(key, "")) > SAID[key])
    if kind == "dataValidation":
        listed = "".join(element.itertext("{*}formula1"))
        if len(listed) > 255 + 2 * listed.startswith('"'):
            yield f"a validation over {len(listed)} characters"
    if kind == "hyperlink" and not element.get(RELATION):
        yield from _formula(element.get("location", ""), sheets, known)


def _formula(formula: str, sheets: Collection[str], known: Collection[str]) -> Iterator[str]:
    """What a formula asks for and is not there; another workbook's sheets stand in or behind brackets."""
    plain = QUOTED.sub("", formula)
    for quoted, bare in SHEET.findall(plain):
        for name in (quoted.replace("''", "'") or bare).split(":"):
            if "[" not in name and name.lower() not in sheets:
                yield f"{formula[:80]!r} asks for a sheet {name!r}"
    for name in TABLE.findall(SHEET.sub("", plain)):
        if name.lower() not in known:
            yield f"{formula[:80]!r} asks for a table {name!r}"


def _local(tree: Tree) -> str:
    return etree.QName(tree).localname if isinstance(tree.tag, str) else ""
