"""The dashboard: one page that says how the receivables stand, every figure a formula over the sheets below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlcredit.control import Review
from xlcredit.excel.pack import charts
from xlcredit.excel.pack.blocks import Block, put, write
from xlcredit.excel.pack.customers import buckets
from xlcredit.excel.pack.live import (
    Live,
    column_total,
    count,
    count_of,
    nth,
    number,
    share,
    total,
    total_of,
    total_where,
)
from xlcredit.excel.pack.page import Desk, heading, set_up
from xlcredit.excel.pack.tables import Tables
from xlcredit.excel.pack.todo import write_tasks
from xlcredit.kernel.money import decimals
from xlcredit.locales import display_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LEFT, RIGHT, WIDE = 0, 6, 5
_TOP: Final = 10
_MONTHS: Final = 12
_NARROWEST, _NAMES, _ROW = 13.0, 27.0, 18.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure in large type with a smaller one below it."""

    key: str
    figure: Live
    kind: str
    note: Live | None = None
    note_kind: str = "percent"


def write_dashboard(desk: Desk, review: Review) -> None:
    """Writes the dashboard's sheet."""
    sheet = desk.book.add_worksheet(desk.names["dashboard"])
    heading(desk, sheet, "dashboard")
    figures = list(tiles(desk.tables))
    width = max(_NARROWEST, *(len(f"{number(tile.figure):,.0f}") * 1.4 for tile in figures if tile.kind == "amount"))
    label = max(width, 2 + max(display_width(desk.speech("buckets", key)) for key in review.policy.buckets.keys))
    widths = (label, max(width, _NAMES), width, label, _NARROWEST)
    sheet.set_default_row(_ROW)
    for at, wide in enumerate((*widths, 3.0, *widths)):
        sheet.set_column(at, at, wide)
    right = charts.pixels(widths)
    for at, tile in enumerate(figures):
        _put_tile(desk, sheet, at, tile, review.currency)
    below = write_tasks(desk, sheet, (8, LEFT, RIGHT), review.currency)
    below = _aging(desk, sheet, below + 1 if below > 8 else below, right, review)
    below = max(_top(desk, sheet, below + 1, review), _grades(desk, sheet, below + 1, review))
    below = _trend(desk, sheet, below + 1, right)
    _contents(desk, sheet, below + 1, review)
    set_up(desk, sheet, None, landscape=False)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.activate()


def tiles(tables: Tables) -> Iterator[Tile]:
    """The figures that come first, each if there is what it is made from."""
    whole = total(tables["aging"], "total")
    overdue = total(tables["aging"], "overdue")
    yield Tile("total", whole, "amount", count(tables["aging"]), "customers")
    yield Tile("overdue", overdue, "amount", share(overdue, whole))
    for days in (60, 90):
        yield Tile(f"over_{days}", share(_older(tables, days), whole), "percent", _older(tables, days), "amount")
    if tables.has("key_figures", "dso"):
        best = nth(tables["key_figures"], "best_dso", 0) if tables.has("key_figures", "best_dso") else None
        yield Tile("dso", nth(tables["key_figures"], "dso", 0), "decimal", best, "best")
    yield from _more_tiles(tables, whole)


def _more_tiles(tables: Tables, whole: Live) -> Iterator[Tile]:
    if loss := column_total(tables, "provisions", "expected_loss"):
        yield Tile("expected_loss", loss, "amount", share(loss, whole))
    if bare := column_total(tables, "insurance", "uninsured_part"):
        yield Tile("uninsured", bare, "amount", share(bare, total(tables["insurance"], "exposure")))
    if due := column_total(tables, "calls", "to_collect"):
        yield Tile("to_collect", due, "amount", count(tables["calls"]), "customers")
    if tables.has("orders", "order_value", "decision"):
        orders = tables["orders"]
        hold = orders["decision"].ramp[-1]
        held = total_of(orders, "order_value", "decision", hold)
        yield Tile("held", held, "amount", count_of(orders, "decision", hold), "orders")
    if tables.has("signals", "level"):
        signals = tables["signals"]
        grave = signals["level"].ramp[-1]
        yield Tile("alarms", count_of(signals, "level", grave), "integer", count(signals), "signals")


