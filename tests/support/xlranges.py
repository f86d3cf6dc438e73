# ruff: noqa: ARG002 (what xlwings asks for is answered in its words)
"""Ranges of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

from copy import copy

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula
from xlwings import base_classes

from tests.support.xlcells import corners, enter, formula_of, meets, place_of, rgb
from tests.support.xllooks import OpenBorders, OpenFont
from tests.support.xlrules import OpenConditionalFormats
from xlcredit.excel.formulas import calls_ours


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
        (top, left, _, _), (_, _, bottom, right) = corners(first), corners(last or first)
        return OpenRange(sheet, top, left, bottom - top + 1, right - left + 1)

    @property
    def api(self):
        return self

    @property
    def HasSpill(self):  # noqa: N802 (Excel's own name)
        """Whether all cells are filled by formulas that spill; None where some are."""
        areas = self._spills()
        found = {any(meets(area, cell) for area in areas) for row in self.cells() for cell in map(place_of, row)}
        return None if len(found) > 1 else found.pop()

    @property
    def SpillParent(self):  # noqa: N802 (Excel's own name)
        area = next(area for area in self._spills() if meets(area, place_of(next(self.cells())[0])))
        return area(1, 1)

    @property
    def SpillingToRange(self):  # noqa: N802 (Excel's own name)
        return next(area for area in self._spills() if (area.row, area.column) == (self.row, self.column))

    @property
    def Address(self):  # noqa: N802 (Excel's own name)
        return self.address

    @property
    def EntireRow(self):  # noqa: N802 (Excel's own name)
        return ExcelRows([self.ws.row_dimensions[self.row + at] for at in range(self.shape[0])])

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
            enter(cell, entered)

    @property
    def formula(self):
        return [[formula_of(cell) for cell in row] for row in self.cells()]

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
                enter(cell, entered)

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
        fill = PatternFill("solid", fgColor=rgb(value)) if value else PatternFill()
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

    @property
    def vertical_alignment(self):
        return self.ws.cell(self.row, self.column).alignment.vertical or "bottom"

    @vertical_alignment.setter
    def vertical_alignment(self, value):
        self._align(vertical=value)

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

    def copy(self, destination=None):
        assert destination is None
        self.sheet.book.app.copied = self.ws.cell(self.row, self.column)

    def paste(self, paste=None, operation=None, skip_blanks=False, transpose=False):
        assert paste == "formats"
        model = self.sheet.book.app.copied
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
        areas = [area for area in self.ws.merged_cells.ranges if meets(self, area)]
        covered = sum(area.size["rows"] * area.size["columns"] for area in areas)
        return None if areas and covered < len(self) else bool(areas)

    @property
    def merge_area(self):
        for area in self.ws.merged_cells.ranges:
            if meets(self, area):
                return OpenRange.between(self.sheet, area.coord, None)
        return self


class ExcelRows:
    """Whole rows, as Excel's own Range of them: grouped and ungrouped, hidden and shown."""

    def __init__(self, rows) -> None:
        object.__setattr__(self, "rows", rows)

    def __setattr__(self, name, value):
        if name != "Hidden":
            raise AttributeError(name)
        for row in self.rows:
            row.hidden = value

    def Group(self):  # noqa: N802 (Excel's own name)
        """Puts the rows a level deeper."""
        for row in self.rows:
            row.outlineLevel += 1

    def ClearOutline(self):  # noqa: N802 (Excel's own name)
        """Takes the rows out of every level."""
        for row in self.rows:
            row.outlineLevel = 0
