"""LiveWorkbook: the workbook port over a workbook that is open in Excel, through xlwings.

Cells are read once a sheet and written once a block. What is written can be undone until all of it stands: the user
may cancel between two blocks, and then the workbook is as it was. Looks (formats, widths, colours, tables, marks)
come last.
"""

from __future__ import annotations

from collections import ChainMap
from contextlib import contextmanager, suppress
from itertools import product

from xlcredit.excel import live
from xlcredit.excel.formulas import bare, calls_ours
from xlcredit.excel.live import Area, WorkbookError
from xlcredit.excel.workbook import grid_named

TEXT = "@"
"""The format of cells in which a text stays as it is typed."""


class LiveWorkbook:
    """An open workbook; ``step`` is told how far the writing is and may raise to stop it."""

    sha256 = ""

    def __init__(self, book, step=None):
        self.book = book
        self.name = book.name
        self._step = step or (lambda _: None)
        self._held = None
        self._undo = []

    def grids(self):
        """Every worksheet but ours, visible ones first; read once until something is added."""
        if self._held is None:
            columns, own = self._marks()
            beside = {sheet: (area.left, area.right) for sheet, area in columns.values()}
            sheets = [sheet for sheet in self.book.sheets if sheet.name not in own.values()]
            grids = [self._grid(sheet, beside.get(sheet.name)) for sheet in sheets]
            self._held = sorted(grids, key=lambda grid: grid.hidden)
        return self._held

    def grid(self, name):
        """The worksheet of this name."""
        return grid_named(self.grids(), name)

    def own_sheet(self, mark):
        """The sheet of ours with this mark, None where there is none."""
        name = self._marks()[1].get(mark)
        return self._grid(self.book.sheets[name], None) if name else None

    def formulas(self, sheet):
        """(row, column) → formula as the user reads it; what spills stands at its first cell only."""
        place = _used(self.book.sheets[sheet])
        values, texts = _values(place), _formulas(place)
        return {
            (y, x): bare(text.removeprefix("="))
            for y, row in enumerate(texts)
            for x, text in enumerate(row)
            if live.is_formula(values[y][x], text) and not _is_spilled_into(values, texts, y, x)
        }

    def add(self, columns=(), sheets=(), *, remove=(), names=(), rewrites=()):
        """Adds and rewrites, all or nothing, in place of what an earlier run left under the same marks."""
        self._refuse_taken(names)
        self._refuse_parts_of_arrays(rewrites)
        active = self.book.sheets.active
        steps = iter(range(1, len(sheets) + len(columns) + len(rewrites) + 1))
        total = max(len(sheets) + len(columns) + len(rewrites), 1)

        def following(blocks):
            for block in blocks:
                self._step(0.6 + 0.3 * next(steps) / total)
                yield block

        areas = [self._area_for(wanted) for wanted in columns]
        cells = [wanted.cells_from(area.left) for wanted, area in zip(columns, areas, strict=True)]
        with self._or_as_it_was():
            finish = [self._add_sheet(wanted, cells) for wanted in following(sheets)]
            named = self._named(cells)
            beside = following(zip(columns, areas, strict=True))
            finish += [self._add_columns(wanted, area, named) for wanted, area in beside]
            for wanted in following(rewrites):
                self._rewrite(wanted, named)
            for look in finish:
                look()
            self._settle_names(names, named)
        self._remove(remove, [name.name for name in names])
        active.activate()
        self._held = None

    @contextmanager
    def _or_as_it_was(self):
        """Whatever fails inside, or is cancelled, leaves the cells as they were."""
        self._undo = []
        try:
            yield
        except BaseException:
            for put_back in reversed(self._undo):
                put_back()
            raise

    # marks

    def _marks(self):
        names = [(name.name, name.refers_to) for name in self.book.names]
        return live.marks_of(names, [sheet.name for sheet in self.book.sheets])

    def _named(self, cells):
        """Names of our sheets by their marks, and the cells of columns of ours, as formulas refer to both."""
        return dict(ChainMap(self._marks()[1], *cells))

    def _mark(self, name, refers_to):
        hidden = self._name(name, refers_to)
        hidden.api.Visible = False

    def _name(self, name, refers_to):
        """Defines a name, and undoes that with the rest."""
        names = self.book.names
        if name in names:
            held, before = names[name], names[name].refers_to
            self._undo.append(lambda: setattr(held, "refers_to", before))
            held.refers_to = refers_to
            return held
        made = names.add(name, refers_to)
        self._undo.append(made.delete)
        return made

    def _settle_names(self, names, sheets):
        for wanted in names:
            self._name(wanted.name, "=" + bare(wanted.refers_to(sheets))).api.Comment = live.OURS

    def _refuse_taken(self, names):
        wanted = {name.name.casefold() for name in names}
        for held in self.book.names if wanted else ():
            spelled = held.name.rpartition("!")[2]  # a sheet's own names are told as Sheet!Name
            if spelled.casefold() in wanted and _is_our_name(held) is False:
                raise WorkbookError("name-taken", file=self.name, name=spelled)

    # reading

    def _grid(self, sheet, own):
        place = _used(sheet)
        merged = [_area(area) for area in _merged(place)]
        epoch = bool(getattr(self.book.api, "Date1904", False))
        return live.grid_of(sheet.name, _values(place), merged, own, epoch_1904=epoch, hidden=not sheet.visible)

    # columns

    def _old(self, wanted):
        """Where an earlier run left columns of this mark in the sheet."""
        standing = self._marks()[0].get(wanted.mark)
        return standing[1] if standing and standing[0] == wanted.sheet else None

    def _area_for(self, wanted):
        sheet, grid = self.book.sheets[wanted.sheet], self.grid(wanted.sheet)
        _refuse_protected(sheet, self.name)
        blocked = [Area(*merged) for merged in grid.merged]
        blocked += [area for _, area in _tables(sheet) if area.left > wanted.last_column]
        return live.place_for(wanted, self._old(wanted), grid, blocked)

    def _add_columns(self, wanted, area, named):
        """Writes the cells; gives what is left to do for their looks."""
        sheet, old = self.book.sheets[wanted.sheet], self._old(wanted)
        tables = _tables(sheet)
        leftover = _leftover(old, area)
        for gone in leftover:
            self._clear(_block(sheet, gone))
        headers = [column.header for column in wanted.columns]
        self._fill(sheet, area, wanted.columns, (wanted.rows - wanted.header_row - 1).tolist(), headers, named)

        def look():
            neighbour = sheet[wanted.header_row, wanted.last_column]
            _take_tables_along(sheet, tables, wanted, old, area)
            _dress_header(_block(sheet, area)[0, :], wanted.columns, neighbour)
            _dress(_block(sheet, area)[1:, :], wanted.columns, (wanted.rows - wanted.header_row - 1).tolist())
            _widen(sheet, area, wanted.columns, old, neighbour)
            _shade(sheet, area, wanted.columns, old, wanted.last_column)
            self._mark(live.OWN_COLUMNS + wanted.mark, "=" + area.on(wanted.sheet))

        return look

    def _fill(self, sheet, area, columns, at, headers, named):
        """Header and cells of a block; a formula of the user's in it, such as a total, stays."""
        block = _block(sheet, area)
        before = self._remember(block)
        self._remember_formats(block[1:, :])
        height = area.bottom - area.top
        block[0, :].value = [[live.entered(header) for header in headers]]
        pieces = live.stretches(columns, height, at, (area.top + 1, area.left), named)
        for piece in pieces if height else ():
            self._put(block[1:, piece.first : piece.first + len(piece.rows[0])], piece, columns)
        kept = set(range(height)) - set(at)
        for row in sorted(kept):
            for x, (value, text) in enumerate(zip(*(cells[row + 1] for cells in before), strict=True)):
                if live.is_formula(value, text) and not calls_ours(text):
                    _block(sheet, area)[row + 1, x].number_format = "General"
                    _block(sheet, area)[row + 1, x].formula = text

    def _put(self, place, piece, columns):
        rows = [["" if cell is None else cell for cell in row] for row in piece.rows]
        if piece.is_formula:
            place.number_format = "General"
            if piece.dynamic:
                place.formula2 = rows
            else:
                place.formula = rows
            return
        for k in range(len(rows[0])):
            column = columns[piece.first + k]
            place[:, k].number_format = TEXT if column.kind in {"text", "wrapped"} else live.FORMATS[column.kind]
            if column.kind == "mixed":
                rows = [[*row[:k], live.entered(row[k]), *row[k + 1 :]] for row in rows]
        place.value = rows

    # sheets

    def _add_sheet(self, wanted, cells):
        name = self._marks()[1].get(wanted.mark)
        if name:
            sheet = self.book.sheets[name]
            _refuse_protected(sheet, self.name)
            self._clear(_used(sheet))
        else:
            sheet = self._new_sheet(wanted.name)
        area = Area(0, 0, wanted.height, len(wanted.columns) - 1)
        headers = [column.header for column in wanted.columns]
        # Marked at once: formulas of this very run may refer to it.
        self._mark(live.OWN_SHEET + wanted.mark, "=" + Area(0, 0, 0, 0).on(sheet.name))
        self._fill(sheet, area, wanted.columns, list(range(wanted.height)), headers, self._named(cells))

        def look():
            if name:
                _used(sheet).clear_formats()
            _dress_own_header(_block(sheet, area)[0, :], wanted.columns)
            _dress(_block(sheet, area)[1:, :], wanted.columns, range(wanted.height))
            for row in wanted.group_starts:
                line = {"line_style": "continuous", "weight": "thin", "color": "#" + live.LINE}
                _block(sheet, area)[row + 1, :].borders.set("edge_top", **line)
            _widen(sheet, area, wanted.columns, None, None)
            _shade(sheet, area, wanted.columns, area if name else None, None)
            if not name:
                sheet.activate()  # panes are frozen in the window that shows the sheet
                sheet.freeze_panes.freeze_at("A2")

        return look

    def _new_sheet(self, wanted):
        if getattr(self.book.api, "ProtectStructure", False):
            raise WorkbookError("protected-structure", file=self.name)
        taken = [sheet.name for sheet in self.book.sheets]
        sheet = self.book.sheets.add(live.unique_name(wanted, taken), after=self.book.sheets[-1])
        self._undo.append(sheet.delete)
        return sheet

    def _remove(self, marks, kept):
        for name in list(self.book.names) if live.NAMES in marks else ():
            if _is_our_name(name) and name.name not in kept:
                name.delete()
        own = self._marks()[1]
        for mark in marks:
            if mark in own:
                self.book.names[live.OWN_SHEET + mark].delete()
                self.book.sheets[own[mark]].delete()

    # contents that are there

    def _rewrite(self, wanted, named):
        sheet = self.book.sheets[wanted.sheet]
        _refuse_protected(sheet, self.name)
        rows = wanted.rows.tolist()
        if wanted.spilled:
            self._spill(sheet, wanted, rows, named)
            return
        cells = live.rewritten(wanted, named)
        for first, last in live.runs(rows):
            self._write(
                _block(sheet, Area(rows[first], wanted.column, rows[last], wanted.column)), cells[first : last + 1]
            )

    def _refuse_parts_of_arrays(self, rewrites):
        """What spills goes as a whole or stays: the cells it fills are lost with the one that holds it."""
        for sheet in {wanted.sheet for wanted in rewrites}:
            ours = [wanted for wanted in rewrites if wanted.sheet == sheet]
            meant = {(row, wanted.column) for wanted in ours for row in wanted.rows.tolist()}
            for column in {wanted.column for wanted in ours}:
                rows = sorted(row for row, at in meant if at == column)
                for area in _spills(_block(self.book.sheets[sheet], Area(rows[0], column, rows[-1], column))):
                    filled = set(product(range(area.top, area.bottom + 1), range(area.left, area.right + 1)))
                    if filled & meant and not filled <= meant:
                        raise WorkbookError("part-of-array", file=self.name, sheet=sheet, area=area.text)

    def _spill(self, sheet, wanted, rows, named):
        area = Area(rows[0], wanted.column, rows[-1], wanted.column)
        if any(_area(table.range).meets(area) for table in sheet.tables):
            raise WorkbookError("spill-in-table", file=self.name, sheet=sheet.name, area=area.text)
        self._clear(_block(sheet, area))
        _block(sheet, area)[0, 0].formula2 = live.rewritten(wanted, named)[0][0]

    def _write(self, place, cells):
        """Writes formulas and values as they are to be entered."""
        self._remember(place)
        _enter(place, cells)

    def _clear(self, place):
        self._remember(place)
        place.clear_contents()

    def _remember(self, place):
        """Values and formulas of a place, which come back should anything fail."""
        values, texts = _values(place), _formulas(place)
        spills = getattr(place.api, "HasSpill", False) is not False
        before = [
            [
                "" if spills and _is_spilled_into(values, texts, y, x) else live.restored(value, texts[y][x])
                for x, value in enumerate(row)
            ]
            for y, row in enumerate(values)
        ]
        self._undo.append(lambda: _enter(place, before))
        return values, texts

    def _remember_formats(self, place):
        for k in range(place.shape[1] if place.shape[0] else 0):
            column = place[:, k]
            before = column.number_format or "General"
            self._undo.append(lambda column=column, before=before: setattr(column, "number_format", before))


