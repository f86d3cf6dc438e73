"""Workbooks with what people do to data: rules on cells, tables, names, formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.support.ledgers import FIRST_ROW, HEADER_ROW, HEADERS, LAST_COLUMN, ROWS, Row, last_row, ledger_book
from tests.support.packages import LEDGER, add_extension, add_part, relate, replace, reworked

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def validations(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Lists, ranges and a formula that say what may be typed."""
    with ledger_book(path, rows) as (_, sheet):
        last = last_row(rows)
        sheet.data_validation(FIRST_ROW, 6, last, 6, {"validate": "list", "source": ["CNY", "EUR", "USD"]})
        sheet.data_validation(FIRST_ROW, 5, last, 5, {"validate": "decimal", "criteria": "<", "value": 1e9})
        after = {"validate": "date", "criteria": ">", "value": date(2020, 1, 1), "error_title": "Too early"}
        sheet.data_validation(FIRST_ROW, 3, last, 4, after)
        sheet.data_validation(FIRST_ROW, 2, last, 2, {"validate": "custom", "value": "=LEN(C4)<20"})
    return path


def validations_of_2010(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A validation list on another sheet as Excel 2010 and later write it, in the extension list."""
    with ledger_book(path, rows) as (book, _):
        book.add_worksheet("Lists").write_column(0, 0, ["CNY", "EUR", "USD"])
    rule = (
        f'<x14:dataValidations count="1" xmlns:xm="{XM}"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>G4:G11</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations>"
    )
    with reworked(path) as parts:
        uri = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
        add_extension(parts, LEDGER, "worksheet", uri, rule, f'xmlns:x14="{X14}"')
    return path


def conditional_formats(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Colours by value, by rank, by formula, a scale, icons and duplicates."""
    with ledger_book(path, rows) as (book, sheet):
        red, last = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}), last_row(rows)
        for rule in (
            {"type": "cell", "criteria": ">", "value": 10000, "format": red},
            {"type": "top", "value": 3, "format": red, "stop_if_true": True},
            {"type": "3_color_scale"},
            {"type": "icon_set", "icon_style": "3_traffic_lights"},
        ):
            sheet.conditional_format(FIRST_ROW, 5, last, 5, rule)
        sheet.conditional_format(FIRST_ROW, 2, last, 2, {"type": "duplicate", "format": red})
        overdue = {"type": "formula", "criteria": "=$E4<DATE(2026,10,31)", "format": red}
        sheet.conditional_format(FIRST_ROW, 0, last, LAST_COLUMN, overdue)
    return path


