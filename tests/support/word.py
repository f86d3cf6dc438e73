"""What a Word document says: paragraphs and rows of tables as a reader sees them, from its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said(content: bytes) -> list[str]:
    """The lines of a document: each paragraph, each row of a table with bars between its cells; blank ones left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = ET.fromstring(package.read("word/document.xml")).find(f"{W}body")
    lines = [line for block in body for line in _lines(block)]
    return [line for line in lines if line.strip()]


def dump(content: bytes) -> str:
    """The document as text, to be reviewed as a diff: its lines with their style, side and marks, its tables with theirs."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = ET.fromstring(package.read("word/document.xml")).find(f"{W}body")
    return "\n".join([*(line for block in body for line in _shown(block)), f"footer: {footer(content)}"])


def footer(content: bytes) -> str:
    """What stands at the foot of every page."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return _text(ET.fromstring(package.read("word/footer1.xml")))


def _shown(block: ET.Element) -> Iterator[str]:
    if block.tag == f"{W}tbl":
        yield f"table {' '.join(column.get(f'{W}w', '') for column in block.iter(f'{W}gridCol'))}"
        for row in block.iter(f"{W}tr"):
            mark = "heading" if row.find(f"{W}trPr/{W}tblHeader") is not None else "row"
            yield f"  {mark} " + " | ".join(f"{_text(cell)}{_marks(cell)}" for cell in row.iter(f"{W}tc"))
    elif block.tag == f"{W}p":
        yield f"{_text(block)}{_marks(block)}".replace("\n", "⏎").replace("\N{NO-BREAK SPACE}", "~")


def _marks(block: ET.Element) -> str:
    """Style, side and what else is set, in braces where there is something."""
    found = [block.find(f".//{W}{name}") for name in ("pStyle", "jc")]
    marks = [each.get(f"{W}val", "") for each in found if each is not None]
    marks += [name for name in ("keepNext", "b") if block.find(f".//{W}{name}") is not None]
    return f" {{{' '.join(marks)}}}" if marks else ""


def _lines(block: ET.Element) -> Iterator[str]:
    if block.tag == f"{W}tbl":
        yield from (" | ".join(_text(cell) for cell in row.iter(f"{W}tc")) for row in block.iter(f"{W}tr"))
    else:
        yield from _text(block).split("\n")


def _text(element: ET.Element) -> str:
    breaks = {f"{W}cr": "\n", f"{W}br": "\n"}
    return "".join(breaks.get(part.tag, part.text if part.tag == f"{W}t" else "") or "" for part in element.iter())
