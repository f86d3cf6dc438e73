"""The demo ledger: a believable mid-size exporter, the same to the last byte whenever it is built.

build_demo(Path("demo.xlsx"))        the workbook: Open items, Customers, Overview, Notes
build_demo(…, records=True)          the same with payments, orders, events, statements … beside them
build_demo(…, customers=ALL)         with all three hundred customers, not the sixty largest alone
build_rates(Path("rates.csv"))       the exchange rates that go with it
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from random import Random

from workbooks.demo_book import write_book
from workbooks.demo_file import customer_files
from workbooks.demo_more import more_customers
from workbooks.demo_profile import profiles
from workbooks.demo_records import record_sheets
from workbooks.trading import Customer, Habit, Trade

AS_OF = date(2026, 10, 31)
"""The day the demo ledger was exported."""

LARGEST, ALL = 60, 300
"""Customers told in the recipe, and those with the smaller ones that are drawn."""


def build_demo(target: Path, *, records: bool = False, customers: int = LARGEST) -> Path:
    """Write the demo workbook, with records beside the ledger if they are wanted; its path.

    Raises:
        ValueError: more customers than the recipe has names for.
    """
    recipe = tomllib.loads(files(__package__).joinpath("demo.toml").read_text(encoding="utf-8"))
    habits = {name: Habit(**habit) for name, habit in recipe["habits"].items()}
    largest = Trade(
        recipe["first_day"], recipe["as_of"], [Customer(*row) for row in recipe["customers"]["rows"]], habits
    )
    draw = Random(recipe["seed"])  # noqa: S311 - a recipe, no secret
    trade, postings = largest, largest.postings(draw)
    if more := list(more_customers(customers - LARGEST)):
        # Drawn and numbered by themselves: what the records say of the largest holds with and without the others.
        others = replace(largest, customers=more).postings(Random(recipe["seed"] + 1), series=1)  # noqa: S311 - as above
        postings = sorted([*postings, *others], key=lambda posting: (posting.day, posting.document))
        trade = replace(largest, customers=[*largest.customers, *more])
    rates = _rates_on(recipe["as_of"])
    on_file = customer_files(trade, postings, rates, draw)
    who = profiles(recipe, on_file) if records else ()
    beside = record_sheets(recipe, postings, on_file, _quotes()) if records else ()
    write_book(target, recipe, postings, on_file, who, beside, rates)
    return target


def build_rates(target: Path) -> Path:
    """Write the exchange rates that go with the demo: ``currency,date,rate``, CNY for one USD or EUR; its path."""
    target.write_text(_rates(), encoding="utf-8")
    return target


def _rates() -> str:
    return files(__package__).joinpath("demo_rates.csv").read_text(encoding="utf-8")


def _quotes() -> list[tuple[str, float, date]]:
    """Currency, CNY for one unit, and the day, in the order of the file."""
    rows = csv.DictReader(_rates().splitlines())
    return [(row["currency"], float(row["rate"]), date.fromisoformat(row["date"])) for row in rows]


def _rates_on(day: date) -> dict[str, float]:
    """CNY for one unit of each currency, as last quoted on a day."""
    quoted = sorted((on, currency, rate) for currency, rate, on in _quotes())
    return {"CNY": 1.0} | {currency: rate for on, currency, rate in quoted if on <= day}
