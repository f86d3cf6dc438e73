"""What Excel checks beyond the schema: parts agree with each other, indexes point at something.

The validator of ``schema`` passes a cell whose style does not exist or a table whose header differs
from its cell; Excel answers both with "We found a problem with some content".
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from tests.support.references import misreferred

Tree = etree._Element
Cells = dict[tuple[int, int], Tree]


def faults(path: Path) -> list[str]:
    """Every disagreement, as "part: what"."""
    with ZipFile(path) as package:
        names = [name for name in package.namelist() if not name.endswith("/")]
        parts = {name.lower(): package.read(name) for name in names if name.endswith((".xml", ".rels", ".vml"))}
    trees, found = _parsed(parts)
    found += [f"{name}: stands twice in the package" for name, count in Counter(names).items() if count > 1]
    found += [*_untyped(names, trees), *_dangling(names, trees), *_workbook(trees), *_sheets(trees)]
    return [*found, *misreferred(trees)]


def _parsed(parts: dict[str, bytes]) -> tuple[dict[str, Tree], list[str]]:
    trees: dict[str, Tree] = {}
    broken = []
    for name, content in parts.items():
        try:
            trees[name] = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError as error:
            broken.append(f"{name}: is not well-formed ({error.msg})")
    return trees, broken


def _untyped(names: list[str], trees: dict[str, Tree]) -> Iterator[str]:
    types = trees["[content_types].xml"]
    overrides = [part.get("PartName", "").lower() for part in types if part.get("PartName")]
    defaults = {part.get("Extension", "").lower() for part in types if part.get("Extension")}
    present = {f"/{name.lower()}" for name in names}
    yield from (f"[Content_Types].xml: types {part}, which is not there" for part in overrides if part not in present)
    yield from (f"[Content_Types].xml: types {p} twice" for p, count in Counter(overrides).items() if count > 1)
    for name in names:
        extension = name.lower().rpartition(".")[2]
        if f"/{name.lower()}" not in overrides and extension not in defaults and name != "[Content_Types].xml":
            yield f"{name}: has no content type"


def relations(trees: dict[str, Tree], part: str) -> dict[str, str]:
    """Relationship id → target part of a part's internal relationships."""
    folder, base = posixpath.split(part)
    rels = trees.get(f"{folder}/_rels/{base}.rels".lstrip("/"))
    internal = [] if rels is None else [rel for rel in rels if rel.get("TargetMode") != "External"]
    return {rel.get("Id", ""): _absolute(folder, rel.get("Target", "").lower()) for rel in internal}


