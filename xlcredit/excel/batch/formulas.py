"""Buttons about formulas: the review's columns as formulas, one spilled formula for many, values for formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import product

import numpy as np

from xlcredit.excel.additions import Formula, Rewrite
from xlcredit.excel.batch.press import Answer, Press, Selection
from xlcredit.excel.formulas import calls_ours, moved, refers_to, stretched
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.workbook import Workbook, grid_named
from xlcredit.kernel.errors import WorkbookError
from xlcredit.ledger.grid import UNCACHED, Cell, Grid

Formulas = Mapping[tuple[int, int], str]
Place = tuple[int, int]


def spill_column(press: Press) -> Answer:
    """One formula that spills, in place of the same formula filled down the selected column."""
    chosen = press.selection
    if chosen is None:
        return Answer(press.say("spill_select"), "read")
    formulas = press.workbook.formulas(chosen.sheet)
    rows = _filled_down(formulas, chosen)
    if not rows:
        return Answer(press.say("spill_select"), "read")
    first, last = rows
    if first == last:
        return Answer(press.say("spill_single"), "read")
    column, formula = chosen.left, formulas[first, chosen.left]
    spilling = stretched(formula, first + 1, last + 1)
    if spilling is None:
        return Answer(press.say("spill_other", formula=f"={formula}"), "read")
    grid = grid_named(press.workbook.grids(), chosen.sheet)
    places = [(row, column) for row in range(first, last + 1)]
    text = Formula(spilling.replace("{", "{{").replace("}", "}}"), dynamic=True)
    press.step(0.5)
    press.workbook.add(rewrites=[_rewrite(chosen.sheet, places, grid, text)])
    return Answer(press.say("spilled", count=last - first + 1, formula=f"={spilling}"))


def replace_formulas(press: Press) -> Answer:
    """What our formulas give, in place of them: in the cells selected, else in the sheet, else everywhere."""
    chosen, count = press.selection, 0
    meant: dict[str, set[Place]] = defaultdict(set)
    policy = press.workbook.own_sheet("policy")
    for grid in press.workbook.grids():
        if chosen and grid.name != chosen.sheet:
            continue
        formulas = press.workbook.formulas(grid.name)
        ours = [
            place
            for place, text in formulas.items()
            if (calls_ours(text) or (policy and refers_to(text, [policy.name])))
            and _is_meant(place, chosen)
            and grid.broken.get(place) != UNCACHED
        ]
        count += len(ours)
        if ours:
            meant[grid.name].update(ours)
        press.step(0.5)
    if not count:
        return Answer(press.say("replace_none"), "read")
    _replace(press.workbook, meant)
    return Answer(press.say("replaced", count=count))


def _replace(workbook: Workbook, meant: dict[str, set[Place]]) -> None:
    """Puts values into these cells, and into all others that a formula in one of them fills."""
    while True:
        rewrites = [
            _rewrite(sheet, column, grid_named(workbook.grids(), sheet))
            for sheet, places in meant.items()
            for column in _by_column(places)
        ]
        try:
            workbook.add(rewrites=rewrites)
        except WorkbookError as error:
            if error.code != "part-of-array":
                raise
            places = meant[str(error.facts["sheet"])]
            filled = _cells_of(str(error.facts["area"]))
            if filled <= places:
                raise
            places |= filled
        else:
            return


def _cells_of(reference: str) -> set[Place]:
    """Every cell of an area such as ``I4:I11``."""
    area = Area.of(reference)
    return set(product(range(area.top, area.bottom + 1), range(area.left, area.right + 1))) if area else set()


def _filled_down(formulas: Formulas, chosen: Selection) -> tuple[int, int] | None:
    """First and last row of the formula of ours filled down through the selection; None where there is none."""
    rows = range(chosen.top, chosen.bottom + 1)
    start = next((row for row in rows if calls_ours(formulas.get((row, chosen.left), ""))), None)
    if start is None:
        return None
    model, column = formulas[start, chosen.left], chosen.left
    first = last = start
    while formulas.get((first - 1, column)) == moved(model, first - 1 - start, 0):
        first -= 1
    while formulas.get((last + 1, column)) == moved(model, last + 1 - start, 0):
        last += 1
    return first, last


def _is_meant(place: Place, chosen: Selection | None) -> bool:
    if chosen is None or chosen.is_cell:
        return True
    return chosen.top <= place[0] <= chosen.bottom and chosen.left <= place[1] <= chosen.right


def _by_column(places: Collection[Place]) -> list[list[Place]]:
    columns: dict[int, list[Place]] = defaultdict(list)
    for place in sorted(places):
        columns[place[1]].append(place)
    return list(columns.values())


def _rewrite(sheet: str, places: list[Place], grid: Grid, formula: Formula | None = None) -> Rewrite:
    """Cells of one column with the values they show, and the formula that gives them if there is one."""
    cells = _cells(grid, places)
    values = np.empty(len(cells), dtype=object)
    values[:] = [_held(cell) for cell in cells]
    rows = np.array([row for row, _ in places], dtype=np.int64)
    return Rewrite(sheet, places[0][1], rows, values, formula, spilled=formula is not None)


def _cells(grid: Grid, places: list[Place]) -> list[Cell]:
    """What these cells of one column, top down, show."""
    wanted = {row for row, _ in places}
    column = places[0][1]
    shown = [
        grid.broken.get((y, column)) or (row[column] if column < len(row) else None)
        for y, row in enumerate(grid.rows())
        if y in wanted
    ]
    return [*shown, *[None] * (len(places) - len(shown))]


def _held(cell: Cell) -> object:
    """A cell as a Rewrite holds it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return cell
