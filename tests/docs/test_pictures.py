"""The drawn pictures show what is there today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from PIL import Image

from xlcredit.locales import LANGUAGES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_ribbon_shows_the_buttons_of_today(lang) -> None:
    spec = importlib.util.spec_from_file_location("docs_ribbon", DOCS / "ribbon.py")
    ribbon = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ribbon)
    with Image.open(DOCS / "pictures" / f"ribbon-{lang}.png") as picture:
        assert ribbon.told(lang) == picture.text[ribbon.TOLD], "run: make docs"
