"""The formulas of "Use the worksheet functions" give what the page says they give, over the cells it shows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.support.contract import agree
from xlcredit.excel import configuration, functions

pytestmark = pytest.mark.usefixtures("home")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-functions.md"
ROW = re.compile(r"^\| (\d+) \|(.*)\|$")
FORMULA = re.compile(r"^\| ([A-Z])(\d+) \| `=(?:INDEX\()?([A-Z_]+)\((.*?)\)(?:, 1\))?` \| (.*) \|$")
RANGE = re.compile(r"([A-Z])(\d+)(?::([A-Z])(\d+)|(#))?$")


def read(text: str) -> object:
    """A cell as it was typed."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def held(cells: dict, argument: str) -> object:
    """What a range, a spilled one or a figure of a formula holds."""
    found = RANGE.match(argument)
    if not found:
        return [[read(argument)]]
    left, top, right, bottom, spilled = found.groups()
    rows = range(int(top), int(bottom or top) + 1)
    if spilled:
        rows = [row for column, row in cells if column == left and row >= int(top)]
    columns = [chr(letter) for letter in range(ord(left), ord(right or left) + 1)]
    return [[cells.get((column, row), "") for column in columns] for row in rows]


def test_each_formula_of_the_page_gives_what_is_shown_beside_it():
    page = PAGE.read_text(encoding="utf-8")
    cells, said, shown = {}, [], []
    for line in page.splitlines():
        if row := ROW.match(line):
            if row[1] == "1":
                cells = {}
            cells |= {(chr(65 + x), int(row[1])): read(cell.strip()) for x, cell in enumerate(row[2].split("|"))}
        elif formula := FORMULA.match(line):
            column, top, name, arguments, expected = formula.groups()
            given = [held(cells, each) for each in re.split(r", ", arguments) if each]
            answer = [row[0] for row in getattr(functions, name.lower())(*given)]
            cells |= {(column, int(top) + down): cell for down, cell in enumerate(answer)}
            said.append((f"{name}({arguments})", answer))
            shown.append([read(each.strip()) for each in f" {expected} ".split(" · ")])
    assert len(shown) == page.count("| `=") > 0
    for (what, answer), wanted in zip(said, shown, strict=True):
        assert len(answer) == len(wanted), what
        assert all(map(agree, answer, wanted)), f"{what} gives {answer}"


def test_the_configuration_that_is_shown_makes_a_policy_of_one_s_own_the_active_one(home) -> None:
    shown = re.search(r"^```toml config.toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (home / "config.toml").write_text(shown[1], encoding="utf-8")
    (home / "policies").mkdir()
    own = 'extends = "standard"\nname = "ours"\nversion = "2026-1"\n'
    (home / "policies" / "ours.toml").write_text(own, encoding="utf-8")
    configuration.reload()
    assert ["ours", "2026-1"] == functions.credit_policy()[0][:2]
