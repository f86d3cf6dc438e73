"""Charts and bars: colours that differ in lightness, titles, readable axes, and a text that says what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlcredit.excel.pack import palette
from xlcredit.excel.pack.page import Desk

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

Rows = tuple[int, int]
Corner = tuple[int, int]
_HEIGHT = 24
"""Pixels of a row."""
_SLANT = -45
"""Degrees by which months are turned that would break at their hyphen."""


def pixels(widths: Sequence[float]) -> float:
    """Pixels of columns of these widths."""
    return sum(7 * width + 5 for width in widths)


def aging(desk: Desk, sheet: Worksheet, rows: Rows, corner: Corner, wide: float) -> None:
    """Columns of what is open by bucket, whose labels and amounts stand in the first two columns of these rows."""
    chart = desk.book.add_chart({"type": "column"})
    name, (first, last) = desk.names["dashboard"], rows
    chart.add_series(
        {
            "name": desk.speech("columns", "open"),
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": f"#{palette.SERIES[0]}"},
            "gap": 40,
        }
    )
    _finish(sheet, chart, desk.speech("pack", "aging"), corner, wide, 13)


def trend(desk: Desk, sheet: Worksheet, rows: Rows, keys: Sequence[str], corner: Corner, wide: float) -> None:
    """Lines of what was open and overdue by month end, days at the right-hand side."""
    chart, days = desk.book.add_chart({"type": "column"}), desk.book.add_chart({"type": "line"})
    for key in ("open", "overdue"):
        if key in keys:
            chart.add_series(_line(desk, rows, keys, key, {"gap": 60}))
    told = [key for key in ("dso", "best_dso") if key in keys]
    for key in told:
        days.add_series(_line(desk, rows, keys, key, {"y2_axis": True}))
    if told:
        days.set_y2_axis(
            {"name": desk.speech("pack", "days"), "num_format": "0", "min": 0, "name_font": {"bold": False}}
        )
        chart.combine(days)
    _finish(sheet, chart, desk.speech("pack", "trend"), corner, wide, 14, slant=_SLANT, legend=True)


def _line(desk: Desk, rows: Rows, keys: Sequence[str], key: str, more: dict[str, Any]) -> dict[str, Any]:
    name, (first, last), at = desk.names["dashboard"], rows, keys.index(key)
    colour = f"#{palette.SERIES[('open', 'dso', 'overdue', 'best_dso').index(key)]}"
    drawn: dict[str, Any] = (
        {"line": {"color": colour, "width": 2.25}} if "y2_axis" in more else {"fill": {"color": colour}}
    )
    if key == "best_dso":
        drawn["line"]["dash_type"] = "dash"
    return {
        "name": desk.speech("columns", key),
        "categories": [name, first, 0, last, 0],
        "values": [name, first, at, last, at],
        **drawn,
        **more,
    }


def history(desk: Desk, sheet: Worksheet, row: Corner, width: int, corner: Corner, wide: float) -> None:
    """A line over cells of one row, whose headings stand above them."""
    chart, name = desk.book.add_chart({"type": "line"}), desk.names["card"]
    top, left = row
    chart.add_series(
        {
            "name": desk.speech("pack", "balance"),
            "categories": [name, top, left, top, left + width - 1],
            "values": [name, top + 1, left, top + 1, left + width - 1],
            "line": {"color": f"#{palette.SERIES[0]}", "width": 2.25},
            "marker": {"type": "circle", "size": 5, "fill": {"color": f"#{palette.SERIES[0]}"}},
        }
    )
    chart.show_hidden_data()
    _finish(sheet, chart, desk.speech("pack", "balance"), corner, wide, 11)


def _finish(
    sheet: Worksheet,
    chart: Chart,
    title: str,
    corner: Corner,
    wide: float,
    rows: int,
    *,
    slant: int = 0,
    legend: bool = False,
) -> None:
    grid = {"visible": True, "line": {"color": f"#{palette.LINE}", "width": 0.5}}
    font = {"color": f"#{palette.INK}", "size": 9}
    chart.set_title({"name": title, "overlay": False, "name_font": {"size": 11, "color": f"#{palette.HEAD}"}})
    chart.set_x_axis({"num_font": font | {"rotation": slant}, "num_format": "yyyy-mm", "text_axis": True})
    chart.set_y_axis({"num_font": font, "num_format": "#,##0", "major_gridlines": grid, "line": {"none": True}})
    chart.set_legend({"position": "bottom", "font": font} if legend else {"none": True})
    chart.set_chartarea({"border": {"color": f"#{palette.LINE}"}})
    chart.set_size({"width": int(wide), "height": rows * _HEIGHT})
    sheet.insert_chart(*corner, chart, {"description": title, "object_position": 1})


def bar(sheet: Worksheet, rows: Rows, column: int, *, whole: bool = False) -> None:
    """Bars behind the figures of a column; ``whole``: of 100 %, and not of the largest."""
    sheet.conditional_format(rows[0], column, rows[1], column, bar_rule(whole=whole))


def bar_rule(*, whole: bool) -> dict[str, Any]:
    """The rule of bars that begin at nothing: what is below it has none, and no axis stands among the figures."""
    rule = {"type": "data_bar", "bar_color": f"#{palette.BAR}", "bar_solid": True, "min_type": "num", "min_value": 0}
    return rule | ({"max_type": "num", "max_value": 1} if whole else {})