def _older(tables: Tables, days: int) -> Live:
    items = tables["open_items"]
    return total_where(items, "open", "days_past_due", f'">{days}"', items["days_past_due"].values > days)


def _put_tile(desk: Desk, sheet: Worksheet, at: int, tile: Tile, currency: str) -> None:
    column = at if at < WIDE else at + 1
    looks, say = desk.looks, desk.speech
    sheet.set_row(3, 30)
    sheet.set_row(4, 24)
    sheet.set_row(6, 30)
    name = say.in_currency("pack_tiles", tile.key, currency) if tile.kind == "amount" else say("pack_tiles", tile.key)
    sheet.write_string(3, column, name, looks.of("tile_name"))
    format_ = {"amount": "#,##0;[Red]-#,##0", "percent": "0.0%", "decimal": "0.0", "integer": "0"}[tile.kind]
    write(sheet, 4, column, tile.figure, looks.of("tile", num_format=format_))
    desk.define(f"pack_{tile.key}", desk.address("dashboard", f"${'ABCDEFGHIJK'[column]}$5"))
    said = say("pack_notes", tile.note_kind if tile.note_kind in _OWN_NOTES else tile.key)
    number = {"percent": "0.0%", "amount": "#,##0", "best": "0.0"}.get(tile.note_kind, "0")
    write(sheet, 5, column, tile.note or "", looks.of("tile_note", num_format=number))
    sheet.write_string(6, column, said, looks.of("tile_note", text_wrap=True, valign="top"))


_OWN_NOTES: Final = frozenset({"customers", "orders", "signals", "best", "amount"})
"""Notes that say the same under every figure; the others say what the share is of."""


def _aging(desk: Desk, sheet: Worksheet, top: int, wide: float, review: Review) -> int:
    table, say = desk.tables["aging"], desk.speech
    whole = total(table, "total")
    rows = [
        [say("buckets", key), total(table, column), share(total(table, column), whole)]
        for column, key in buckets(review).items()
    ]
    heads = (say("columns", "bucket"), say.in_currency("columns", "open", review.currency), say("columns", "share"))
    below = put(desk, sheet, top, LEFT, Block(say("pack", "aging"), heads, ("text", "amount", "percent"), rows))
    charts.bar(sheet, (top + 2, below - 1), LEFT + 2, whole=True)
    _concentration(desk, sheet, top)
    charts.aging(desk, sheet, (top + 2, below - 1), (top, RIGHT), wide)
    return max(below, top + 13)


def _concentration(desk: Desk, sheet: Worksheet, top: int) -> None:
    """Shares of the largest, the index and how many equal customers that is, beside the buckets."""
    if not desk.tables.has("concentration", "cumulative", "hhi", "effective_number"):
        return
    table, say = desk.tables["concentration"], desk.speech
    rows = [[say("pack", "largest", n=n), nth(table, "cumulative", n - 1)] for n in (1, 5, 10) if n <= len(table)]
    put(
        desk,
        sheet,
        top,
        LEFT + 3,
        Block(say("lists", "concentration"), ("", say("columns", "share")), ("text", "percent"), rows),
    )
    indices = (
        ("hhi", say("pack", "concentration_index"), "0.000"),
        ("effective_number", say("pack", "equal_customers"), "0.0"),
    )
    for row, (key, label, shape) in enumerate(indices, top + 2 + len(rows)):
        sheet.write_string(row, LEFT + 3, label, desk.looks.kind("line", "text"))
        write(sheet, row, LEFT + 4, nth(table, key, 0), desk.looks.of("line", num_format=shape, align="right"))


