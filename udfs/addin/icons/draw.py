"""Draws the ribbon's icons: ``python udfs/addin/icons/draw.py`` writes one PNG of 32 × 32 beside itself for each.

Shapes are on a grid of 16, so that Excel's small size shows the same lines; they are drawn eight times as large and
reduced. Pillow is needed only here: the drawn files are part of the source.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

INK, GREEN, AMBER, RED, BLUE, PAPER = "#3B4A5A", "#2E8B57", "#E0A030", "#C8503C", "#2F75B5", "#FFFFFF"
SIZE, GRID, SCALE = 32, 16, 16
TICK = ((3.5, 8.5), (6.5, 11.5), (12.5, 4.5))

Shape = tuple[str, str, tuple[float, ...]]
"""Kind (box, fill, line, dot, ring), colour, and points x, y, … on the grid."""


def sheet() -> list[Shape]:
    """A page with lines on it."""
    lines: list[Shape] = [("line", INK, (4.5, y, 9.5, y)) for y in (5, 8, 11)]
    return [("box", INK, (2, 1.5, 12, 14.5)), *lines]


def person() -> list[Shape]:
    """A customer."""
    return [("fill", INK, (1.5, 9.5, 9.5, 14.5)), ("dot", INK, (5.5, 5, 3))]


def bars(*colours: str) -> list[Shape]:
    """Columns that rise from left to right."""
    step = 12 / len(colours)
    return [
        ("fill", colour, (2 + at * step, 11 - at * 9 / len(colours), 1.2 + (at + 1) * step, 14.5))
        for at, colour in enumerate(colours)
    ]


def mark(colour: str, at: tuple[float, float] = (8.5, 6.5), part: float = 0.6) -> list[Shape]:
    """A tick."""
    points = tuple(round(origin + value * part, 2) for point in TICK for origin, value in zip(at, point, strict=True))
    return [("line", colour, points)]


ICONS: dict[str, list[Shape]] = {
    "run_review": [*sheet(), ("fill", GREEN, (9, 8, 9, 15.5, 15.5, 11.75))],
    "check_data": [*sheet(), ("ring", BLUE, (10, 9.5, 3.5)), ("line", BLUE, (12.5, 12, 15, 14.5))],
    "credit_pack": [
        ("box", INK, (4.5, 1, 15, 11)), ("box", INK, (1.5, 4, 12, 15)),
        *[("fill", c, (x, y, x + 1.8, 13.5)) for c, x, y in ((GREEN, 3.2, 10.5), (AMBER, 5.9, 8.5), (BLUE, 8.6, 6.5))],
    ],
    "score_customers": [*person(), *[("fill", GREEN, (x, y, x + 1.6, 14.5)) for x, y in ((10.6, 10), (13, 6))]],
    "suggest_limits": [*person(), ("line", AMBER, (10.5, 4, 15.5, 4)), ("fill", GREEN, (11.5, 6, 14.5, 14.5))],
    "age_ledger": bars(GREEN, AMBER, RED),
    "flag_dunning": [("line", INK, (4, 1.5, 4, 14.5)), ("fill", RED, (5, 2, 14, 5.5, 5, 9))],
    "insert_formulas": [
        ("line", BLUE, (8, 2.5, 6, 2.5, 5, 4.5, 4, 13.5)), ("line", BLUE, (3, 7, 8, 7)),
        ("line", INK, (9, 8.5, 14, 14)), ("line", INK, (14, 8.5, 9, 14)),
    ],
    "spill_column": [
        ("fill", BLUE, (2, 1.5, 10, 4.5)), ("box", BLUE, (2, 5.5, 10, 14.5)),
        ("line", INK, (13, 4, 13, 14)), ("line", INK, (11, 12, 13, 14, 15, 12)),
    ],
    "replace_formulas": [
        ("box", BLUE, (1.5, 1.5, 8, 8)), ("fill", GREEN, (8.5, 8.5, 15, 15)),
        ("line", INK, (10.5, 3.5, 13, 3.5, 13, 6.5)),
    ],
    "open_policy_sheet": [
        ("box", INK, (1.5, 2, 14.5, 14)), ("fill", BLUE, (2, 2.5, 14, 5.5)),
        ("line", INK, (6, 6, 6, 13.5)), ("line", INK, (2, 10, 14, 10)),
    ],
    "validate_policy": [*sheet(), *mark(GREEN, (5.5, 5), 0.75)],
    "reload_policy": [("arc", BLUE, (8, 8, 5.5)), ("fill", BLUE, (10.5, 1, 15, 4.5, 10.5, 7))],
    "doctor": [("ring", RED, (8, 8, 6.5)), ("fill", RED, (6.8, 4, 9.2, 12)), ("fill", RED, (4, 6.8, 12, 9.2))],
    "about": [("ring", BLUE, (8, 8, 6.5)), ("fill", BLUE, (7.1, 7, 8.9, 12)), ("dot", BLUE, (8, 4.8, 1.1))],
}  # fmt: skip


def draw(shapes: list[Shape]) -> Image.Image:
    """A picture of the shapes on a transparent ground."""
    side = GRID * SCALE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for kind, colour, points in shapes:
        _draw(pen, kind, colour, [value * SCALE for value in points])
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def _draw(pen: ImageDraw.ImageDraw, kind: str, colour: str, points: list[float]) -> None:
    width = round(SCALE * 1.3)
    if kind == "box":
        pen.rectangle(points, fill=PAPER, outline=colour, width=width)
    elif kind == "fill":
        (pen.rectangle if len(points) == 4 else pen.polygon)(points, fill=colour)
    elif kind == "line":
        pen.line(points, fill=colour, width=width, joint="curve")
    elif kind == "arc":
        pen.arc(_around(points), 30, 300, fill=colour, width=round(width * 1.2))
    else:
        pen.ellipse(_around(points), fill=colour if kind == "dot" else PAPER, outline=colour, width=width)


def _around(points: list[float]) -> list[float]:
    across, down, radius = points
    return [across - radius, down - radius, across + radius, down + radius]


if __name__ == "__main__":
    for name, shapes in ICONS.items():
        draw(shapes).save(Path(__file__).with_name(f"{name}.png"), optimize=True)
