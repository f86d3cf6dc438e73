"""A whole sheet of ours: bold frozen header, filter, widths, formats, conditional colours; set up to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.additions import Sheet
from xlcredit.excel.headings import headings_height
from xlcredit.excel.heights import height_attributes
from xlcredit.excel.ooxml.areas import MOST_ROWS, Area
from xlcredit.excel.ooxml.cellxml import Styles, body_cells, header_cells, settled
from xlcredit.excel.ooxml.contents import Spelled
from xlcredit.excel.ooxml.shading import Shading
from xlcredit.excel.ooxml.sheetstream import SheetStream
from xlcredit.excel.ooxml.stylesheet import Stylesheet
from xlcredit.excel.ooxml.widths import pages_wide, sheet_width
from xlcredit.excel.ooxml.worksheet import Worksheet
from xlcredit.excel.styles import LINE, SIDES
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import letter

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
    '<sheetPr>{outline}<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{area}"/>'
    '{views}<sheetFormatPr defaultRowHeight="17" customHeight="1"{levels}/><cols>{cols}</cols><sheetData>'
)
_VIEWS = (
    '<sheetViews><sheetView workbookViewId="0"><pane{split} ySplit="1" topLeftCell="{corner}" activePane="{pane}"'
    ' state="frozen"/><selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
)
_TAIL = (
    '</sheetData><autoFilter ref="{area}"/>'
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" fitToWidth="{pages}" fitToHeight="0" pageOrder="overThenDown" orientation="landscape"/>'
    "<headerFooter><oddFooter>&amp;L&amp;8&amp;A&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
)


def extent(sheet: Sheet) -> Area:
    """The cells the sheet fills, header included."""
    return Area(0, 0, sheet.height, len(sheet.columns) - 1)


def sheet_blocks(
    sheet: Sheet, styles: Stylesheet, formulas: Sequence[Spelled | None], space: str, shift: float, *, views: bool
) -> Iterator[bytes]:
    """The part's XML; styles are settled before the first block is asked for."""
    if sheet.height >= MOST_ROWS:
        raise WorkbookError("too-many-rows", sheet=sheet.name, limit=f"{MOST_ROWS:,}")
    area = extent(sheet).text
    cols = "".join(
        f'<col min="{k}" max="{k}" width="{sheet_width(column):g}" customWidth="1"/>'
        for k, column in enumerate(sheet.columns, 1)
    )
    outline, levels = ('<outlinePr summaryBelow="0"/>', ' outlineLevelRow="1"') if sheet.folded.any() else ("", "")
    head = _HEAD.format(
        space=space, area=area, views=_views(sheet.frozen) if views else "", cols=cols, outline=outline, levels=levels
    ).encode()
    tail = _TAIL.format(area=area, pages=pages_wide(sheet.columns)).encode()
    looks = [
        settled(column, styles.own_header(SIDES[column.kind]), 0, styles, top=sheet.has_lines)
        for column in sheet.columns
    ]
    return _blocks(sheet, looks, formulas, (head, _shaded(sheet, head, tail, styles)), shift)


def _views(frozen: int) -> str:
    """The header, and columns at the left, stay in sight."""
    split, pane = (f' xSplit="{frozen}"', "bottomRight") if frozen else ("", "bottomLeft")
    return _VIEWS.format(split=split, pane=pane, corner=f"{letter(frozen)}2")


def _shaded(sheet: Sheet, head: bytes, tail: bytes, styles: Stylesheet) -> bytes:
    """The tail, with conditional colours in it."""
    whole = SheetStream(iter([head + tail]), "", "")
    for _ in whole.runs():
        pass
    worksheet = Worksheet(whole)
    shading = Shading(worksheet)
    for k, column in enumerate(sheet.columns):
        if sheet.height:
            shading.add(Area(1, k, sheet.height, k), column.shades, styles.shade)
    if sheet.height and sheet.grouped_by is not None:
        whole_area = Area(1, 0, sheet.height, len(sheet.columns) - 1)
        shading.line_groups(whole_area, sheet.grouped_by, styles.line_above(LINE))
    return worksheet.split()[1]


def _blocks(
    sheet: Sheet, looks: list[Styles], formulas: Sequence[Spelled | None], around: tuple[bytes, bytes], shift: float
) -> Iterator[bytes]:
    head, tail = around
    headers = header_cells([column.header for column in sheet.columns], looks, 1, 0, "")
    high = headings_height((column.header, sheet_width(column)) for column in sheet.columns)
    yield head + b'<row r="1" ht="%d" customHeight="1">%b</row>' % (high, headers)
    rows = np.arange(1, sheet.height + 1, dtype=np.int64)
    folds, done = folding(sheet.folded), 0
    for numbers, cells in body_cells(sheet.columns, looks, formulas, rows, 0, "", shift):
        stop = done + len(numbers)
        wrapped = [(column.values[done:stop], column.width) for column in sheet.columns if column.kind == "wrapped"]
        block = zip(numbers, height_attributes(wrapped, stop - done), folds[done:stop], cells, strict=True)
        yield b"".join(b'<row r="%b"%b%b>%b</row>' % row for row in block)
        done = stop
    yield tail


def folding(folded: NDArray[np.bool_]) -> list[bytes]:
    """What each row says of folding: those that fold under the row above them are hidden, and it is said there."""
    above = np.append(folded[1:], False) & ~folded
    said = np.select([folded, above], [1, 2], 0)
    return [(b"", b' hidden="1" outlineLevel="1"', b' collapsed="1"')[state] for state in said.tolist()]
