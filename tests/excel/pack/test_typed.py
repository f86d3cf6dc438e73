"""What was typed into a pack is in the next one, beside what it was typed for; what has no place there is said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.dump import opened
from tests.support.features_layout import dates_of_1904
from tests.support.integrity import faults
from tests.support.ledgers import ROWS, SHEET, plain
from tests.support.tables import ledger
from xlcredit.cli import main
from xlcredit.control import review
from xlcredit.control.lists import lists_of
from xlcredit.excel.additions import Rewrite
from xlcredit.excel.files import FileWorkbook
from xlcredit.excel.marks import own_sheets
from xlcredit.excel.pack.marks import PREFIX
from xlcredit.excel.pack.typed import Typed, TypedCell, carry
from xlcredit.policy import load

AS_OF = "2026-10-31"
Filled = dict[str, object]


def run(source: Path, target: Path, *more: str, as_of: str = AS_OF) -> Path:
    main(["run", str(source), "--as-of", as_of, "-o", str(target), "--fail-on", "never", *more])
    return target


def named(path: Path, key: str) -> str:
    return own_sheets(path).get(f"{PREFIX}{key}", {"limits": "Limits", "calls": "To call"}.get(key, key))


def table(path: Path, key: str) -> list[Filled]:
    """The rows of a table: heading, without the currency behind it → value."""
    rows = opened(path, values=True)[named(path, key)].iter_rows(min_row=4, values_only=True)
    heads = [str(head).partition(" (")[0] for head in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def about(path: Path, key: str, customer: str) -> Filled:
    """The first row of a customer."""
    return next(row for row in table(path, key) if "0001" in str(row["Customer"]) and row["Customer"] == customer)


def fill(source: Path, target: Path, key: str, customer: str, **typed: object) -> Path:
    """Types into cells of a customer's first row, as a user would, and saves under another name."""
    heads = list(table(source, key)[0])
    row = next(at for at, each in enumerate(table(source, key), 4) if each["Customer"] == customer)
    rewrites = [
        Rewrite(
            named(source, key), heads.index(head.replace("_", " ")), np.array([row]), np.array([value], dtype=object)
        )
        for head, value in typed.items()
    ]
    FileWorkbook(source, target).add(rewrites=rewrites)
    return target


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a pack in which somebody decided, called and chose a customer."""
    folder = tmp_path_factory.mktemp("decided")
    made = run(plain(folder / "ledger.xlsx"), folder / "made.xlsx", "--pack")
    limit = {"Decision": "Approve", "Approved_limit": 5000.0, "Decided_by": "Sales", "Decided_on": date(2026, 11, 2)}
    made = fill(made, folder / "limit.xlsx", "limits", "0001002", **limit)
    made = fill(
        made, folder / "call.xlsx", "calls", "0001006", Contacted_on="left a message", Remark="=1+1 is what he said"
    )
    made = fill(made, folder / "signal.xlsx", "signals", "0001002", Remark=42.0)
    card = Rewrite(named(made, "card"), 1, np.array([3]), np.array(["0001004"], dtype=object))
    FileWorkbook(made, folder / "decided.xlsx").add(rewrites=[card])
    return folder / "decided.xlsx"


@pytest.mark.parametrize("as_of", [AS_OF, "2026-12-31"])
def test_what_was_typed_stands_beside_the_same_customer_after_the_next_run(
    decided: Path, tmp_path: Path, as_of: str
) -> None:
    after = run(decided, tmp_path / "after.xlsx", as_of=as_of)
    row = about(after, "limits", "0001002")
    assert (row["Decision"], row["Approved limit"], row["Decided by"]) == ("Approve", 5000.0, "Sales")
    assert row["Decided on"] == datetime(2026, 11, 2)  # noqa: DTZ001 - a cell's day has no zone
    call = about(after, "calls", "0001006")
    assert (call["Contacted on"], call["Remark"]) == ("left a message", "=1+1 is what he said")
    assert about(after, "signals", "0001002")["Remark"] == 42.0
    assert opened(after)[named(after, "card")]["B4"].value == "0001004"
    others = [row["Decision"] for row in table(after, "limits") if row["Customer"] != "0001002"]
    assert others == [None] * (len({row[0] for row in ROWS}) - 1)
    assert faults(after) == []


def test_what_looks_like_a_formula_stays_text(decided: Path, tmp_path: Path) -> None:
    after = run(decided, tmp_path / "after.xlsx")
    cells = [cell for row in opened(after)[named(after, "calls")].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1 is what he said"] == ["s"]


def test_it_is_found_again_in_another_language(decided: Path, tmp_path: Path) -> None:
    chinese = run(decided, tmp_path / "zh.xlsx", "--lang", "zh")
    assert named(chinese, "limits") == "Limits", "a sheet that is there keeps its name"
    assert "42" in {str(cell.value) for row in opened(chinese)[named(chinese, "signals")].iter_rows() for cell in row}
    back = run(chinese, tmp_path / "en.xlsx")
    assert about(back, "limits", "0001002")["Decision"] == "Approve"
    assert about(back, "signals", "0001002")["Remark"] == 42.0


def test_what_was_typed_for_a_customer_that_is_gone_is_said(
    decided: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = np.flatnonzero([row[0] == "0001002" for row in ROWS]) + 3
    gone = FileWorkbook(decided, tmp_path / "gone.xlsx")
    gone.add(rewrites=[Rewrite(SHEET, 0, rows, np.array(["0009999"] * len(rows), dtype=object))])
    after = run(tmp_path / "gone.xlsx", tmp_path / "after.xlsx")
    said = capsys.readouterr().out
    assert "Warning [typed-row-gone]" in said
    assert "“Approve” was filled in under Decision for 0001002" in said
    told = [row["Finding"] for row in table(after, "findings") if row["Code"] == "typed-row-gone"]
    assert len(told) == 5, "four cells of the limit and one of the signal"
    assert about(after, "calls", "0001006")["Contacted on"] == "left a message"
    run(after, tmp_path / "next.xlsx")
    assert "typed-row-gone" not in capsys.readouterr().out


def test_days_come_back_where_they_are_counted_from_1904(tmp_path: Path) -> None:
    made = run(dates_of_1904(tmp_path / "ledger.xlsx"), tmp_path / "made.xlsx", "--pack")
    typed = fill(made, tmp_path / "typed.xlsx", "limits", "0001002", Decided_on=date(2026, 11, 2))
    after = run(typed, tmp_path / "after.xlsx")
    assert about(after, "limits", "0001002")["Decided on"] == datetime(2026, 11, 2)  # noqa: DTZ001


def test_a_sheet_that_is_called_limits_and_is_not_ours_is_not_read(tmp_path: Path, capsys) -> None:
    from tests.support.ledgers import ledger_book

    with ledger_book(tmp_path / "ledger.xlsx", ROWS) as (book, _):
        sheet = book.add_worksheet("Limits")
        sheet.write_row(3, 0, ["Customer", "Decision"])
        sheet.write_row(4, 0, ["0001002", "Refuse"])
        sheet.write_row(5, 0, ["0009999", "Refuse"])
    after = run(tmp_path / "ledger.xlsx", tmp_path / "after.xlsx", "--pack")
    assert named(after, "limits") == "Limits (2)"
    assert about(after, "limits", "0001002")["Decision"] is None
    assert "typed-row-gone" not in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_a_pack_of_its_own_is_replaced_and_keeps_what_was_typed(tmp_path: Path, lang: str) -> None:
    source, pack = plain(tmp_path / "ledger.xlsx"), tmp_path / "pack.xlsx"
    build = ["build", "pack", str(source), "--as-of", AS_OF, "-o", str(pack)]
    assert main(build) == 0
    typed = fill(pack, tmp_path / "typed.xlsx", "limits", "0001002", Decision="Defer", Approved_limit="as it is")
    pack.write_bytes(typed.read_bytes())
    assert main([*build, "--force", "--lang", lang]) == 0
    book = opened(pack)
    limits = next(sheet for sheet in book if sheet.title.startswith(("Limits", "信用额度")))
    said = [cell.value for row in limits.iter_rows() for cell in row]
    assert {"Defer", "as it is"} <= set(said)
    assert main([*build, "--force"]) == 0
    assert about(pack, "limits", "0001002")["Decision"] == "Defer"


ITEMS = """
    customer | name  | document | document_date | due_date   | amount  | currency
    A        | Ann   | INV-1    | 2026-06-01    | 2026-07-01 | 1000.10 | CNY
    B        | Bob   | INV-2    | 2026-10-01    | 2026-12-01 |  500.20 | CNY
"""
FOUND = review(ledger(ITEMS), load(), date(2026, 10, 31))
LISTS = lists_of(FOUND)
TYPED = st.builds(
    TypedCell, st.sampled_from(["verdict", "approved_limit"]), st.just("Decision"), st.text(), st.just("A1")
)
ROWS_TYPED = st.lists(st.tuples(st.tuples(st.sampled_from("ABC")), st.lists(TYPED, max_size=1).map(tuple)))


@given(ROWS_TYPED)
def test_whatever_was_typed_is_in_the_next_pack_or_is_said(rows) -> None:
    carried = carry(Typed({"limits": rows}), FOUND, LISTS)
    placed = sum(len(cells) for cells in carried.cells.get("limits", {}).values())
    assert placed + len(carried.gone) == sum(len(cells) for _, cells in rows)


@pytest.mark.parametrize("chosen", ["B", "gone", None])
def test_the_card_opens_at_the_customer_chosen_while_there_is_one(chosen: str | None) -> None:
    assert carry(Typed(customer=chosen), FOUND, LISTS).customer == ("B" if chosen == "B" else None)