# cells


def _used(sheet):
    """The sheet from A1 to its last used cell."""
    return sheet.range((1, 1), sheet.used_range.last_cell)


def _block(sheet, area):
    return sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1))


def _area(place):
    rows, columns = place.shape
    return Area(place.row - 1, place.column - 1, place.row + rows - 2, place.column + columns - 2)


def _tables(sheet):
    """Each table of a sheet with its area."""
    return [(table, _area(table.range)) for table in sheet.tables]


def _values(place):
    return place.options(ndim=2, err_to_str=True, empty="").value


def _formulas(place):
    """Formulas and values as text, in two dimensions whatever the place's shape."""
    texts = place.formula2
    if isinstance(texts, str):
        return [[texts]]
    if isinstance(texts[0], str):
        return [list(texts)] if place.shape[0] == 1 else [[text] for text in texts]
    return [list(row) for row in texts]


def _enter(place, cells):
    """Enters formulas and values."""
    place.formula2 = cells


def _is_spilled_into(values, texts, y, x):
    """Whether Excel repeats the formula of the cell above or at the left here: one filled down would differ."""
    text = texts[y][x]
    if not live.is_formula(values[y][x], text) or "$" in text or not any(map(str.isdigit, text)):
        return False
    return (y > 0 and texts[y - 1][x] == text) or (x > 0 and texts[y][x - 1] == text)


