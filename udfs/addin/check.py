"""What can be known of a built add-in without Excel: every fault of its package, ribbon and VBA in words.

Nothing here needs more than the build itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from udfs.catalogue import functions

RIBBON = "customUI/customUI14.xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CONTROL = "{http://schemas.microsoft.com/office/2009/07/customui}"
SHOWN = ("tab", "group", "button")
CALLBACKS = ("getLabel", "getScreentip", "getSupertip", "getVisible", "onAction")
LINE = 1023
"""Letters of a line that the VBA editor keeps."""


def faults(path: Path) -> list[str]:
    """Every fault of an add-in file; none is an empty list."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sources = read_modules(path)
    return [*_untyped(parts), *_dangling(parts), *_unanswered(parts, sources), *_unwritten(sources), *_unfit(sources)]


def read_modules(path: Path) -> dict[str, str]:
    """Source of every module as it stands in the file."""
    from pyopenvba import ExcelFile

    with ExcelFile(path) as book:
        return {name: book.get_module(name) for name in book.module_names()}


def controls(ribbon: bytes) -> list[dict[str, str]]:
    """Attributes of every control of a ribbon: tab, groups and buttons in their order."""
    return [dict(each.attrib) for each in _tree(ribbon).iter() if each.tag.removeprefix(CONTROL) in SHOWN]


def _tree(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 (we built it)


def _untyped(parts: dict[str, bytes]) -> Iterator[str]:
    root = _tree(parts["[Content_Types].xml"])
    extensions = {each.get("Extension") for each in root.iter(f"{TYPES}Default")}
    named = {each.get("PartName") for each in root.iter(f"{TYPES}Override")}
    for name in parts:
        if name != "[Content_Types].xml" and f"/{name}" not in named and name.rpartition(".")[2] not in extensions:
            yield f"{name} has no content type"
    yield from (f"{name} is typed but not there" for name in named if str(name).lstrip("/") not in parts)


def _dangling(parts: dict[str, bytes]) -> Iterator[str]:
    for name, xml in parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in _tree(xml):
                target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
                if target not in parts:
                    yield f"{name} points to {target}, which is not there"


def _unanswered(parts: dict[str, bytes], sources: dict[str, str]) -> Iterator[str]:
    subs = set(re.findall(r"^Public Sub (\w+)", sources.get("XlcreditRibbon", ""), re.MULTILINE))
    for control in controls(parts[RIBBON]):
        for callback in CALLBACKS:
            if callback in control and control[callback] not in subs:
                yield f"{control['id']}: {callback} calls {control[callback]}, which is not there"


def _unwritten(sources: dict[str, str]) -> Iterator[str]:
    text = "\n".join(sources.values())
    for function in functions():
        if not re.search(rf"^Public Function {function.name}\(", text, re.MULTILINE):
            yield f"{function.name} has no wrapper"


def _unfit(sources: dict[str, str]) -> Iterator[str]:
    """What the VBA editor would cut or read differently in another code page."""
    for name, source in sources.items():
        for number, line in enumerate(source.splitlines(), 1):
            if len(line) > LINE or not line.isascii():
                yield f"{name}, line {number} is longer than {LINE} letters or not ASCII"
