"""The customer card says of every customer what the review says, whichever was chosen before."""

from __future__ import annotations

from pathlib import Path

import ironcalc
import numpy as np
import pytest

from tests.excel.pack.test_recalculated import CARD, differing, formulas, held
from tests.support.dump import opened
from tests.support.office import convert_all
from xlcredit.cli import main
from xlcredit.control import Review
from xlcredit.excel.additions import Rewrite
from xlcredit.excel.files import FileWorkbook

CHOICE = (4, 2)
ROOM = 20
"""Items of a customer that the card has room for."""
NAMES = {"Name": "name", "Grade": "grade"}
FIGURES = {
    "Credit score": "score",
    "Average days late": "average_days_late",
    "Exposure (CNY)": "exposure",
    "Suggested limit (CNY)": "limit",
    "Headroom (CNY)": "headroom",
    "Utilization": "utilization",
}
"""What the card calls a figure → what the review calls it."""


def places(path: Path) -> dict[str, tuple[int, int]]:
    """What the card calls a figure → its row and column; "Document" → those of the first document."""
    sheet = opened(path)[CARD]
    facts = {sheet.cell(row, 1).value: (row, 2) for row in range(6, 12)}
    facts |= {sheet.cell(row, 4).value: (row, 6) for row in range(6, 14)}
    return facts | {"Document": next((cell.row + 1, 1) for cell in sheet["A"] if cell.value == "Document")}


def test_each_of_sixty_customers_has_the_card_of_the_review(demo, packs: dict[str, Path]) -> None:
    found, at = demo[0], places(packs["en"])
    model = ironcalc.load_from_xlsx(str(packs["en"]), "en", "UTC", "en")
    card = [each["name"] for each in model.get_worksheets_properties()].index(CARD)
    top, column = at["Document"]
    assert len(found.customers.customer) == 60
    for line, customer in enumerate(found.customers.customer.tolist()):
        model.set_user_input(card, *CHOICE, f"'{customer}")
        model.evaluate()
        said = {name: model.get_cell_value(card, *at[name]) for name in (*NAMES, *FIGURES)}
        assert said == facts(found, line), customer
        documents = [model.get_cell_value(card, top + down, column) for down in range(ROOM)]
        assert sorted(filter(None, documents)) == sorted(open_documents(found, line)), customer


def facts(found: Review, line: int) -> dict[str, object]:
    """What the review says of a customer, a figure that it does not know as an empty text."""
    figures = {name: float(getattr(found.customers, key)[line]) for name, key in FIGURES.items()}
    known = {name: pytest.approx(value) if np.isfinite(value) else "" for name, value in figures.items()}
    return {name: getattr(found.customers, key)[line] for name, key in NAMES.items()} | known


def open_documents(found: Review, line: int) -> list[str]:
    items = found.items
    return found.ledger.items.document[(items.owner == line) & (items.open_minor != 0)].tolist()


def test_customers_that_differ_in_case_alone_have_cards_of_their_own(tmp_path: Path) -> None:
    ledger, pack, chosen = tmp_path / "ledger.csv", tmp_path / "pack.xlsx", tmp_path / "chosen.xlsx"
    ledger.write_text(
        "Customer,Document Number,Due Date,Amount\n"
        "ACME Ltd,I-1,2026-07-01,100\nAcme Ltd,I-2,2026-07-05,23\nAcme Ltd,I-3,2026-10-05,50\nA*,I-4,2026-08-05,7\n",
        encoding="utf-8",
    )
    main(["build", "pack", str(ledger), "--as-of", "2026-10-31", "-o", str(pack)])
    FileWorkbook(pack, chosen).add(rewrites=[Rewrite(CARD, 1, np.array([3]), np.array(["Acme Ltd"], dtype=object))])
    again = convert_all([pack, chosen], "xlsx", tmp_path / "again")
    whole = list(formulas(pack))
    assert differing(held(pack, whole), held(again[pack], whole)) == []
    card, at = opened(again[chosen], values=True)[CARD], places(pack)
    row, column = at["Document"]
    assert card.cell(*at["Exposure (CNY)"]).value == 73
    assert [card.cell(row + down, column).value for down in range(3)] == ["I-2", "I-3", None]
