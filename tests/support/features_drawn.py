"""Workbooks with what floats over the cells or hangs on them: charts, pictures, shapes, notes, controls."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.support.ledgers import FIRST_ROW, LAST_COLUMN, ROWS, SHEET, Row, last_row, ledger_book
from tests.support.packages import LEDGER, OFFICE, XML, add_default, add_part, relate, replace, reworked

MICROSOFT = "http://schemas.microsoft.com/office"


def picture(kind: str = "png") -> BytesIO:
    """A small picture with a gradient."""
    made = BytesIO()
    Image.linear_gradient("L").resize((48, 32)).convert("RGB").save(made, kind)
    made.seek(0)
    return made


def charts(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A column and a pie chart on the ledger, a line chart with two axes on another sheet."""
    with ledger_book(path, rows) as (book, sheet):
        amounts = [SHEET, FIRST_ROW, 5, last_row(rows), 5]
        for kind, cell in (("column", "I2"), ("pie", "I18")):
            chart = book.add_chart({"type": kind})
            chart.add_series(
                {"values": amounts, "categories": [SHEET, FIRST_ROW, 2, last_row(rows), 2], "name": "Amount"}
            )
            chart.set_title({"name": "Open amount & share"})
            sheet.insert_chart(cell, chart, {"description": "open amount by document"})
        line = book.add_chart({"type": "line"})
        line.add_series({"values": amounts, "marker": {"type": "circle"}, "trendline": {"type": "linear"}})
        line.add_series({"values": amounts, "y2_axis": True})
        book.add_worksheet("Charts").insert_chart("B2", line)
    return path


