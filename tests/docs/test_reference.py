"""The reference pages are what would be built; the hand-written one names every key of a real record."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.workbooks import plain
from udfs.catalogue import functions
from xlcredit import cli
from xlcredit.layouts.layout import ROLES, Layout
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import load
from xlcredit.policy.sheet import to_rows

ROOT = Path(__file__).parents[2]
GLOSSARY = tomllib.loads((ROOT / "docs" / "pages" / "terms.toml").read_text(encoding="utf-8"))["terms"]


def test_no_generated_page_is_stale() -> None:
    done = subprocess.run(
        [sys.executable, "docs/build.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "" == done.stderr
    assert 0 == done.returncode


def test_the_json_page_names_the_keys_of_a_record_and_no_others(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    cli.main(["run", str(plain(tmp_path / "ledger.xlsx")), "--as-of", "2026-10-31", "--json", "review.json"])
    record = json.loads(Path("review.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))) == sorted(set(keys_of(record)))


def keys_of(value: object, path: str = "") -> Iterator[str]:
    """Each path to a figure: lists as [], currency codes as CODE, bucket keys as KEY."""
    if path == "lists":
        yield "lists.LIST[].COLUMN"
    elif isinstance(value, dict):
        for key, held in value.items():
            name = "CODE" if re.fullmatch(r"[A-Z]{3}", key) else "KEY" if key in load().buckets.keys else key
            yield from keys_of(held, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for held in value:
            yield from keys_of(held, f"{path}[]")
    else:
        yield path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("term", [term for term in GLOSSARY if "used" in term], ids=lambda term: term["english"])
def test_the_locales_use_the_words_of_the_glossary(term, lang) -> None:
    wanted = term["english" if lang == "en" else "chinese"]
    for place in term["used"]:
        word = Words.of(lang)(*place.split("."))
        assert wanted.casefold() in word.casefold(), f"{place} says {word}"


def test_the_layout_that_is_shown_is_one(tmp_path) -> None:
    page = (ROOT / "docs" / "how-to" / "map-an-erp-export.md").read_text(encoding="utf-8")
    shown = Layout.of(
        "acme", tomllib.loads(re.search(r"^```toml acme.toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[1])
    )
    assert set(shown.columns) <= set(ROLES["ledger"])
    assert shown.needs <= len(shown.distinctive)


def test_the_range_that_is_shown_holds_a_policy_sheet() -> None:
    page = (ROOT / "docs" / "how-to" / "use-the-functions.md").read_text(encoding="utf-8")
    last_row = int(re.search(r"Policy!A1:F(\d+)", page)[1])
    assert len(to_rows(load(), Words.of("en"))) < last_row


def test_the_number_of_functions_is_the_one_told() -> None:
    for page, told in (("README.md", r"\[(\d+) functions\]"), ("docs/how-to/use-the-functions.md", r"All (\d+), ")):
        assert len(functions()) == int(re.search(told, (ROOT / page).read_text(encoding="utf-8"))[1]), page


def test_the_readme_is_two_screens_long() -> None:
    """At 130 characters a line, and with pictures of half a screen together."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 70
    assert sum("![" in line for line in lines) <= 2


@pytest.mark.parametrize(
    ("page", "lang", "named"),
    [
        ("tutorial.md", "en", r"\*\*(.+?)\*\*"),
        ("tutorial-zh.md", "zh", r"\*\*(.+?)\*\*"),
        ("how-to/keep-contracts-and-claims-in-order.md", "en", r"\*\*(.+?)\*\*"),
        ("how-to/build-the-pack.md", "en", r"^\| ([A-Z][\w, -]+?)(?: …)? \|"),
    ],
)
def test_the_sheets_that_a_page_names_are_called_so(page, lang, named) -> None:
    words = Words.of(lang).table
    sheets = {name for group in ("lists", "pack_sheets", "sheets") for name in words[group].values()}
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    told = {
        " ".join(name.split())
        for each in re.findall(named, text, re.MULTILINE | re.DOTALL)
        for name in each.split(", ")
    }
    assert told
    assert set() == told - sheets
