"""Cells of an open workbook: where they are, what stands in them, which are merged or spilled into."""

from __future__ import annotations

from xlcredit.excel import live
from xlcredit.excel.live import Area, WorkbookError


def used(sheet):
    """The sheet from A1 to its last used cell."""
    return sheet.range((1, 1), sheet.used_range.last_cell)


def block(sheet, area):
    """The cells of an area."""
    return sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1))


def area_of(place):
    """The area of some cells, counted from 0."""
    rows, columns = place.shape
    return Area(place.row - 1, place.column - 1, place.row + rows - 2, place.column + columns - 2)


def tables(sheet):
    """Each table of a sheet with its area."""
    return [(table, area_of(table.range)) for table in sheet.tables]


def values(place):
    """Values in two dimensions, errors as their texts, blanks as empty ones."""
    return place.options(ndim=2, err_to_str=True, empty="").value


def formulas(place):
    """Formulas and values as text, in two dimensions whatever the place's shape."""
    texts = place.formula2
    if isinstance(texts, str):
        return [[texts]]
    if isinstance(texts[0], str):
        return [list(texts)] if place.shape[0] == 1 else [[text] for text in texts]
    return [list(row) for row in texts]


def enter(place, cells):
    """Enters formulas and values."""
    place.formula2 = cells


def is_spilled_into(values, texts, y, x):
    """Whether Excel repeats the formula of the cell above or at the left here: one filled down would differ."""
    text = texts[y][x]
    if not live.is_formula(values[y][x], text) or "$" in text or not any(map(str.isdigit, text)):
        return False
    return (y > 0 and texts[y - 1][x] == text) or (x > 0 and texts[y][x - 1] == text)


def spills(place):
    """Areas that a formula's result spills over, of those that reach into a place; none where nothing spills yet."""
    has_spill = getattr(place.api, "HasSpill", False)  # Excel before 2019 and other engines do not know of it
    if has_spill is False:
        return []
    if has_spill or place.size == 1:
        area = area_of(place.sheet.range(place[0, 0].api.SpillParent.SpillingToRange.Address))
        if place.size == 1 or area.bottom >= area_of(place).bottom:
            return [area]
    half = place.shape[0] // 2
    return list(dict.fromkeys([*spills(place[:half, :]), *spills(place[half:, :])]))


def merged(place):
    """Merged ranges: halves that hold none are left alone at once."""
    if place.merge_cells is False:
        return []
    if place.merge_cells and area_of(place[0, 0].merge_area) == area_of(place):
        return [place]
    found = {}
    for half in _halves(place):
        for area in merged(half):
            whole = area[0, 0].merge_area
            found[whole.address] = whole
    return list(found.values())


def _halves(place):
    rows, columns = place.shape
    if rows * columns == 1:
        return [place.merge_area]
    if rows >= columns:
        return [place[: rows // 2, :], place[rows // 2 :, :]]
    return [place[:, : columns // 2], place[:, columns // 2 :]]


def refuse_protected(sheet, file):
    """Refuses to write into a sheet whose cells are locked."""
    if getattr(sheet.api, "ProtectContents", False):
        raise WorkbookError("protected-sheet", file=file, sheet=sheet.name)
