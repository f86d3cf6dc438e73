"""The pictures of the documentation, taken from workbooks built on the spot: ``python docs/pictures.py``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.support.office import convert  # noqa: E402 (the checkout is put on the path first)
from tests.support.screen import on_screen  # noqa: E402
from xlcredit.cli import main  # noqa: E402

POLICY = "A1:F29"
"""The cells of the Policy sheet that are shown: the day, the buckets and the dunning procedures."""
POLICY_BOX = (0.055, 0.085, 0.945, 0.485)
FIRST_LINES = (0.0, 0.0, 0.574, 0.4)
WHOLE = (0.0, 0.0, 1.0, 1.0)
DOTS_PER_INCH = 150


def take() -> None:
    """Takes the demo's list of calls and its pack's dashboard as on a screen, and the Policy sheet as printed."""
    with tempfile.TemporaryDirectory() as folder:
        main(["demo", "--output", folder])
        reviewed = on_screen(Path(folder) / "demo-ledger.reviewed.xlsx", Path(folder) / "screen")
        _crop(reviewed["Call list"], HERE / "pictures" / "reviewed.png", FIRST_LINES)
        asked = [f"{folder}/demo-ledger.xlsx", "--as-of", "2026-10-31", "--rates", f"{folder}/demo-rates.csv"]
        pack = Path(folder) / "pack.xlsx"
        main(["build", "pack", *asked, "--output", str(pack)])
        _crop(on_screen(pack, Path(folder) / "screen")["Dashboard"], HERE / "pictures" / "dashboard.png", WHOLE)
        target = Path(folder) / "formulas.xlsx"
        main(["run", *asked, "--formulas", "--output", str(target)])
        _crop(_page(convert(_policy_alone(target), "pdf"), 1), HERE / "pictures" / "policy-sheet.png", POLICY_BOX)


def _policy_alone(workbook: Path) -> Path:
    """The Policy sheet in a workbook of its own that prints on one page."""
    book = openpyxl.load_workbook(workbook)
    for sheet in book.worksheets:
        if sheet.title != "Policy":
            book.remove(sheet)
    sheet = book["Policy"]
    for row in sheet.row_dimensions.values():  # unfolded
        row.hidden = False
    sheet.print_area = POLICY
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(target := workbook.with_name("policy.xlsx"))
    return target


def _page(printed: Path, page: int) -> Path:
    where = ["-f", str(page), "-l", str(page), "-singlefile"]
    target = printed.with_name(f"page-{page}")
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), *where, str(printed), str(target)], check=True)
    return target.with_suffix(".png")


def _crop(page: Path, target: Path, shares: tuple[float, float, float, float]) -> None:
    """The part of a page between these shares of its width and height: left, top, right, bottom."""
    target.parent.mkdir(exist_ok=True)
    with Image.open(page) as picture:
        sides = (*picture.size, *picture.size)
        box = tuple(int(share * side) for share, side in zip(shares, sides, strict=True))
        picture.crop(box).quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    take()