def _absolute(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _dangling(names: list[str], trees: dict[str, Tree]) -> Iterator[str]:
    present = {name.lower() for name in names}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        part = name.replace("_rels/", "").removesuffix(".rels")
        ids = Counter(rel.get("Id") for rel in tree)
        yield from (f"{name}: has {one} twice" for one, count in ids.items() if count > 1)
        targets = relations(trees, part)
        yield from (f"{name}: points at {to}, which is not there" for to in targets.values() if to not in present)
        if part in trees:
            used = set(_referred(trees[part]))
            yield from (f"{part}: refers to {one}, which it has no relationship for" for one in sorted(used - set(ids)))


def _referred(tree: Tree) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            if key.startswith("{") and etree.QName(key).namespace.endswith("/relationships"):
                yield value


def _workbook(trees: dict[str, Tree]) -> Iterator[str]:
    book = trees.get("xl/workbook.xml")
    if book is None:
        return
    sheets = _all(book, "sheet")
    for key in ("sheetId", "name"):
        count = Counter(sheet.get(key, "").lower() for sheet in sheets)
        yield from (f"xl/workbook.xml: {key} {value!r} stands twice" for value, n in count.items() if n > 1)
    names = _all(book, "definedName")
    count = Counter((n.get("name", "").lower(), n.get("localSheetId")) for n in names)
    yield from (f"xl/workbook.xml: defined name {name[0]!r} stands twice" for name, n in count.items() if n > 1)
    for name in names:
        if int(name.get("localSheetId") or 0) >= len(sheets):
            yield f"xl/workbook.xml: defined name {name.get('name')!r} belongs to a sheet that is not there"


def _sheets(trees: dict[str, Tree]) -> Iterator[str]:
    styles = trees.get("xl/styles.xml")
    strings = trees.get("xl/sharedstrings.xml")
    xfs, dxfs = _count(styles, "cellXfs"), _count(styles, "dxfs")
    texts = ["".join(_texts(si)) for si in _all(strings, "si")] if strings is not None else []
    yield from _style_counts(styles)
    table_ids: Counter[str] = Counter()
    for name, tree in trees.items():
        if _local(tree) != "worksheet":
            continue
        cells: Cells = {}
        yield from (f"{name}: {fault}" for fault in _rows(tree, cells))
        yield from (f"{name}: {fault}" for fault in _indexes(tree, cells, xfs, dxfs, len(texts)))
        for target in relations(trees, name).values():
            if target.startswith("xl/tables/") and target in trees:
                table_ids[trees[target].get("id", "")] += 1
                yield from (f"{target}: {fault}" for fault in _table(trees[target], cells, texts))
    yield from (f"table id {one} is used twice" for one, count in table_ids.items() if count > 1)


def _style_counts(styles: Tree | None) -> Iterator[str]:
    for group in [] if styles is None else styles:
        stated = group.get("count")
        if stated and int(stated) != len(_elements(group)):
            yield f"xl/styles.xml: {_local(group)} says {stated} and has {len(_elements(group))}"
    if styles is None:
        return
    limits = {
        key: _count(styles, group) for key, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
    }
    for xf in _all(styles, "xf"):
        for key, limit in limits.items():
            if int(xf.get(key) or 0) >= max(limit, 1):
                yield f"xl/styles.xml: an xf has {key} {xf.get(key)} of {limit}"


def _rows(tree: Tree, cells: Cells) -> Iterator[str]:
    """Rows and cells rise and none stands twice; fills ``cells`` on the way."""
    at = -1
    for row in _all(tree, "row"):
        number = int(row.get("r", at + 2)) - 1
        if number <= at:
            yield f"row {number + 1} comes after row {at + 1}"
        at, column = number, -1
        for cell in _elements(row):
            where = _position(cell.get("r")) if cell.get("r") else (at, column + 1)
            if where[0] != at or where[1] <= column:
                yield f"cell {cell.get('r')} stands out of order in row {at + 1}"
            column = where[1]
            cells[where] = cell


def _indexes(tree: Tree, cells: Cells, xfs: int, dxfs: int, texts: int) -> Iterator[str]:
    for cell in cells.values():
        if int(cell.get("s") or 0) >= max(xfs, 1):
            yield f"cell {cell.get('r')} has style {cell.get('s')} of {xfs}"
        value = next((c.text for c in cell if _local(c) == "v"), None)
        if cell.get("t") == "s" and value and int(value) >= texts:
            yield f"cell {cell.get('r')} has text {value} of {texts}"
    priorities = Counter(rule.get("priority") for rule in _all(tree, "cfRule") if rule.get("priority"))
    for rule in _all(tree, "cfRule"):
        if int(rule.get("dxfId") or 0) >= max(dxfs, 1):
            yield f"a conditional format has style {rule.get('dxfId')} of {dxfs}"
    yield from (f"priority {one} belongs to two conditional formats" for one, n in priorities.items() if n > 1)
    last = 0
    for column in (c for cols in _all(tree, "cols") for c in _elements(cols)):
        first, until = int(column.get("min", 0)), int(column.get("max", 0))
        if first <= last or until < first:
            yield f"columns {first} to {until} come after column {last}"
        last = until


def _table(table: Tree, cells: Cells, texts: list[str]) -> Iterator[str]:
    top, left, bottom, right = _range(table.get("ref", ""))
    columns = _all(table, "tableColumn")
    holder = _all(table, "tableColumns")[0]
    if not int(holder.get("count", 0)) == len(columns) == right - left + 1:
        yield f"{len(columns)} columns, count {holder.get('count')}, width {right - left + 1}"
    for key in ("id", "name"):
        count = Counter(column.get(key, "").lower() for column in columns)
        yield from (f"column {key} {value!r} stands twice" for value, n in count.items() if n > 1)
    if table.get("headerRowCount") != "0":
        for at, column in enumerate(columns, left):
            shown = _text(cells.get((top, at)), texts)
            wanted = column.get("name", "").replace("_x000a_", "\n").replace("_x000D_", "\r")
            if shown != wanted:
                yield f"column {wanted!r} is headed {shown!r}"
    filtered = [_range(f.get("ref", "")) for f in _all(table, "autoFilter")]
    footer = int(table.get("totalsRowCount") or 0)
    yield from (
        f"filter {f} does not fit {table.get('ref')}" for f in filtered if f != (top, left, bottom - footer, right)
    )


def _text(cell: Tree | None, texts: list[str]) -> str | None:
    if cell is None:
        return None
    if cell.get("t") == "inlineStr":
        return "".join(_texts(cell))
    value = next((c.text for c in cell if _local(c) == "v"), None)
    return texts[int(value)] if cell.get("t") == "s" and value else value


def _texts(tree: Tree) -> Iterator[str]:
    for t in _all(tree, "t"):
        if _local(t.getparent()) != "rPh":
            yield t.text or ""


def _range(ref: str) -> tuple[int, int, int, int]:
    first, _, last = ref.partition(":")
    return (*_position(first), *_position(last or first))


def _position(ref: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", ref).groups()
    column = 0
    for one in letters:
        column = column * 26 + ord(one) - 64
    return int(digits) - 1, column - 1


def _count(tree: Tree | None, group: str) -> int:
    return 0 if tree is None else sum(len(_elements(found)) for found in _all(tree, group))


def _all(tree: Tree, name: str) -> list[Tree]:
    return list(tree.iter("{*}" + name))


def _elements(tree: Tree) -> list[Tree]:
    return [child for child in tree if isinstance(child.tag, str)]


def _local(tree: Tree) -> str:
    return etree.QName(tree).localname if isinstance(tree.tag, str) else ""
