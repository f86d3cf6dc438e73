"""The whole demo: three hundred customers, the sixty told in the recipe unchanged among them."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

from workbooks import ALL, build_demo
from workbooks.demo_more import more_customers


def sheet(path, name: str) -> list[list]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_the_whole_demo_has_three_hundred_customers_in_three_currencies(tmp_path):
    whole = build_demo(tmp_path / "whole.xlsx", records=True, customers=ALL)
    items = sheet(whole, "Open items")[5:-1]
    assert 300 == len({row[0] for row in items}) == len(sheet(whole, "Customers")) - 1
    assert {"CNY", "EUR", "USD"} == {row[7] for row in items}
    assert {"Invoice", "Credit note", "Payment"} == {row[3] for row in items}
    assert 5_074 == len(items)


def test_the_postings_of_the_largest_customers_are_the_same_with_and_without_the_others(tmp_path):
    def of_largest(count: int) -> list[str]:
        rows = sheet(build_demo(tmp_path / f"{count}.xlsx", customers=count), "Open items")[5:-1]
        return sorted(row for row in map(str, rows) if "'00004" not in row)

    assert of_largest(60) == of_largest(80)


def test_no_name_and_no_number_is_given_twice_and_more_of_them_begin_with_the_same():
    drawn = list(more_customers(240))
    assert 240 == len({one.name for one in drawn}) == len({one.number for one in drawn})
    assert drawn[:30] == list(more_customers(30))


def test_more_customers_than_there_are_names_are_refused():
    with pytest.raises(ValueError, match="has names for 728 more customers, not for 9000"):
        list(more_customers(9_000))


def test_a_chinese_customer_s_address_is_in_the_city_its_name_begins_with(tmp_path):
    head, *rows = sheet(build_demo(tmp_path / "demo.xlsx", customers=ALL, records=True), "Customers")
    name, country, address = (head.index(title) for title in ("Customer Name", "Country", "Address"))
    chinese = [(row[name][:2], row[address]) for row in rows if row[country] == "CN"]
    assert len(chinese) > 60
    assert [told for city, told in chinese if not told.startswith(f"{city}市")] == []