def _spills(place):
    """Areas that a formula's result spills over, of those that reach into a place; none where nothing spills yet."""
    has_spill = getattr(place.api, "HasSpill", False)  # Excel before 2019 and other engines do not know of it
    if has_spill is False:
        return []
    if has_spill or place.size == 1:
        area = _area(place.sheet.range(place[0, 0].api.SpillParent.SpillingToRange.Address))
        if place.size == 1 or area.bottom >= _area(place).bottom:
            return [area]
    half = place.shape[0] // 2
    return list(dict.fromkeys([*_spills(place[:half, :]), *_spills(place[half:, :])]))


def _merged(place):
    """Merged ranges: halves that hold none are left alone at once."""
    if place.merge_cells is False:
        return []
    if place.merge_cells and _area(place[0, 0].merge_area) == _area(place):
        return [place]
    found = {}
    for half in _halves(place):
        for area in _merged(half):
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


def _is_our_name(name):
    """Whether a name's comment says that we made it; None where Excel tells no comments, as on a Mac."""
    comment = getattr(name.api, "Comment", None)
    return None if comment is None else comment == live.OURS


def _leftover(old, area):
    """What an earlier run of ours covered and this one does not."""
    if old is None:
        return []
    parts = [Area(old.top, old.left, old.bottom, min(old.right, area.left - 1))]
    parts += [Area(old.top, max(old.left, area.right + 1), old.bottom, old.right)]
    return [part for part in parts if part.left <= part.right]


