"""Tables of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import TableColumn
from xlwings import base_classes

from tests.support.xlcells import corners
from tests.support.xlranges import OpenRange


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
        top, left, _, right = corners(place.impl)
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
