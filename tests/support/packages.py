"""A workbook's package as its parts: taken apart, changed by hand, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Parts = dict[str, bytes]
"""Part name → content, in the package's order."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LEDGER = "xl/worksheets/sheet1.xml"
"""The ledger's sheet in everything XlsxWriter makes here."""


def read_parts(path: Path) -> Parts:
    """Every part's content by name."""
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_parts(path: Path, parts: Parts, method: int = ZIP_DEFLATED) -> Path:
    """The package made of these parts, dated 1980 as Excel does."""
    with ZipFile(path, "w", method) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compress_type=method)
    return path


@contextmanager
def reworked(path: Path) -> Iterator[Parts]:
    """The parts of a package, written back when done."""
    parts = read_parts(path)
    yield parts
    write_parts(path, parts)


def replace(parts: Parts, name: str, old: str, new: str) -> None:
    """Change the first place where a part says ``old``, which must be there."""
    text = parts[name].decode()
    if old not in text:
        raise ValueError(f"{name} does not say {old!r}")
    parts[name] = text.replace(old, new, 1).encode()


def add_part(parts: Parts, name: str, content: str | bytes, content_type: str = "") -> None:
    """A new part with its content type; none for a type that a default already covers."""
    parts[name] = content.encode() if isinstance(content, str) else content
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        replace(parts, "[Content_Types].xml", "</Types>", override)


def add_default(parts: Parts, extension: str, content_type: str) -> None:
    """The content type of every part with this extension."""
    if f'Extension="{extension}"'.encode() not in parts["[Content_Types].xml"]:
        default = f'<Default Extension="{extension}" ContentType="{content_type}"/>'
        replace(parts, "[Content_Types].xml", "<Default ", f"{default}<Default ")


def relate(parts: Parts, source: str, kind: str, target: str, mode: str = "") -> str:
    """A relationship from a part ("" is the package) to a target; its id."""
    folder, _, base = source.rpartition("/")
    name = f"{folder}/_rels/{base}.rels".lstrip("/")
    parts.setdefault(name, f'{XML}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode())
    free = 1 + max((int(n) for n in re.findall(r'Id="rId(\d+)"', parts[name].decode())), default=0)
    external = f' TargetMode="{mode}"' if mode else ""
    added = f'<Relationship Id="rId{free}" Type="{kind}" Target="{target}"{external}/></Relationships>'
    replace(parts, name, "</Relationships>", added)
    return f"rId{free}"


def add_extension(parts: Parts, name: str, root: str, uri: str, content: str, namespaces: str = "") -> None:
    """An ``<ext>`` in the extension list at the end of a sheet or workbook."""
    extension = f'<ext uri="{uri}" {namespaces}>{content}</ext>'
    if b"</extLst>" in parts[name]:
        replace(parts, name, "</extLst>", f"{extension}</extLst>")
    else:
        replace(parts, name, f"</{root}>", f"<extLst>{extension}</extLst></{root}>")
