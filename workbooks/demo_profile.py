"""Who the demo's customers are: group, industry, registration number, address, last review, and limits that end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from workbooks.demo_file import CustomerFile
from workbooks.trading import Customer

PROFILE_COLUMNS = (
    ("Group", 18),
    ("Industry", 18),
    ("Registration No", 20),
    ("Last Review", 12),
    ("Limit Requested", 12),
    ("Approved By", 18),
    ("Limit Valid From", 12),
    ("Limit Valid To", 12),
    ("Temporary Limit", 12),
    ("Temporary Until", 12),
    ("Order Block", 9),
    ("Core Customer", 9),
    ("Retention of Title", 11),
    ("Risk Class", 12),
    ("Address", 42),
    ("E-mail", 36),
)
END_OF_LIMITS = date(2027, 3, 31)


@dataclass(frozen=True, slots=True)
class Profile:
    """The columns that PROFILE_COLUMNS heads; None is a blank cell."""

    group: str
    industry: str
    registration: str
    last_review: date | None
    requested: int | None
    approved_by: str
    limit_valid_from: date | None
    limit_valid_to: date | None
    temporary_limit: int | None
    temporary_until: date | None
    order_block: str
    core: str
    retention_of_title: str
    risk_class: str
    address: str
    email: str


def profiles(recipe: Mapping[str, Any], on_file: Sequence[CustomerFile]) -> list[Profile]:
    """The profile of each customer on file, in its order."""
    beside, as_of = recipe["beside"], recipe["as_of"]
    draw = Random(beside["seed"] + 1)  # noqa: S311 - a recipe, no secret
    groups, industries = _by_number(beside["groups"]), _by_number(beside["industries"])
    expired = dict(beside["limits"]["expired"])
    raised = {number: (limit, until) for number, limit, until in beside["limits"]["temporary"]}
    requested = dict(beside["limits"]["requested"])
    unusual = dict(beside["limits"]["approved_by"])

    def marked(mark: str, number: str) -> str:
        return "x" if number in beside["marks"][mark] else ""

    found = []
    for one in on_file:
        number = one.customer.number
        ago = timedelta(days=draw.randrange(5, 130))
        end = expired.get(number, END_OF_LIMITS) if one.credit_limit else None
        found.append(
            Profile(
                groups.get(number, ""),
                industries.get(number, "Machinery"),
                _registration(one.customer.country, draw),
                as_of - ago if one.years else None,
                requested.get(number),
                unusual.get(number, _approver(one.credit_limit)),
                _year_before(end) if end else None,
                end,
                *raised.get(number, (None, None)),
                marked("order_block", number),
                marked("core", number),
                marked("title", number),
                beside["risk_classes"].get(one.customer.country, ""),
                _address(beside["addresses"], one.customer),
                f"payables@{number}.example",
            )
        )
    return found


def _address(of_country: Mapping[str, str], customer: Customer) -> str:
    """Somewhere in its country; a Chinese firm's name begins with its city, of two characters."""
    return of_country[customer.country].format(n=int(customer.number[-3:]) % 90 + 1, city=customer.name[:2])


def _approver(limit: int | None) -> str:
    """Who approved a limit in force, as the exporter's rules were when it was given."""
    if not limit:
        return ""
    return "Finance director" if limit >= 500_000 else "Credit manager"


def _year_before(end: date) -> date:
    """First day of an approval of a year."""
    return end.replace(year=end.year - 1) + timedelta(days=1)


def _by_number(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {number: word for word, numbers in told.items() for number in numbers}


def _registration(country: str, draw: Random) -> str:
    """A number of the length that the country's register gives; none of them is anybody's."""
    digits = f"{draw.randrange(10**8):08d}"
    return f"9100{digits}MA0000" if country == "CN" else f"{country}00{digits}"
