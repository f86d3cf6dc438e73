"""The pictures of the documentation, taken from workbooks built on the spot: ``python docs/pictures.py``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.support.screen import on_screen  # noqa: E402 (the checkout is put on the path first)
from xlcredit.cli import main  # noqa: E402

DAY, DEMO = "2026-10-31", "demo-ledger"
DASHBOARD_ROWS = 58
"""Rows of the dashboard that are shown: down to its second chart."""
POLICY_ROWS = 29
"""Rows of the Policy sheet that are shown: the day, the buckets and the first dunning procedures."""

Shares = tuple[float, float, float, float]
WHOLE: Shares = (0.0, 0.0, 1.0, 1.0)
TOP: Shares = (0.0, 0.0, 1.0, 0.552)
"""The dashboard down to its first chart."""
FIRST_LINES: Shares = (0.0, 0.0, 0.574, 0.4)
KEYS: Shares = (0.0, 0.0, 0.86, 1.0)
"""The Policy sheet without the end of its meanings."""


def take() -> None:
    """Takes the demo's list of calls, its pack's dashboard and its Policy sheet, as on a screen."""
    with tempfile.TemporaryDirectory() as name:
        folder, screen = Path(name), Path(name) / "screen"
        main(["demo", "--output", name])
        _crop(on_screen(folder / f"{DEMO}.reviewed.xlsx", screen)["Call list"], "reviewed", FIRST_LINES)
        asked = [f"{folder / DEMO}.xlsx", "--as-of", DAY, "--rates", f"{folder}/demo-rates.csv"]
        main(["build", "pack", *asked, "--output", f"{folder}/pack.xlsx"])
        dashboard = on_screen(folder / "pack.xlsx", screen, DASHBOARD_ROWS)["Dashboard"]
        _crop(dashboard, "dashboard", WHOLE)
        _crop(dashboard, "dashboard-top", TOP)
        main(["run", *asked, "--formulas", "--output", f"{folder}/formulas.xlsx"])
        _crop(on_screen(_unfolded(folder / "formulas.xlsx"), screen, POLICY_ROWS)["Policy"], "policy-sheet", KEYS)


def _unfolded(workbook: Path) -> Path:
    """The Policy sheet in a workbook of its own, its sections open."""
    book = openpyxl.load_workbook(workbook)
    for sheet in book.worksheets:
        if sheet.title != "Policy":
            book.remove(sheet)
    for row in book["Policy"].row_dimensions.values():
        row.hidden = row.collapsed = False
        row.outlineLevel = 0
    book.save(target := workbook.with_name("policy.xlsx"))
    return target


def _crop(page: Path, name: str, shares: Shares) -> None:
    """The part of a page between these shares of its width and height: left, top, right, bottom."""
    (HERE / "pictures").mkdir(exist_ok=True)
    with Image.open(page) as picture:
        sides = (*picture.size, *picture.size)
        box = tuple(int(share * side) for share, side in zip(shares, sides, strict=True))
        shown = picture.crop(box).quantize(256, dither=Image.Dither.NONE)
    shown.save(HERE / "pictures" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take()
