"""Looks of cells in an open workbook: formats, widths, colours, and the tables that our columns stand beside."""

from __future__ import annotations

from contextlib import suppress

from udfs.live import cells, folds
from xlcredit.excel import live


def take_tables_along(sheet, tables, wanted, old, area):
    """A table that our columns stand right beside takes them in, and lets go of those that went."""
    for table, its in tables:
        grows = its.right == area.left - 1
        held = old is not None and its.left < old.left <= its.right
        if its.top == wanted.header_row and its.left <= wanted.last_column and (grows or held):
            table.resize(cells.block(sheet, its.to(area.right)))


def dress_header(header, columns, neighbour):
    """Headers of ours look like the one beside them."""
    neighbour.copy()
    header.paste("formats")
    header.sheet.book.app.cut_copy_mode = False  # takes away the dashes around what was copied
    _align(header, columns)


def dress_own(sheet, area, wanted, *, is_new):
    """The looks of a sheet of ours; those of an earlier run go."""
    if not is_new:
        cells.used(sheet).clear_formats()
    block = cells.block(sheet, area)
    block[0, :].font.bold = True
    block[0, :].color = "#" + live.HEADER_FILL
    block[0, :].wrap_text = True
    _align(block[0, :], wanted.columns)
    dress(block[1:, :], wanted.columns, range(wanted.height))
    (block if wanted.has_lines else block[0, :]).vertical_alignment = "top"
    line = {"line_style": "continuous", "weight": "thin", "color": "#" + live.LINE}
    for row in wanted.group_starts:
        block[row + 1, :].borders.set("edge_top", **line)
    folds.fold(sheet, block[1:, :], wanted.folded, is_new=is_new)
    for k, column in enumerate(wanted.columns):
        sheet[0, k].column_width = live.sheet_width(column)
    shade(sheet, area, wanted.columns, None if is_new else area, None)


def dress(body, columns, at):
    """Formats; ``at``: for each value, its row in the body."""
    for k, column in enumerate(columns if body.shape[0] else ()):
        body[:, k].number_format = live.FORMATS[column.kind]
        for row in live.days(column, at):
            body[row, k].number_format = live.FORMATS["date"]
        if column.kind == "wrapped":
            body[:, k].wrap_text = True
        if column.tint:
            rows = [row for row, is_tinted in zip(at, column.tinted.tolist(), strict=True) if is_tinted]
            for first, last in live.runs(rows):
                body[rows[first] : rows[last] + 1, k].color = "#" + column.tint
    _align(body, columns)


def _align(place, columns):
    for k, column in enumerate(columns if place.shape[0] else ()):
        place[:, k].horizontal_alignment = live.SIDES[column.kind]


def widen(sheet, area, columns, old, neighbour):
    """What the user made of a column's width in an earlier run stays."""
    model = (neighbour.column_width or 0.0) if neighbour else 0.0
    for k, column in enumerate(columns, area.left):
        if not (old and old.left <= k <= old.right):
            sheet[area.top, k].column_width = live.width_of(column, model)


def shade(sheet, area, columns, old, beside):
    """Conditional colours: ours of an earlier run go, save rules that reach into the user's own columns."""
    if old is not None:
        theirs = [] if beside is None else [_signature(rule) for rule in sheet[:, beside].conditional_formats]
        for rule in list(cells.block(sheet, old).conditional_formats):
            if _is_ours(rule) and _signature(rule) not in theirs:
                rule.delete()
    for k, column in enumerate(columns):
        for shade in column.shades if area.bottom > area.top else ():
            rules = cells.block(sheet, area)[1:, k].conditional_formats
            look = {"fill_color": "#" + shade.fill, "font_color": "#" + shade.font if shade.font else None}
            for value in shade.values:
                rules.add_cell_value("equal_to", live.compared(value), **look)


def _is_ours(rule):
    return rule.type == "cell_value" and rule.operator == "equal_to"


def _signature(rule):
    with suppress(NotImplementedError):
        return rule.type, rule.operator, rule.formula1, rule.formula
    return None
