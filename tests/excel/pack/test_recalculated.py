"""Every formula of the pack, recalculated by programs that know nothing of us, says what Python says."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import ironcalc
import numpy as np
import pytest

from tests.support.dump import opened
from tests.support.office import convert, convert_all
from tests.support.packages import reworked
from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.additions import Rewrite
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_sheets
from xlcredit.excel.pack.book import build_pack
from xlcredit.excel.pack.marks import PREFIX
from xlcredit.excel.pack.typed import Carried

CARD = "Customer card"
DAY_ZERO = date(1899, 12, 30).toordinal()
Place = tuple[str, str]


def formulas(path: Path) -> Iterator[Place]:
    for sheet in opened(path):
        yield from (
            (sheet.title, cell.coordinate) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        )


def held(path: Path, places: list[Place]) -> dict[Place, object]:
    """Values as they stand in the file, dates as numbers, nothing as an empty text."""
    book = opened(path, values=True)
    return {(sheet, at): plain(book[sheet][at].value) for sheet, at in places}


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return float(value.toordinal() - DAY_ZERO)
    return "" if value is None else value


def differing(wanted: Mapping[Place, object], said: Mapping[Place, object]) -> list[str]:
    return [
        f"{place}: {wanted[place]!r}, not {said[place]!r}" for place in wanted if not same(wanted[place], said[place])
    ]


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)
    return one == other


def chosen(demo: tuple[Review, Lists]) -> list[str]:
    """A customer who owes most but one, the next, and one with nothing open."""
    found = demo[0].customers
    nothing = found.customer[(found.open_minor == 0).all(axis=1)]
    return [*found.customer[np.argsort(-np.nan_to_num(found.exposure))[1:3]].tolist(), str(nothing[0])]


@pytest.fixture(scope="module")
def cards(demo, packs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Customer → the pack with it chosen in the card's cell, and nothing recalculated."""
    folder = tmp_path_factory.mktemp("cards")
    for customer in chosen(demo):
        changed = FileWorkbook(packs["en"], folder / f"{customer}.xlsx")
        changed.add(rewrites=[Rewrite(CARD, 1, np.array([3]), np.array([customer], dtype=object))])
    return {customer: folder / f"{customer}.xlsx" for customer in chosen(demo)}


@pytest.fixture(scope="module")
def again(packs, cards, inside: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Each workbook → what LibreOffice recalculates, all in one start."""
    sources = [*packs.values(), inside, *cards.values()]
    return convert_all(sources, "xlsx", tmp_path_factory.mktemp("again"))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_libreoffice_gives_every_cached_value(packs: dict[str, Path], again: dict[Path, Path], lang: str) -> None:
    places = list(formulas(packs[lang]))
    assert len(places) > 700
    assert differing(held(packs[lang], places), held(again[packs[lang]], places)) == []


def test_libreoffice_gives_every_cached_value_of_a_pack_inside_a_ledger(inside: Path, again: dict[Path, Path]) -> None:
    places = of_the_pack(inside)
    assert len(places) > 700
    assert differing(held(inside, places), held(again[inside], places)) == []


def of_the_pack(path: Path) -> list[Place]:
    """The formulas of the pack's sheets in a workbook that is not ours."""
    ours = {name for mark, name in own_sheets(path).items() if mark.startswith(PREFIX)}
    return [place for place in formulas(path) if place[0] in ours]


def by_ironcalc(path: Path, places: list[Place]) -> dict[Place, object]:
    """Values as ironcalc calculates them."""
    model, book = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en"), opened(path)
    model.evaluate()
    names = [each["name"] for each in model.get_worksheets_properties()]
    cells = {(sheet, at): book[sheet][at] for sheet, at in places}
    said = {place: model.get_cell_value(names.index(place[0]), cell.row, cell.column) for place, cell in cells.items()}
    return {place: "" if value is None else value for place, value in said.items()}


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_an_independent_engine_gives_every_cached_value(packs: dict[str, Path], lang: str) -> None:
    places = list(formulas(packs[lang]))
    assert differing(held(packs[lang], places), by_ironcalc(packs[lang], places)) == []


def test_an_independent_engine_gives_every_cached_value_of_a_pack_inside_a_ledger(inside: Path) -> None:
    places = of_the_pack(inside)
    assert differing(held(inside, places), by_ironcalc(inside, places)) == []


@pytest.mark.parametrize("place", range(3))
def test_the_card_follows_the_customer_chosen_in_it(demo, cards, again, tmp_path: Path, place: int) -> None:
    customer, source = list(cards.items())[place]
    build_pack(*demo, tmp_path / "wanted.xlsx", "en", carried=Carried(customer=customer))
    places = [place for place in formulas(source) if place[0] == CARD]
    said = held(again[source], places)
    assert differing(held(tmp_path / "wanted.xlsx", places), said) == []
    found, line = demo[0].customers, demo[0].customers.customer.tolist().index(customer)
    facts = {at: said[CARD, at] for at in ("B6", "B7", "B8", "F6", "F9")}
    assert facts == {
        "B6": found.name[line],
        "B7": found.grade[line],
        "B8": pytest.approx(found.score[line]),
        "F6": pytest.approx(found.exposure[line]),
        "F9": pytest.approx(found.limit[line]),
    }


@pytest.mark.slow
@pytest.mark.parametrize("paper", [9, 1], ids=["A4", "Letter"])
def test_the_dashboard_prints_on_one_page(packs: dict[str, Path], tmp_path: Path, paper: int) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(packs["both"].read_bytes())
    with reworked(path) as parts:
        for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
            parts[name] = parts[name].replace(b'paperSize="9"', b'paperSize="%d"' % paper)
    text = subprocess.run(["pdftotext", convert(path, "pdf"), "-"], capture_output=True, text=True, check=True).stdout
    first, second, *_ = text.split("\f")
    assert "Dashboard 总览" in first
    assert "Sheets and their lines" in first
    assert second.startswith("Call list 催收清单")