def chartsheet(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A chart on a sheet of its own, which stands before another worksheet."""
    with ledger_book(path, rows) as (book, _):
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": [SHEET, FIRST_ROW, 5, last_row(rows), 5]})
        book.add_chartsheet("Chart").set_chart(chart)
        book.add_worksheet("After")
    return path


def pictures(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A PNG and a JPEG over the cells, one with a link, and a background."""
    with ledger_book(path, rows) as (_, sheet):
        logo = {"image_data": picture(), "url": "https://example.com/", "description": "logo"}
        sheet.insert_image("A1", "logo.png", {**logo, "object_position": 3})
        sheet.insert_image("I4", "stamp.jpg", {"image_data": picture("jpeg"), "x_scale": 0.5})
        sheet.set_background(picture())
    return path


def pictures_in_cells(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Pictures placed in cells, which need the rich-value parts."""
    with ledger_book(path, rows) as (book, _):
        other = book.add_worksheet("Logos")
        other.embed_image(0, 0, "logo.png", {"image_data": picture()})
        other.embed_image(1, 0, "logo2.jpg", {"image_data": picture("jpeg"), "description": "second"})
    return path


def header_pictures(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Pictures in the page header and footer."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.set_header("&L&G&ROpen items", {"image_left": "logo.png", "image_data_left": picture()})
        sheet.set_footer("&C&G", {"image_center": "foot.png", "image_data_center": picture()})
    return path


def shapes(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Text boxes, one rotated, one filled from a cell."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.insert_textbox("I3", "Confidential: 内部资料", {"font": {"bold": True}, "object_position": 1})
        sheet.insert_textbox(
            "I10", "", {"textlink": "='Open items'!$A$1", "rotation": 30, "gradient": {"colors": ["red", "blue"]}}
        )
    return path


def drawn_shape(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """An arrow joined to a star in a group, as drawn by hand."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.insert_textbox("I3", "x")
    with reworked(path) as parts:
        extra = (
            '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="914400" cy="457200"/><xdr:sp macro="" textlink="">'
            '<xdr:nvSpPr><xdr:cNvPr id="90" name="Star 1"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="914400" cy="457200"/></a:xfrm><a:prstGeom prst="star5"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>'
            "<xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
        )
        replace(parts, "xl/drawings/drawing1.xml", "</xdr:wsDr>", extra)
    return path


def sparklines(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Small lines and columns inside cells."""
    with ledger_book(path, rows) as (_, sheet):
        span = f"'{SHEET}'!F4:F{last_row(rows) + 1}"
        sheet.add_sparkline(0, 5, {"range": span, "markers": True})
        sheet.add_sparkline(1, 5, {"range": span, "type": "column", "negative_points": True})
    return path


def comments(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Notes on cells of the ledger and of another sheet, one shown."""
    with ledger_book(path, rows) as (book, sheet):
        sheet.write_comment(FIRST_ROW, 5, "Disputed: see mail of 3 May", {"author": "K. Lee", "visible": True})
        sheet.write_comment(last_row(rows), LAST_COLUMN, "折扣未计", {"x_scale": 2, "color": "#CCFFCC"})
        book.add_worksheet("Other").write_comment("B2", "note")
    return path


def threaded_comments(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A conversation on a cell: the thread, its people, and the note older programs show instead."""
    thread = "{0F1E2D3C-4B5A-4697-8877-665544332211}"
    person = "{A1B2C3D4-0000-4000-8000-1234567890AB}"
    namespace = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    with ledger_book(path, rows) as (_, sheet):
        sheet.write_comment(FIRST_ROW, 5, "[Threaded comment] Who called them?", {"author": f"tc={thread}"})
    with reworked(path) as parts:
        said = f'personId="{person}" dT="2026-10-30T09:15:00.00"'
        conversation = (
            f'{XML}<ThreadedComments xmlns="{namespace}"><threadedComment ref="F4" {said} id="{thread}"><text>Who called'
            f' them?</text></threadedComment><threadedComment ref="F4" {said} id="{{0F1E2D3C-4B5A-4697-8877-665544332212}}"'
            f' parentId="{thread}"><text>I did.</text></threadedComment></ThreadedComments>'
        )
        people = f'{XML}<personList xmlns="{namespace}"><person displayName="K. Lee" id="{person}" userId="kl" providerId="None"/></personList>'
        add_part(
            parts,
            "xl/threadedComments/threadedComment1.xml",
            conversation,
            "application/vnd.ms-excel.threadedcomments+xml",
        )
        add_part(parts, "xl/persons/person.xml", people, "application/vnd.ms-excel.person+xml")
        relations = f"{MICROSOFT}/2017/10/relationships"
        relate(parts, LEDGER, f"{relations}/threadedComment", "../threadedComments/threadedComment1.xml")
        relate(parts, "xl/workbook.xml", f"{relations}/person", "persons/person.xml")
    return path


def buttons(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A button of the forms toolbar, drawn in VML, and ticks in cells."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.insert_button("I3", {"caption": "Send reminders", "macro": "Send", "width": 120})
        sheet.insert_checkbox(FIRST_ROW, LAST_COLUMN + 3, boolean=True)
    return path


def form_controls(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A drop-down as Excel 2010 and later write it: VML, a control-properties part, and both ways to name it."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.insert_button("I3", {"caption": "x"})
        sheet.insert_textbox("K3", "anchor")
    with reworked(path) as parts:
        kind = "application/vnd.ms-excel.controlproperties+xml"
        drop = f'{XML}<formControlPr xmlns="{MICROSOFT}/spreadsheetml/2009/9/main" objectType="Drop" dropLines="4" sel="1" val="0"/>'
        add_part(parts, "xl/ctrlProps/ctrlProp1.xml", drop, kind)
        relation = relate(parts, LEDGER, f"{OFFICE}/ctrlProp", "../ctrlProps/ctrlProp1.xml")
        place = (
            "<from><xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></from>"
        )
        until = "<to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></to>"
        control = (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:x14='
            f'"{MICROSOFT}/spreadsheetml/2009/9/main" Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">'
            f'<control shapeId="1025" r:id="{relation}" name="Drop Down 1"><controlPr defaultSize="0" autoLine="0" autoPict="0">'
            f'<anchor moveWithCells="1" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">{place}{until}'
            "</anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
        )
        replace(parts, LEDGER, "</worksheet>", f"{control}</worksheet>")
    return path


def embedded_document(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Another file embedded in the workbook, kept as the bytes it came with."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.insert_textbox("I3", "see the embedded contract")
    with reworked(path) as parts:
        add_default(parts, "bin", "application/vnd.openxmlformats-officedocument.oleObject")
        add_part(parts, "xl/embeddings/oleObject1.bin", bytes(range(256)) * 40)
        relate(parts, "xl/drawings/drawing1.xml", f"{OFFICE}/oleObject", "../embeddings/oleObject1.bin")
    return path


ALL = (
    charts, chartsheet, pictures, pictures_in_cells, header_pictures, shapes, drawn_shape, sparklines, comments,
    threaded_comments, buttons, form_controls, embedded_document,
)  # fmt: skip
