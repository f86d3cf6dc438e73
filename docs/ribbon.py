"""The ribbon's layout as pictures, one a language, drawn from ribbon.xml, its icons and the locales."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from xlcredit.locales import LANGUAGES, Words  # noqa: E402 (the checkout is put on the path first)

SCALE = 2
"""Pixels for each of Excel's, so that the picture is sharp."""

TAB, BODY, NAME, GAP, ICON, SMALL, ROW = (SCALE * size for size in (26, 88, 20, 10, 32, 16, 26))
INK, PALE, GREY, GREEN = "#262626", "#f5f5f5", "#d0d0d0", "#1e7145"
TOLD = "Description"
"""The field of the .png that says what it shows."""
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"


def draw(lang: str) -> Image.Image:
    """The tab with its groups and buttons as Excel lays them out: large ones side by side, small ones in threes."""
    words, tab = Words.of(lang).table["ribbon"], _tab()
    picture = Image.new("RGB", (SCALE * 1400, TAB + BODY + NAME), PALE)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(_font(), SCALE * 12)
    title = words[tab.get("id")]["label"]
    pen.text((GAP, GAP // 2), title, INK, font)
    pen.line((GAP, TAB - SCALE, GAP + font.getlength(title), TAB - SCALE), GREEN, 2 * SCALE)
    left = GAP
    for group in tab:
        right = _group(picture, group, words, left, font)
        pen.text(((left + right) / 2, TAB + BODY), words[group.get("id")]["label"], INK, font, anchor="ma")
        pen.line((right, TAB + GAP, right, TAB + BODY + NAME - GAP), GREY, SCALE)
        left = right + GAP
    return picture.crop((0, 0, int(left), picture.height))


def told(lang: str) -> str:
    """What is on the tab in words, group by group; the picture carries it, so that a test sees when it is old."""
    words = Words.of(lang).table["ribbon"]
    groups = [[words[each.get("tag") or each.get("id")]["label"] for each in (group, *group)] for group in _tab()]
    return "; ".join(f"{name}: {', '.join(buttons)}" for name, *buttons in groups)


def _tab() -> ET.Element:
    tab = ET.fromstring(files("udfs.addin").joinpath("ribbon.xml").read_bytes()).find(f".//{NAMESPACE}tab")
    assert tab is not None
    return tab


def _group(picture: Image.Image, group: ET.Element, words: dict, left: float, font: ImageFont.FreeTypeFont) -> float:
    """Draws a group's buttons from the left and says where it ends."""
    pen, widest, small = ImageDraw.Draw(picture), 0.0, 0
    for button in group:
        label, icon = words[button.get("tag")]["label"], _icon(button.get("image"))
        width = font.getlength(label)
        if button.get("size") == "large":
            middle = left + width / 2 + GAP
            picture.paste(icon, (int(middle - ICON / 2), TAB + GAP), icon)
            pen.text((middle, TAB + GAP + ICON + GAP), label, INK, font, anchor="ma")
            left += width + 2 * GAP
        else:
            icon, top = icon.resize((SMALL, SMALL)), TAB + GAP // 2 + small * ROW
            picture.paste(icon, (int(left), top), icon)
            pen.text((left + SMALL + GAP / 2, top), label, INK, font)
            widest, small = max(widest, SMALL + GAP + width), small + 1
    return left + widest + GAP


def _icon(name: str | None) -> Image.Image:
    with files("udfs.addin").joinpath("icons", f"{name}.png").open("rb") as file:
        return Image.open(file).convert("RGBA").resize((ICON, ICON), Image.Resampling.LANCZOS)


def _font() -> str:
    found = subprocess.run(["fc-match", "--format=%{file}", "Noto Sans CJK SC"], capture_output=True, check=True)
    return found.stdout.decode()


def take() -> None:
    """Writes a picture for each language."""
    for lang in LANGUAGES:
        about = PngInfo()
        about.add_itxt(TOLD, told(lang))
        picture = draw(lang).quantize(256, dither=Image.Dither.NONE)
        picture.save(HERE / "pictures" / f"ribbon-{lang}.png", optimize=True, pnginfo=about)


if __name__ == "__main__":
    take()