def _top(desk: Desk, sheet: Worksheet, top: int, review: Review) -> int:
    if not desk.tables.has("concentration", "exposure", "share"):
        return top
    table, say = desk.tables["concentration"], desk.speech
    named = "name" in table
    keys = ("customer", *(("name",) if named else ()), "exposure", "share", "cumulative")
    heads = tuple(
        say.in_currency("columns", key, review.currency) if key == "exposure" else say("columns", key) for key in keys
    )
    kinds = tuple(table[key].kind.replace("wrapped", "text") for key in keys)
    rows = [[nth(table, key, line) for key in keys] for line in range(min(_TOP, len(table)))]
    below = put(desk, sheet, top, LEFT, Block(say("pack", "top"), heads, kinds, rows))
    charts.bar(sheet, (top + 2, below - 1), LEFT + keys.index("share"))
    return below


def _grades(desk: Desk, sheet: Worksheet, top: int, review: Review) -> int:
    table, say = desk.tables["limits"], desk.speech
    rows = [
        [grade, count_of(table, "grade", grade), total_of(table, "exposure", "grade", grade)]
        for grade in review.policy.grades.names
    ]
    heads = (say("columns", "grade"), say("pack", "customers"), say.in_currency("columns", "exposure", review.currency))
    below = put(desk, sheet, top, RIGHT, Block(say("pack", "grades"), heads, ("text", "integer", "amount"), rows))
    charts.bar(sheet, (top + 2, below - 1), RIGHT + 1)
    return max(below, _signals(desk, sheet, top))


def _signals(desk: Desk, sheet: Worksheet, top: int) -> int:
    if not desk.tables.has("signals", "level"):
        return top
    table, say = desk.tables["signals"], desk.speech
    rows = [[level, count_of(table, "level", level)] for level in reversed(table["level"].ramp)]
    heads = (say("columns", "level"), say("pack", "number"))
    return put(desk, sheet, top, RIGHT + 3, Block(say("lists", "signals"), heads, ("text", "integer"), rows))


def _trend(desk: Desk, sheet: Worksheet, top: int, wide: float) -> int:
    """Month ends, the oldest first, with a chart: where there is a history."""
    if not desk.tables.has("key_figures", "month_end", "open"):
        return top - 1
    table, say = desk.tables["key_figures"], desk.speech
    keys = [key for key in ("month_end", "open", "overdue", "dso", "best_dso") if key in table]
    rows = [[nth(table, key, line) for key in keys] for line in reversed(range(min(_MONTHS, len(table))))]
    heads, kinds = tuple(say("columns", key) for key in keys), tuple(table[key].kind for key in keys)
    below = put(desk, sheet, top, LEFT, Block(say("pack", "trend"), heads, kinds, rows))
    charts.trend(desk, sheet, (top + 2, below - 1), keys, (top, RIGHT), wide)
    return max(below, top + 14)


def _contents(desk: Desk, sheet: Worksheet, top: int, review: Review) -> None:
    """Currencies at the left, at the right the way to every sheet with what stands there."""
    say, looks = desk.speech, desk.looks
    _currencies(desk, sheet, top, review)
    keys = [key for key in desk.names if key != "dashboard"]
    for at in range(WIDE):
        sheet.write_blank(top, RIGHT + at, None, looks.of("section"))
    sheet.write_string(top, RIGHT, say("pack", "sheets"), looks.of("section"))
    half = (len(keys) + 1) // 2
    for place, key in enumerate(keys):
        row, column = top + 1 + place % half, RIGHT + 2 * (place // half)
        sheet.write_url(row, column + 1, desk.link(key), looks.of("link", indent=1), desk.names[key])
        if key in desk.tables:
            number = looks.of("about", num_format="#,##0", align="right")
            write(sheet, row, column, count(desk.tables[key]), number)


def _currencies(desk: Desk, sheet: Worksheet, top: int, review: Review) -> None:
    table, say = desk.tables["aging_by_currency"], desk.speech
    rows = [
        [code, *(total_of(table, key, "currency", code) for key in ("total", "in_base"))] for code in review.currencies
    ]
    base = say.in_currency("pack_columns", "in_base", review.currency)
    heads = (say("columns", "currency"), say("columns", "open"), base)
    put(
        desk,
        sheet,
        top,
        LEFT,
        Block(say("pack", "currencies"), heads, ("text", "amount", "amount"), rows, places=decimals(review.currency)),
    )
