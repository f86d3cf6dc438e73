"""How high rows are in which texts break into lines."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.heights import heights

WIDTH = 20.0


def high(*texts: str) -> list[float | None]:
    return heights([(np.array(texts, dtype=object), WIDTH)], len(texts))


def test_a_text_of_one_line_leaves_the_row_as_it_is():
    assert high("", "twenty-two letters ok.", "十一个汉字占满这一行啊") == [None, None, None]


def test_a_line_of_chinese_is_higher_than_one_of_letters():
    assert high("x" * 40, "汉" * 20, "x" * 60, "汉" * 30) == [30, 33, 45, 49.5]


def test_the_highest_text_of_a_row_counts():
    columns = [(np.array(["x" * 60]), WIDTH), (np.array(["汉" * 20]), WIDTH)]
    assert heights(columns, 1) == [45]


def test_no_row_is_higher_than_excel_draws():
    assert high("汉" * 5000) == [405]
