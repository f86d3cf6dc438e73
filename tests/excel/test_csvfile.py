"""Text tables: encoding, delimiter, quoted lines; every cell stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcredit.excel.reading.csvfile import Dialect, TextGrid, dialect_of
from xlcredit.kernel.errors import WorkbookError

LEDGER = "Customer,Name,Amount\n007,Müller,12.50\n008,Café,1\n"


def grid_of(folder: Path, text: str | bytes, name: str = "ledger.csv") -> TextGrid:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return TextGrid(path)


def rows_of(grid: TextGrid) -> list[list[object]]:
    return [list(row) for row in grid.rows()]


EXPECTED = [["Customer", "Name", "Amount"], ["007", "Müller", "12.50"], ["008", "Café", "1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_same_table_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert rows_of(grid_of(tmp_path, LEDGER.encode(encoding))) == EXPECTED


def test_chinese_in_gb18030_is_not_taken_for_western_text(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "客户编号,名称\n0001,宁波海润贸易有限公司\n".encode("gb18030"))
    assert rows_of(grid) == [["客户编号", "名称"], ["0001", "宁波海润贸易有限公司"]]
    assert grid.dialect == Dialect("gb18030", ",")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    assert rows_of(grid_of(tmp_path, LEDGER.replace(",", delimiter))) == EXPECTED


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "Kunde;Betrag;Rest\n1;1,50;2,25\n2;3,75;0,10\n")
    assert rows_of(grid)[1] == ["1", "1,50", "2,25"]


def test_title_lines_above_the_table_do_not_hide_its_delimiter(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "Open items, as of 31.10.2026\n\nKunde;Name;Betrag\n1;A;2\n3;B;4\n")
    assert rows_of(grid)[2:] == [["Kunde", "Name", "Betrag"], ["1", "A", "2"], ["3", "B", "4"]]


def test_a_sep_line_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    assert rows_of(grid_of(tmp_path, "sep=|\na|b,c\n1|2,5\n")) == [["a", "b,c"], ["1", "2,5"]]


def test_a_quoted_cell_may_hold_lines_delimiters_and_quotes(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, 'No,Address\n1,"12 Quay St\nLeeds, ""UK"""\n2,x\n')
    assert rows_of(grid) == [["No", "Address"], ["1", '12 Quay St\nLeeds, "UK"'], ["2", "x"]]


def test_extent_counts_blank_lines_and_the_longest_row(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "a,b\n\n1,2,3\n")
    assert (grid.n_rows, grid.n_columns) == (3, 3)


def test_rows_can_begin_further_down_and_be_read_twice(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, LEDGER)
    assert [list(row) for row in grid.rows(2)] == [["008", "Café", "1"]]
    assert list(grid.cells) == EXPECTED


def test_a_quotation_mark_that_never_closes_is_an_error_not_a_lost_ledger(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, 'No,Text\n1,a\n2,"open\n' + "3,b\n" * 300)
    with pytest.raises(WorkbookError, match="line 3 runs over 301 lines; a quotation mark is not closed"):
        rows_of(grid)


def test_a_byte_cp1252_does_not_know_costs_one_character_not_the_table(tmp_path: Path) -> None:
    assert rows_of(grid_of(tmp_path, b"a,b\nM\xfcller \x81,1\n"))[1] == ["Müller \ufffd", "1"]


def test_a_file_that_vanished_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"gone\.csv does not exist"):
        TextGrid(tmp_path / "gone.csv")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from(",;\t|"))
def test_what_is_quoted_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    quoted = ["".join((delimiter.join('"' + c.replace('"', '""') + '"' for c in row), "\n")) for row in rows]
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(f"sep={delimiter}\n" + "".join(quoted), encoding="utf-8-sig", newline="")
    assert rows_of(TextGrid(path)) == rows


def test_the_dialect_of_a_real_export_is_found(real_files: Path) -> None:
    path = real_files / "ibm_accounts_receivable.csv"
    assert dialect_of(path).delimiter == ","
    assert TextGrid(path).n_rows == 2467
