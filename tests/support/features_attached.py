"""Workbooks with parts that carry no cells: pivots, slicers, queries, macros, ribbons, links and foreign parts.

XlsxWriter makes none of these, so they are written here by hand, the smallest that passes the schema check.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyopenvba

from tests.support.ledgers import HEADER_ROW, HEADERS, LAST_COLUMN, ROWS, SHEET, Row, last_row, ledger_book
from tests.support.packages import (
    LEDGER,
    MAIN,
    OFFICE,
    XML,
    Parts,
    add_default,
    add_extension,
    add_part,
    read_parts,
    relate,
    replace,
    reworked,
)

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"


def pivot_table(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Open amount by currency on a sheet "Pivot", with cache and cached records."""
    currencies = sorted({row[6] for row in rows})
    with ledger_book(path, rows) as (book, _):
        sheet = book.add_worksheet("Pivot")
        sheet.write_row(2, 0, ["Row Labels", "Sum of Amount"])
        for at, currency in enumerate(currencies, 3):
            sheet.write_row(at, 0, [currency, round(sum(row[5] for row in rows if row[6] == currency), 2)])
    with reworked(path) as parts:
        _add_cache(parts, rows, currencies)
        table = _pivot(len(currencies))
        add_part(parts, "xl/pivotTables/pivotTable1.xml", table, f"{SPREADSHEET}.pivotTable+xml")
        relate(parts, "xl/worksheets/sheet2.xml", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")
        cache_definition = "../pivotCache/pivotCacheDefinition1.xml"
        relate(parts, "xl/pivotTables/pivotTable1.xml", f"{OFFICE}/pivotCacheDefinition", cache_definition)
    return path


def _add_cache(parts: Parts, rows: Sequence[Row], currencies: Sequence[str]) -> None:
    shared = "".join(f'<s v="{currency}"/>' for currency in currencies)
    fields = (
        f'<cacheField name="Amount" numFmtId="4"><sharedItems containsSemiMixedTypes="0" containsString="0" '
        f'containsNumber="1"/></cacheField><cacheField name="Currency" numFmtId="0"><sharedItems count="{len(currencies)}">'
        f"{shared}</sharedItems></cacheField>"
    )
    body = "".join(f'<r><n v="{row[5]}"/><x v="{currencies.index(row[6])}"/></r>' for row in rows)
    records = f'{XML}<pivotCacheRecords xmlns="{MAIN}" count="{len(rows)}">{body}</pivotCacheRecords>'
    add_part(parts, "xl/pivotCache/pivotCacheRecords1.xml", records, f"{SPREADSHEET}.pivotCacheRecords+xml")
    definition = "xl/pivotCache/pivotCacheDefinition1.xml"
    relation = f'xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="K. Lee" recordCount="{len(rows)}"'
    source = f'<worksheetSource ref="F3:G{last_row(rows) + 1}" sheet="{SHEET}"/>'
    text = (
        f'{XML}<pivotCacheDefinition {relation}><cacheSource type="worksheet">{source}</cacheSource>'
        f'<cacheFields count="2">{fields}</cacheFields></pivotCacheDefinition>'
    )
    add_part(parts, definition, text, f"{SPREADSHEET}.pivotCacheDefinition+xml")
    relate(parts, definition, f"{OFFICE}/pivotCacheRecords", "pivotCacheRecords1.xml")
    link = relate(parts, "xl/workbook.xml", f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    caches = f'<pivotCaches><pivotCache cacheId="1" r:id="{link}"/></pivotCaches></workbook>'
    replace(parts, "xl/workbook.xml", "</workbook>", caches)


def _pivot(count: int) -> str:
    items = "".join(f'<item x="{at}"/>' for at in range(count))
    row_items = "<i><x/></i>" + "".join(f'<i><x v="{at}"/></i>' for at in range(1, count))
    return (
        f'{XML}<pivotTableDefinition xmlns="{MAIN}" name="ByCurrency" cacheId="1" dataCaption="Values" rowGrandTotals="0">'
        f'<location ref="A3:B{3 + count}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
        f'<pivotField dataField="1" numFmtId="4" showAll="0"/><pivotField axis="axisRow" showAll="0"><items count="{count + 1}">'
        f'{items}<item t="default"/></items></pivotField></pivotFields><rowFields count="1"><field x="1"/></rowFields>'
        f'<rowItems count="{count}">{row_items}</rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Sum of Amount" fld="0" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    )


def slicer(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A slicer on the currency of the ledger's table."""
    x14, x15 = f"{MICROSOFT}/spreadsheetml/2009/9/main", f"{MICROSOFT}/spreadsheetml/2010/11/main"
    with ledger_book(path, rows) as (_, sheet):
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(HEADER_ROW, 0, last_row(rows), LAST_COLUMN, {"name": "OpenItems", "columns": columns})
        sheet.insert_textbox("I3", "slicer stands here")
    with reworked(path) as parts:
        shown = '<slicer name="Currency" cache="Slicer_Currency" caption="Currency" rowHeight="241300"/>'
        add_part(
            parts,
            "xl/slicers/slicer1.xml",
            f'{XML}<slicers xmlns="{x14}">{shown}</slicers>',
            "application/vnd.ms-excel.slicer+xml",
        )
        table = f'<x15:tableSlicerCache xmlns:x15="{x15}" tableId="1" column="7"/>'
        extension = (
            f'<extLst><x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}">{table}</x:ext></extLst>'
        )
        held = f'{XML}<slicerCacheDefinition xmlns="{x14}" name="Slicer_Currency" sourceName="Currency">{extension}</slicerCacheDefinition>'
        add_part(parts, "xl/slicerCaches/slicerCache1.xml", held, "application/vnd.ms-excel.slicerCache+xml")
        on_sheet = relate(parts, LEDGER, f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml")
        in_book = relate(
            parts, "xl/workbook.xml", f"{MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"
        )
        listed = f'<x14:slicerList xmlns:x14="{x14}"><x14:slicer r:id="{on_sheet}"/></x14:slicerList>'
        add_extension(
            parts, LEDGER, "worksheet", "{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}", listed, f'xmlns:x15="{x15}"'
        )
        caches = f'<x15:slicerCaches xmlns:x14="{x14}"><x14:slicerCache r:id="{in_book}"/></x15:slicerCaches>'
        add_extension(
            parts, "xl/workbook.xml", "workbook", "{46BE6895-7355-4a93-B00E-2C351335B9C9}", caches, f'xmlns:x15="{x15}"'
        )
    return path


def query_table(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A connection and the query that fills another sheet from it."""
    with ledger_book(path, rows) as (book, _):
        book.add_worksheet("Rates").write_row(0, 0, ["Currency", "Rate"])
    with reworked(path) as parts:
        connection = '<connection id="1" name="Rates" type="5" refreshedVersion="8"><dbPr connection="Provider=X" command="SELECT *"/></connection>'
        add_part(
            parts,
            "xl/connections.xml",
            f'{XML}<connections xmlns="{MAIN}">{connection}</connections>',
            f"{SPREADSHEET}.connections+xml",
        )
        relate(parts, "xl/workbook.xml", f"{OFFICE}/connections", "connections.xml")
        query = f'{XML}<queryTable xmlns="{MAIN}" name="Rates" connectionId="1" autoFormatId="16"/>'
        add_part(parts, "xl/queryTables/queryTable1.xml", query, f"{SPREADSHEET}.queryTable+xml")
        relate(parts, "xl/worksheets/sheet2.xml", f"{OFFICE}/queryTable", "../queryTables/queryTable1.xml")
    return path


def power_query(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A query's program, which Excel keeps as custom XML in UTF-16."""
    with ledger_book(path, rows) as _:
        pass
    mashup = '<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'
    return _with_custom_xml(path, mashup.encode("utf-16"))


def custom_xml(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Data of another program kept in the package."""
    with ledger_book(path, rows) as _:
        pass
    return _with_custom_xml(path, b'<?xml version="1.0"?><client xmlns="urn:example:client" id="4711"/>')


def _with_custom_xml(path: Path, content: bytes) -> Path:
    with reworked(path) as parts:
        add_part(parts, "customXml/item1.xml", content)
        relate(parts, "xl/workbook.xml", f"{OFFICE}/customXml", "../customXml/item1.xml")
        held = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
        properties = f'{XML}<ds:datastoreItem ds:itemID="{{11112222-3333-4444-5555-666677778888}}" xmlns:ds="{held}"/>'
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        add_part(parts, "customXml/itemProps1.xml", properties, kind)
        relate(parts, "customXml/item1.xml", f"{OFFICE}/customXmlProps", "itemProps1.xml")
    return path


def printer_settings(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """What a printer driver left behind, named by the sheet's page set-up."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.set_paper(9)
    with reworked(path) as parts:
        add_default(parts, "bin", f"{SPREADSHEET}.printerSettings")
        add_part(parts, "xl/printerSettings/printerSettings1.bin", b"\x00H\x00P\x00" + bytes(range(256)) * 8)
        relation = relate(parts, LEDGER, f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")
        replace(parts, LEDGER, '<pageSetup paperSize="9"', f'<pageSetup paperSize="9" r:id="{relation}"')
    return path


def external_link(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A formula that reads another workbook, with what it last read."""
    with ledger_book(path, rows) as (book, _):
        book.add_worksheet("Links").write_formula(0, 0, "=[1]Limits!$A$1", None, 5000)
    with reworked(path) as parts:
        names = '<sheetNames><sheetName val="Limits"/></sheetNames>'
        cached = '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>5000</v></cell></row></sheetData></sheetDataSet>'
        book_xml = f'<externalBook xmlns:r="{OFFICE}" r:id="rId1">{names}{cached}</externalBook>'
        link = "xl/externalLinks/externalLink1.xml"
        add_part(
            parts,
            link,
            f'{XML}<externalLink xmlns="{MAIN}">{book_xml}</externalLink>',
            f"{SPREADSHEET}.externalLink+xml",
        )
        relate(parts, link, f"{OFFICE}/externalLinkPath", "limits.xlsx", "External")
        relation = relate(parts, "xl/workbook.xml", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml")
        references = f'</sheets><externalReferences><externalReference r:id="{relation}"/></externalReferences>'
        replace(parts, "xl/workbook.xml", "</sheets>", references)
    return path


def custom_ribbon(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A ribbon tab of the workbook's own."""
    with ledger_book(path, rows) as _:
        pass
    with reworked(path) as parts:
        tab = '<tab id="t" label="Credit"><group id="g" label="AR"><button id="b" label="Run" onAction="Run"/></group></tab>'
        ribbon = f'<customUI xmlns="{MICROSOFT}/2009/07/customui"><ribbon><tabs>{tab}</tabs></ribbon></customUI>'
        add_part(parts, "customUI/customUI14.xml", ribbon)
        relate(parts, "", f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml")
    return path


def foreign_part(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A data model and a part nobody here knows, both plain bytes, one stored uncompressed in the original."""
    with ledger_book(path, rows) as _:
        pass
    with reworked(path) as parts:
        add_default(parts, "data", "application/vnd.openxmlformats-officedocument.model+data")
        add_part(parts, "xl/model/item.data", bytes(range(256)) * 300)
        relate(parts, "xl/workbook.xml", f"{OFFICE}/powerPivotData", "model/item.data")
        add_default(parts, "dat", "application/x-unknown")
        add_part(parts, "xl/extra/客户.dat", b"unknown")
    return path


def macros(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A macro-enabled workbook with a module and a button that calls it."""
    path = path.with_suffix(".xlsm")
    with TemporaryDirectory() as folder:
        project = Path(folder) / "vbaProject.bin"
        project.write_bytes(vba_project())
        with ledger_book(path, rows) as (book, sheet):
            book.add_vba_project(str(project))
            sheet.insert_button("I3", {"caption": "Remind", "macro": "Remind"})
    return path


@cache
def vba_project() -> bytes:
    """A VBA project with one module, as Excel would have compiled it."""
    with TemporaryDirectory() as folder:
        book = Path(folder) / "project.xlsm"
        with pyopenvba.ExcelFile.create_new(book) as project:
            project.set_module("Module1", 'Attribute VB_Name = "Module1"\r\nSub Remind()\r\nEnd Sub\r\n')
            project.save(book)
        return read_parts(book)["xl/vbaProject.bin"]


ALL = (
    pivot_table, slicer, query_table, power_query, custom_xml, printer_settings, external_link, custom_ribbon,
    foreign_part, macros,
)  # fmt: skip
