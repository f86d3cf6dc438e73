"""The demo exporter's smaller customers, drawn from parts of names and the habits of their portfolio."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import product
from random import Random
from typing import Any

from workbooks.trading import Customer

STEP = 14
"""From one customer number to the next, as an accounting system with check digits leaves them."""


def more_customers(count: int) -> Iterator[Customer]:
    """That many customers, each with a name of its own; always the same ones first.

    Raises:
        ValueError: there are not as many names.
    """
    recipe = tomllib.loads(files(__package__).joinpath("demo_more.toml").read_text(encoding="utf-8"))
    draw = Random(recipe["seed"])  # noqa: S311 - a recipe, no secret
    names = {country: _names(parts, draw) for country, parts in recipe["countries"].items()}
    room = sum(map(len, names.values()))
    if count > room:
        raise ValueError(f"the recipe has names for {room} more customers, not for {count}")
    for at in range(count):
        left = [country for country in names if names[country]]
        country = draw.choices(left, [recipe["countries"][each]["share"] for each in left])[0]
        number = f"{recipe['first_number'] + STEP * at:010d}"
        yield _customer(number, names[country].pop(), country, recipe, draw)


def _names(parts: Mapping[str, Any], draw: Random) -> list[str]:
    """Every name of a country's parts, in a drawn order."""
    made = [parts["joiner"].join(each) for each in product(parts["places"], parts["trades"], parts["forms"])]
    draw.shuffle(made)
    return made


def _customer(number: str, name: str, country: str, recipe: Mapping[str, Any], draw: Random) -> Customer:
    parts, habits = recipe["countries"][country], recipe["habits"]
    return Customer(
        number,
        name,
        country,
        parts["currency"],
        draw.choice(parts["terms"]),
        draw.choices(list(habits), list(habits.values()))[0],
        round(draw.uniform(0.3, 0.9), 1),
        round(parts["invoice"] * draw.lognormvariate(0, 0.5) / 100) * 100,
        draw.randrange(1, 12),
    )
