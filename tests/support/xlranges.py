# ruff: noqa: ARG002 (what xlwings asks for is answered in its words)
"""Ranges, tables and conditional formats of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

import re
from copy import copy
from datetime import date, datetime

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import TableColumn
from xlwings import base_classes

from tests.support.xllooks import OpenBorders
from xlcredit.excel.formulas import calls_ours

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OPERATORS = {"equal_to": "equal", "greater_than": "greaterThan", "less_than": "lessThan"}


class OpenRange(base_classes.Range):
    """A rectangle of cells; rows and columns count from 1, as in Excel."""

    max_cells_per_read = max_cells_per_write = None
    sheet = row = column = shape = None

    def __init__(self, sheet, row, column, n_rows, n_columns) -> None:
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (n_rows, n_columns)
        self.ws = sheet.ws
        self.options: dict[str, object] = {}

    @staticmethod
    def between(sheet, first, last):
        """The range of an address, of a corner, or of two corners, each a pair or a range."""
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first.replace("$", ""))
            return OpenRange(sheet, top, left, bottom - top + 1, right - left + 1)
        if isinstance(first, tuple) and len(first) == 4:
            return OpenRange(sheet, *first)
        (top, left, _, _), (_, _, bottom, right) = _corners(first), _corners(last or first)
        return OpenRange(sheet, top, left, bottom - top + 1, right - left + 1)

    @property
    def api(self):
        return self

    @property
    def HasSpill(self):  # noqa: N802 (Excel's own name)
        """Whether all cells are filled by formulas that spill; None where some are."""
        areas = self._spills()
        found = {any(_meets(area, cell) for area in areas) for row in self.cells() for cell in map(_place, row)}
        return None if len(found) > 1 else found.pop()

    @property
    def SpillParent(self):  # noqa: N802 (Excel's own name)
        area = next(area for area in self._spills() if _meets(area, _place(next(self.cells())[0])))
        return area(1, 1)

    @property
    def SpillingToRange(self):  # noqa: N802 (Excel's own name)
        return next(area for area in self._spills() if (area.row, area.column) == (self.row, self.column))

    @property
    def Address(self):  # noqa: N802 (Excel's own name)
        return self.address

    def _spills(self):
        """What each formula of the sheet that spills fills."""
        held = (cell.value for row in self.ws.iter_rows() for cell in row)
        references = [value.ref for value in held if isinstance(value, ArrayFormula) and ":" in value.ref]
        return [OpenRange.between(self.sheet, reference, None) for reference in references]

    def __len__(self):
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return OpenRange(self.sheet, self.row + row - 1, self.column + column - 1, 1, 1)

    @property
    def address(self):
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    def get_address(self, row_absolute, col_absolute, external):
        left, right = get_column_letter(self.column), get_column_letter(self.column + self.shape[1] - 1)
        row, column = "$" * bool(row_absolute), "$" * bool(col_absolute)
        start = f"{column}{left}{row}{self.row}"
        end = f"{column}{right}{row}{self.row + self.shape[0] - 1}"
        return start if len(self) == 1 else f"{start}:{end}"

    def cells(self):
        bottom, right = self.row + self.shape[0] - 1, self.column + self.shape[1] - 1
        return self.ws.iter_rows(self.row, bottom, self.column, right)

    # values and formulas

    @property
    def raw_value(self):
        return [[self._value(cell) for cell in row] for row in self.cells()]

    @raw_value.setter
    def raw_value(self, value):
        for cell, entered in self._paired(value):
            _enter(cell, entered)

    @property
    def formula(self):
        return [[_formula(cell) for cell in row] for row in self.cells()]

    @formula.setter
    def formula(self, value):
        self.raw_value = value

    @property
    def formula2(self):
        return self.formula

    @formula2.setter
    def formula2(self, value):
        for cell, entered in self._paired(value):
            if isinstance(entered, str) and entered.startswith("=") and calls_ours(entered[1:]):
                cell.value = ArrayFormula(cell.coordinate, entered)  # it may spill: what Excel makes of Formula2
            else:
                _enter(cell, entered)

    def _value(self, cell):
        if cell.data_type != "f":
            return cell.value
        values = self.sheet.book.values
        known = values[self.ws.title] if self.ws.title in values.sheetnames else None
        return known[cell.coordinate].value if known else None

    def _paired(self, value):
        self._unspill()
        for y, row in enumerate(self.cells()):
            for x, cell in enumerate(row):
                yield cell, value[y][x] if isinstance(value, list | tuple) else value

    def _unspill(self):
        """What a formula spilled goes with it."""
        for row in self.cells():
            for cell in row:
                if isinstance(cell.value, ArrayFormula) and ":" in cell.value.ref:
                    for filled in OpenRange.between(self.sheet, cell.value.ref, None).cells():
                        for gone in filled:
                            gone.value = None

    def clear_contents(self):
        self.raw_value = ""

    def clear(self):
        self.clear_contents()
        self.clear_formats()

    def clear_formats(self):
        for row in self.cells():
            for cell in row:
                cell.style = "Normal"

    # looks

    @property
    def number_format(self):
        found = {cell.number_format for row in self.cells() for cell in row}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value):
        for row in self.cells():
            for cell in row:
                cell.number_format = value

    @property
    def color(self):
        fill = self.ws.cell(self.row, self.column).fill
        return tuple(bytes.fromhex(fill.fgColor.rgb[2:])) if fill.fill_type == "solid" else None

    @color.setter
    def color(self, value):
        fill = PatternFill("solid", fgColor=_rgb(value)) if value else PatternFill()
        for row in self.cells():
            for cell in row:
                cell.fill = fill

    @property
    def font(self):
        return OpenFont(self)

    @property
    def wrap_text(self):
        return self.ws.cell(self.row, self.column).alignment.wrap_text

    @wrap_text.setter
    def wrap_text(self, value):
        self._align(wrap_text=value)

    @property
    def horizontal_alignment(self):
        return self.ws.cell(self.row, self.column).alignment.horizontal or "general"

    @horizontal_alignment.setter
    def horizontal_alignment(self, value):
        self._align(horizontal=value)

    def _align(self, **changes):
        for row in self.cells():
            for cell in row:
                aligned = copy(cell.alignment)
                for name, value in changes.items():
                    setattr(aligned, name, value)
                cell.alignment = aligned

    @property
    def column_width(self):
        return self.ws.column_dimensions[get_column_letter(self.column)].width

    @column_width.setter
    def column_width(self, value):
        for column in range(self.column, self.column + self.shape[1]):
            self.ws.column_dimensions[get_column_letter(column)].width = value

    def copy_from(self, source, copy_type, skip_blanks, transpose):
        assert copy_type == "formats"
        model = source.impl.ws.cell(source.row, source.column)
        for row in self.cells():
            for cell in row:
                cell._style = copy(model._style)

    @property
    def borders(self):
        return OpenBorders(self)

    @property
    def conditional_formats(self):
        return OpenConditionalFormats(self)

    # merged cells

    @property
    def merge_cells(self):
        areas = [area for area in self.ws.merged_cells.ranges if _meets(self, area)]
        covered = sum(area.size["rows"] * area.size["columns"] for area in areas)
        return None if areas and covered < len(self) else bool(areas)

    @property
    def merge_area(self):
        for area in self.ws.merged_cells.ranges:
            if _meets(self, area):
                return OpenRange.between(self.sheet, area.coord, None)
        return self


class OpenFont(base_classes.Font):
    def __init__(self, place) -> None:
        self.place = place

    @property
    def bold(self):
        return self.place.ws.cell(self.place.row, self.place.column).font.bold

    @bold.setter
    def bold(self, value):
        for row in self.place.cells():
            for cell in row:
                changed = copy(cell.font)
                changed.bold = value
                cell.font = changed


class OpenConditionalFormats(base_classes.ConditionalFormats):
    """Rules that meet a range; new ones are the first in rank, as in Excel."""

    def __init__(self, place) -> None:
        self.place = place

    def _found(self):
        rules = self.place.ws.conditional_formatting
        return [
            OpenConditionalFormat(self.place.ws, area, rule)
            for area in rules
            if any(_meets(self.place, part) for part in area.sqref.ranges)
            for rule in area.rules
        ]

    def __iter__(self):
        return iter(self._found())

    def __len__(self):
        return len(self._found())

    def __call__(self, key):
        return self._found()[key - 1]

    def add_cell_value(self, spec):
        value = spec["formula1"]
        formula = value.removeprefix("=") if isinstance(value, str) else f"{value:.15g}"
        return self._add(CellIsRule(_OPERATORS[spec["operator"]], [formula], **_look(spec)))

    def add_custom(self, spec):
        return self._add(FormulaRule([spec["formula"].removeprefix("=")], **_look(spec)))

    def _add(self, rule):
        ws, address = self.place.ws, self.place.get_address(0, 0, 0)
        rule.priority = 1
        for area in ws.conditional_formatting:
            for other in area.rules:
                other.priority += 1
        ws.conditional_formatting.add(address, rule)
        rule.priority = 1
        return OpenConditionalFormat(ws, next(a for a in ws.conditional_formatting if rule in a.rules), rule)


class OpenConditionalFormat(base_classes.ConditionalFormat):
    def __init__(self, ws, area, rule) -> None:
        self.ws, self.area, self.rule = ws, area, rule

    @property
    def type(self):
        return {"cellIs": "cell_value", "expression": "custom"}.get(self.rule.type, "unknown")

    @property
    def operator(self):
        return {value: key for key, value in _OPERATORS.items()}.get(self.rule.operator)

    @property
    def formula(self):
        return "=" + self.rule.formula[0] if self.type == "custom" else None

    def delete(self):
        kept = ConditionalFormattingList()
        for area in self.ws.conditional_formatting:
            for rule in area.rules:
                if rule is not self.rule:
                    rank = rule.priority
                    kept.add(str(area.sqref), rule)
                    rule.priority = rank
        self.ws.conditional_formatting = kept


class OpenTable(base_classes.Table):
    def __init__(self, sheet, table) -> None:
        self.sheet, self.table = sheet, table

    @property
    def parent(self):
        return self.sheet

    @property
    def name(self):
        return self.table.displayName

    @property
    def range(self):
        return OpenRange.between(self.sheet, self.table.ref, None)

    def resize(self, place):
        """The headers of columns it takes in become the names of its columns, as in Excel."""
        self.table.ref = place.impl.get_address(0, 0, 0)
        top, left, _, right = _corners(place.impl)
        if self.table.autoFilter:
            bottom = top + place.shape[0] - 1 - (self.table.totalsRowCount or 0)
            self.table.autoFilter.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        known = self.table.tableColumns
        self.table.tableColumns = known[: right - left + 1] + [
            TableColumn(id=max(column.id for column in known) + more, name=str(self.sheet.ws.cell(top, at).value))
            for more, at in enumerate(range(left + len(known), right + 1), 1)
        ]
        for column, at in zip(self.table.tableColumns, range(left, right + 1), strict=True):
            column.name = str(self.sheet.ws.cell(top, at).value)


def _enter(cell, entered):
    """What Excel makes of something entered into a cell."""
    if isinstance(entered, ArrayFormula) or not isinstance(entered, str):
        cell.value = entered
        if isinstance(entered, date | datetime) and cell.number_format == "General":
            cell.number_format = "yyyy-mm-dd"
    elif entered == "":
        cell.value = None
    elif cell.number_format == "@" or entered.startswith("'"):
        cell.value = entered.removeprefix("'")
        cell.data_type = "s"
    elif entered.startswith("="):
        cell.value = entered
    elif _NUMBER.fullmatch(entered):
        cell.value = float(entered.rstrip("%")) / (100 if entered.endswith("%") else 1)
    elif found := _DAY.fullmatch(entered):
        cell.value = date(*map(int, found.groups()))
    else:
        cell.value = entered


def _formula(cell):
    value = cell.value
    if isinstance(value, ArrayFormula):
        return value.text
    return "" if value is None else str(value)


def _corners(place):
    """Top, left, bottom, right of a pair or a range."""
    if isinstance(place, tuple):
        return (*place, *place)
    return place.row, place.column, place.row + place.shape[0] - 1, place.column + place.shape[1] - 1


def _place(cell):
    """A cell as an area of openpyxl."""
    return CellRange(min_row=cell.row, max_row=cell.row, min_col=cell.column, max_col=cell.column)


def _meets(place, area):
    top, left, bottom, right = _corners(place)
    return area.min_row <= bottom and top <= area.max_row and area.min_col <= right and left <= area.max_col


def _rgb(value):
    if isinstance(value, str):
        return value.removeprefix("#").upper()
    return "".join(f"{part:02X}" for part in value)


def _look(spec):
    look = {}
    if fill := spec.get("fill_color"):
        look["fill"] = PatternFill(bgColor=_rgb(fill))
    if font := spec.get("font_color"):
        look["font"] = Font(color=_rgb(font))
    return look
