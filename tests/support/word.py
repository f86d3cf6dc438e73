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


def footer(content: bytes) -> str:
    """What stands at the foot of every page."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return _text(ET.fromstring(package.read("word/footer1.xml")))


def _lines(block: ET.Element) -> Iterator[str]:
    if block.tag == f"{W}tbl":
        yield from (" | ".join(_text(cell) for cell in row.iter(f"{W}tc")) for row in block.iter(f"{W}tr"))
    else:
        yield from _text(block).split("\n")


def _text(element: ET.Element) -> str:
    breaks = {f"{W}cr": "\n", f"{W}br": "\n"}
    return "".join(breaks.get(part.tag, part.text if part.tag == f"{W}t" else "") or "" for part in element.iter())
