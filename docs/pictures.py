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
from xlcredit.locales import LANGUAGES, Words  # noqa: E402

DAY, DEMO = "2026-10-31", "demo-ledger"
CALL_ROWS, CALL_COLUMNS = 23, 12
DASHBOARD_ROWS = 58
"""Rows of the dashboard that are shown: down to its second chart."""
POLICY_ROWS = 29
"""Rows of the Policy sheet that are shown: the day, the buckets and the beginning of dunning."""

Shares = tuple[float, float, float, float]
WHOLE: Shares = (0.0, 0.0, 1.0, 1.0)
TOP: Shares = (0.0, 0.0, 1.0, 0.552)
"""The dashboard down to its first chart."""
KEYS: Shares = (0.0, 0.0, 0.86, 1.0)
"""The Policy sheet without the end of its meanings."""


def take() -> None:
    """Takes what the demo's workbooks show on a screen: lists and dashboards in each language, and a Policy sheet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for lang in LANGUAGES:
            _take_pack(folder / lang, lang)
        _take_policy(folder / LANGUAGES[0])


def _take_pack(folder: Path, lang: str) -> None:
    """The list of calls and the dashboard of the demo."""
    words, screen = Words.of(lang), folder / "screen"
    suffix = "" if lang == LANGUAGES[0] else f"-{lang}"
    main(["demo", "--lang", lang, "--output", str(folder)])
    calls = on_screen(folder / f"{DEMO}.reviewed.xlsx", screen, CALL_ROWS, CALL_COLUMNS)[words("lists", "calls")]
    _crop(calls, f"reviewed{suffix}", WHOLE)
    main(["build", "pack", *_asked(folder), "--lang", lang, "--output", f"{folder}/pack.xlsx"])
    dashboard = on_screen(folder / "pack.xlsx", screen, DASHBOARD_ROWS)[words("pack_sheets", "dashboard")]
    _crop(dashboard, f"dashboard{suffix}", WHOLE)
    if not suffix:
        _crop(dashboard, "dashboard-top", TOP)


def _take_policy(folder: Path) -> None:
    main(["run", *_asked(folder), "--formulas", "--output", f"{folder}/formulas.xlsx"])
    policy = on_screen(_unfolded(folder / "formulas.xlsx"), folder / "screen", POLICY_ROWS)["Policy"]
    _crop(policy, "policy-sheet", KEYS)


def _asked(folder: Path) -> list[str]:
    return [f"{folder / DEMO}.xlsx", "--as-of", DAY, "--rates", f"{folder}/demo-rates.csv"]


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
