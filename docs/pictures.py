"""The pictures of the documentation, taken from workbooks built on the spot: ``python docs/pictures.py``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.support.office import convert  # noqa: E402 (the checkout is put on the path first)
from xlcredit.cli import main  # noqa: E402

LEDGER_PAGE, CUSTOMERS_PAGE = 12, 14
DOTS_PER_INCH = 150


def take() -> None:
    """Builds the demo ledger, reviews it, and crops two printed pages."""
    with tempfile.TemporaryDirectory() as folder:
        main(["demo", "--output", folder])
        printed = convert(Path(folder) / "demo-ledger.reviewed.xlsx", "pdf")
        for name, page in (("reviewed", LEDGER_PAGE), ("customers", CUSTOMERS_PAGE)):
            _crop(_page(printed, page), HERE / "pictures" / f"{name}.png")


def _page(printed: Path, page: int) -> Path:
    where = ["-f", str(page), "-l", str(page), "-singlefile"]
    target = printed.with_name(f"page-{page}")
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), *where, str(printed), str(target)], check=True)
    return target.with_suffix(".png")


def _crop(page: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with Image.open(page) as picture:
        width, height = picture.size
        box = (int(width * 0.05), int(height * 0.085), int(width * 0.96), int(height * 0.40))
        picture.crop(box).quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    take()
