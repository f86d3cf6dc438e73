"""Blacklisted: who stands on the Blacklist sheet as of the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlcredit.control.case import Case
from xlcredit.control.grading.likeness import most_alike
from xlcredit.control.once import once
from xlcredit.control.orders.openorders import Strangers
from xlcredit.ledger.tables import Money, Text
from xlcredit.rules import blacklist


@dataclass(frozen=True, slots=True)
class Listed:
    """By what each was found (a code of rules.blacklist, "" for not at all), how alike the names are, and the name."""

    kind: Text
    likeness: Money
    name: Text


def listed(case: Case, names: Text, registrations: Text) -> Listed:
    """Where companies of these names and registration numbers stand on the list."""
    sheet = case.ledger.recorded("blacklist")
    dated = sheet.day("date")
    there = np.isnat(dated) | (dated <= case.as_of)
    on_list, numbers = sheet.text("name")[there], sheet.text("registration")[there]
    near = case.policy.admission.near_name
    found = blacklist.match(names, registrations, on_list, numbers, most_alike, near)
    return Listed(found.kind, found.score, np.append(on_list, np.array([""], dtype=object))[found.listed])


def listed_strangers(case: Case, strangers: Strangers) -> Listed:
    """Where customers of orders stand on the list whom nobody knows but by the name or number in the Orders sheet."""
    names = np.where(strangers.name != "", strangers.name, strangers.customer)
    return listed(case, names, np.full(len(names), "", dtype=object))


@once
def listed_parties(case: Case) -> Listed:
    """Where the customers stand on the list."""
    own = case.parties.text(case.ledger.customers.texts.get("registration"))
    return listed(case, case.parties.name, own)