def _refuse_protected(sheet, file):
    if getattr(sheet.api, "ProtectContents", False):
        raise WorkbookError("protected-sheet", file=file, sheet=sheet.name)


# looks


def _take_tables_along(sheet, tables, wanted, old, area):
    """A table that our columns stand right beside takes them in, and lets go of those that went."""
    for table, its in tables:
        grows = its.right == area.left - 1
        held = old is not None and its.left < old.left <= its.right
        if its.top == wanted.header_row and its.left <= wanted.last_column and (grows or held):
            table.resize(_block(sheet, its.to(area.right)))


def _dress_header(header, columns, neighbour):
    header.copy_from(neighbour, "formats")
    _align(header, columns)


def _dress_own_header(header, columns):
    header.font.bold = True
    header.color = "#" + live.HEADER_FILL
    _align(header, columns)


def _dress(body, columns, at):
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


def _widen(sheet, area, columns, old, neighbour):
    """What the user made of a column's width in an earlier run stays."""
    model = (neighbour.column_width or 0.0) if neighbour else 0.0
    for k, column in enumerate(columns, area.left):
        if not (old and old.left <= k <= old.right):
            sheet[area.top, k].column_width = column.width or live.width_of(column, model)


def _shade(sheet, area, columns, old, beside):
    """Conditional colours: ours of an earlier run go, save rules that reach into the user's own columns."""
    if old is not None:
        theirs = [] if beside is None else [_signature(rule) for rule in sheet[:, beside].conditional_formats]
        for rule in list(_block(sheet, old).conditional_formats):
            if _is_ours(rule) and _signature(rule) not in theirs:
                rule.delete()
    for k, column in enumerate(columns):
        for shade in column.shades if area.bottom > area.top else ():
            rules = _block(sheet, area)[1:, k].conditional_formats
            look = {"fill_color": "#" + shade.fill, "font_color": "#" + shade.font if shade.font else None}
            for value in shade.values:
                rules.add_cell_value("equal_to", live.compared(value), **look)


def _is_ours(rule):
    return rule.type == "cell_value" and rule.operator == "equal_to"


def _signature(rule):
    with suppress(NotImplementedError):
        return rule.type, rule.operator, rule.formula1, rule.formula
    return None
