"""Sheets as they stand on a screen at 100 %: a picture of the first rows of each, at 96 dots per inch.

LibreOffice draws no window without a screen, so a copy of the workbook is printed, each sheet on one large page at a
scale that makes it fit, the page enlarged by as much, and the white around it cut away.
"""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl.utils.cell import get_column_letter, range_boundaries
from PIL import Image, ImageChops

from tests.support.office import convert
from tests.support.packages import Parts, read_parts, write_parts

ROWS = 60
COLUMNS = 16384
SCALE = 20
"""Per cent at which the widest sheet and sixty rows of several lines fit on a page of A2."""
DOTS_PER_INCH = 96 * 100 / SCALE
PAGE = f'<pageSetup paperSize="66" scale="{SCALE}" orientation="landscape"/>'
PRINTED = re.compile(
    r"<(?:definedName name=\"_xlnm\.Print_(?:Titles|Area)\"[^>]*>[^<]*</definedName)>|"
    r"<(?:rowBreaks|colBreaks|headerFooter)\b.*?</(?:rowBreaks|colBreaks|headerFooter)>|"
    r"<(?:pageSetup|pageMargins|printOptions|pageSetUpPr)\b[^>]*/>",
    re.DOTALL,
)
AFTER_PAGE = re.compile(
    r"<(?:drawing|legacyDrawing|ignoredErrors|tableParts)\b|(?:<extLst>(?:(?!<extLst>).)*)?</worksheet>", re.DOTALL
)
GLANCE = 20
"""Dots per inch of a first look at a page, for what of it is not white."""
MARGINS = '<pageMargins left="0.1" right="0.1" top="0.1" bottom="0.1" header="0" footer="0"/>'


def on_screen(workbook: Path, folder: Path, rows: int = ROWS, columns: int = COLUMNS) -> dict[str, Path]:
    """Pictures of a workbook's sheets by sheet name, row and column headings included; empty sheets have none."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = read_parts(workbook)
    names = _unprinted(parts, rows, columns)
    printed = convert(write_parts(folder / f"{workbook.stem}.xlsx", parts), "pdf", timeout=600)
    return {
        name: _page(printed, number, folder / f"{workbook.stem}-{number:02} {name}.png")
        for number, name in enumerate(names, 1)
    }


def _unprinted(parts: Parts, rows: int, columns: int) -> list[str]:
    """Sets every sheet to one large page; names of the sheets that print anything, in order."""
    book = PRINTED.sub("", parts["xl/workbook.xml"].decode())
    related = parts["xl/_rels/workbook.xml.rels"].decode()
    names, areas = [], ""
    for place, (name, part) in enumerate(_sheets(book, related)):
        text = PRINTED.sub("", parts[part].decode())
        width, height = _extent(text)
        names += [name] if width else []
        quoted = name.replace("&apos;", "''").replace("'", "''")
        area = f"'{quoted}'!$A$1:${get_column_letter(min(max(width, 1), columns))}${min(max(height, 1), rows)}"
        areas += f'<definedName name="_xlnm.Print_Area" localSheetId="{place}">{area}</definedName>'
        lines = 'gridLines="1" ' if 'showGridLines="0"' not in text else ""
        printed = f'<printOptions {lines}headings="1"/>{MARGINS}{PAGE}'
        at = AFTER_PAGE.search(text).start()
        parts[part] = f"{text[:at]}{printed}{text[at:]}".encode()
    parts["xl/workbook.xml"] = _named(book, areas).encode()
    return names


def _sheets(book: str, related: str) -> Iterator[tuple[str, str]]:
    targets = {
        re.search(r'Id="([^"]+)"', each)[1]: re.search(r'Target="/?(?:xl/)?([^"]+)"', each)[1]
        for each in re.findall(r"<Relationship [^>]*>", related)
    }
    for sheet in re.findall(r"<sheet [^>]*>", book):
        yield re.search(r'name="([^"]+)"', sheet)[1], "xl/" + targets[re.search(r'r:id="([^"]+)"', sheet)[1]]


def _extent(sheet: str) -> tuple[int, int]:
    found = re.search(r'<dimension ref="([^"]+)"', sheet)
    if not found or "<c " not in sheet:
        return 0, 0
    return range_boundaries(found[1])[2:]


def _named(book: str, areas: str) -> str:
    if "</definedNames>" in book:
        return book.replace("</definedNames>", f"{areas}</definedNames>")
    return book.replace("</sheets>", f"</sheets><definedNames>{areas}</definedNames>")


def _page(printed: Path, number: int, target: Path) -> Path:
    """One page without the white around what is on it."""
    right, bottom = (side * DOTS_PER_INCH / GLANCE for side in _inked(_drawn(printed, number, target, GLANCE))[2:])
    box = ["-x", "0", "-y", "0", "-W", str(math.ceil(right) + 1), "-H", str(math.ceil(bottom) + 1)]
    _drawn(printed, number, target, DOTS_PER_INCH, box)
    with Image.open(target) as picture:
        shown = picture.convert("RGB")
    shown.crop(_inked(target)).save(target)
    return target


def _drawn(printed: Path, number: int, target: Path, dots_per_inch: float, box: Sequence[str] = ()) -> Path:
    page = ["-f", str(number), "-l", str(number), "-singlefile", "-r", str(dots_per_inch), *box]
    subprocess.run(["pdftoppm", "-png", *page, str(printed), str(target.with_suffix(""))], check=True)
    return target


def _inked(page: Path) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white."""
    with Image.open(page) as picture:
        return ImageChops.invert(picture.convert("L")).getbbox() or (0, 0, 1, 1)


if __name__ == "__main__":
    import sys

    for each in map(Path, sys.argv[2:]):
        for picture in on_screen(each, Path(sys.argv[1])).values():
            print(picture)