def data_bars_of_2010(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Data bars with an axis and a border, half in the extension list."""
    with ledger_book(path, rows) as (_, sheet):
        bar = {"type": "data_bar", "data_bar_2010": True, "bar_negative_color": "#FF0000", "bar_axis_color": "#000000"}
        sheet.conditional_format(FIRST_ROW, 5, last_row(rows), 5, bar)
    return path


def icons_of_2010(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Stars, an icon set that only the extension list can hold."""
    with ledger_book(path, rows):
        pass
    values = "".join(f'<x14:cfvo type="percent"><xm:f>{n}</xm:f></x14:cfvo>' for n in (0, 33, 67))
    rule = (
        f'<x14:conditionalFormattings xmlns:xm="{XM}"><x14:conditionalFormatting><x14:cfRule type="iconSet" '
        'priority="1" id="{6F5F2D8C-3B1B-4B5C-8F7E-9C7B4D2E1A10}"><x14:iconSet iconSet="3Stars">'
        f"{values}</x14:iconSet></x14:cfRule><xm:sqref>F4:F11</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings>"
    )
    with reworked(path) as parts:
        uri = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
        add_extension(parts, LEDGER, "worksheet", uri, rule, f'xmlns:x14="{X14}"')
    return path


def table(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger as an Excel table."""
    with ledger_book(path, rows) as (_, sheet):
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(HEADER_ROW, 0, last_row(rows), LAST_COLUMN, {"name": "OpenItems", "columns": columns})
    return path


def table_with_totals(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger as an Excel table with a totals row below."""
    with ledger_book(path, rows) as (_, sheet):
        columns: list[dict[str, object]] = [{"header": header} for header in HEADERS]
        columns[0]["total_string"], columns[5]["total_function"] = "Total", "sum"
        total = sum(row[5] for row in rows)
        columns[5]["total_value"] = total
        options = {"name": "OpenItems", "columns": columns, "total_row": True, "style": "Table Style Light 11"}
        sheet.add_table(HEADER_ROW, 0, last_row(rows) + 1, LAST_COLUMN, options)
    return path


def table_with_a_neighbour(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger as a table, another table two columns to its right, a third on another sheet."""
    with ledger_book(path, rows) as (book, sheet):
        columns = [{"header": header} for header in HEADERS]
        sheet.add_table(HEADER_ROW, 0, last_row(rows), LAST_COLUMN, {"name": "OpenItems", "columns": columns})
        rates = {"name": "Rates", "columns": [{"header": "Currency"}, {"header": "Rate"}]}
        sheet.add_table(HEADER_ROW, 9, HEADER_ROW + 2, 10, {**rates, "data": [["USD", 7.12], ["EUR", 8.3]]})
        contacts = {"name": "Contacts", "columns": [{"header": "Customer No"}, {"header": "Contact"}]}
        book.add_worksheet("Contacts").add_table(
            0, 0, 2, 1, {**contacts, "data": [["0001001", "Ann"], ["0001002", "李"]]}
        )
    return path


def table_with_a_formula(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger as a table with a calculated column of the user's at its right."""
    with ledger_book(path, rows) as (_, sheet):
        columns: list[dict[str, object]] = [{"header": header} for header in HEADERS]
        columns.append({"header": "Days\nlate", "formula": "=DATE(2026,10,31)-[@[Due Date]]"})
        sheet.add_table(HEADER_ROW, 0, last_row(rows), LAST_COLUMN + 1, {"name": "OpenItems", "columns": columns})
    return path


def autofilter(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A filter that is set, with the rows it hides."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.autofilter(HEADER_ROW, 0, last_row(rows), LAST_COLUMN)
        sheet.filter_column_list(6, ["CNY"])
        for at, row in enumerate(rows, FIRST_ROW):
            if row[6] != "CNY":
                sheet.set_row(at, options={"hidden": True})
    return path


def defined_names(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Names of the workbook and of one sheet, a constant, a formula, a hidden one, print area and titles."""
    with ledger_book(path, rows) as (book, sheet):
        book.add_worksheet("Other")
        book.define_name("Amounts", f"='Open items'!$F$4:$F${last_row(rows) + 1}")
        book.define_name("zz_rate", "=7.12")
        book.define_name("Other!Local", "=Other!$A$1")
        book.define_name("Überfällig", "=SUM(Amounts)*zz_rate")
        sheet.print_area(0, 0, last_row(rows), LAST_COLUMN)
        sheet.repeat_rows(HEADER_ROW)
    with reworked(path) as parts:
        hidden = '<definedName name="zzz_hidden" hidden="1">Other!$B$2</definedName></definedNames>'
        replace(parts, "xl/workbook.xml", "</definedNames>", hidden)
    return path


def lambda_names(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A LAMBDA kept as a name and called from a dynamic array, with its metadata part."""
    with ledger_book(path, rows) as (book, sheet):
        book.define_name("DAYS_LATE", "=_xlfn.LAMBDA(_xlpm.due,MAX(0,DATE(2026,10,31)-_xlpm.due))")
        sheet.write_dynamic_array_formula("J4", "=DAYS_LATE(E4)", None, 122)
    return path


def dynamic_arrays(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Formulas that spill, on a sheet of their own."""
    with ledger_book(path, rows) as (book, _):
        other = book.add_worksheet("Unique")
        other.write_dynamic_array_formula(
            "A1:A6", f"=_xlfn.UNIQUE('Open items'!A4:A{last_row(rows) + 1})", None, "0001001"
        )
        other.write_dynamic_array_formula("C1:C3", "=_xlfn._xlws.SORT(_xlfn.UNIQUE('Open items'!G4:G11))", None, "CNY")
    return path


def formulas(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """Cached values of every type, an array formula, a shared formula and the chain they are calculated in."""
    with ledger_book(path, rows) as (_, sheet):
        last = last_row(rows)
        sheet.write_formula(last + 2, 5, f"=SUM(F4:F{last + 1})", None, sum(row[5] for row in rows))
        sheet.write_formula(last + 3, 5, "=NA()", None, "#N/A")
        sheet.write_formula(last + 4, 5, '="text"&" & more"', None, "text & more")
        sheet.write_formula(last + 5, 5, "=1=1", None, True)
        sheet.write_array_formula(last + 6, 5, last + 6, 5, f"{{=SUM(F4:F{last + 1}*1)}}", None, 1.0)
        for at in range(last + 8, last + 10):
            sheet.write_formula(at, 5, f"=F{at - 3}", None, 0)
    with reworked(path) as parts:
        first = f'r="F{last + 9}"><f>F{last + 5}</f>'
        replace(
            parts, LEDGER, first, f'r="F{last + 9}"><f t="shared" ref="F{last + 9}:F{last + 10}" si="0">F{last + 5}</f>'
        )
        replace(parts, LEDGER, f"<f>F{last + 6}</f>", '<f t="shared" si="0"/>')
        cells = "".join(f'<c r="F{at}" i="1"/>' for at in range(last + 3, last + 8))
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
        chain = f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{cells}</calcChain>'
        add_part(parts, "xl/calcChain.xml", chain, kind)
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
        relate(parts, "xl/workbook.xml", relation, "calcChain.xml")
    return path


ALL = (
    validations,
    validations_of_2010,
    conditional_formats,
    data_bars_of_2010,
    icons_of_2010,
    table,
    table_with_totals,
    table_with_a_neighbour,
    table_with_a_formula,
    autofilter,
    defined_names,
    lambda_names,
    dynamic_arrays,
    formulas,
)
