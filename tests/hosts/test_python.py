"""The contract in plain Python: the declarations called as they stand."""

from __future__ import annotations

import pytest

from tests.support import contract
from udfs import functions
from xlcredit.excel.names import FUNCTIONS

pytestmark = pytest.mark.usefixtures("home")


@contract.parametrized()
def test_the_function_gives_what_the_contract_says(case):
    contract.check(case, getattr(functions, case.function)(*case.arguments))


def test_every_function_has_a_case():
    assert {case.function for case in contract.cases()} == set(FUNCTIONS)


def test_every_case_has_a_name_of_its_own():
    names = [case.name for case in contract.cases()]
    assert len(set(names)) == len(names)
