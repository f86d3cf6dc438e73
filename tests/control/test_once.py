"""What several lists ask is worked out once for each review, and anew for a changed copy of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.insured import reviewed
from xlcredit.control.insurance.insured import grants
from xlcredit.control.lists import LISTS, lists_of


def test_a_changed_copy_of_a_case_is_asked_anew():
    case = reviewed().case
    assert grants(case) is grants(case)
    later = replace(case, as_of=case.as_of + 1)
    assert grants(later) is not grants(case)
    assert grants(later).new.sold.tolist() != grants(case).new.sold.tolist()


@settings(max_examples=10)
@given(st.permutations(list(LISTS)))
def test_a_list_is_the_same_whichever_were_made_before(order):
    found = reviewed()
    asked = {key: LISTS[key](found) for key in order}
    for key, listing in lists_of(reviewed()).items():
        assert asked[key].frame().equals(listing.frame()), key
