"""Every layout file loads and is sound; a new file is tested by being there."""

from itertools import combinations

import pytest

from xlcredit.layouts import Layout
from xlcredit.layouts.layout import ROLES
from xlcredit.locales import LANGUAGES, Words

LAYOUTS = Layout.all()
KINDS_APART = ("customer", "name")


def test_the_layouts_of_the_issue_are_there():
    names = {
        "sap_fbl5n",
        "oracle",
        "quickbooks",
        "xero",
        "sage",
        "odoo",
        "erpnext",
        "business_central",
        "yonyou",
        "kingdee",
        "tally",
        "generic",
        "customers",
    }
    assert names <= {layout.name for layout in LAYOUTS}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
class TestEachLayout:
    def test_it_has_a_title_in_each_language_and_known_roles(self, layout):
        assert all(layout.titles[lang] for lang in LANGUAGES)
        assert set(layout.columns) <= set(ROLES[layout.kind])

    def test_no_heading_stands_twice_under_a_role(self, layout):
        for role, headings in layout.columns.items():
            assert len(set(headings)) == len(headings), role

    def test_a_heading_under_two_roles_is_told_apart_by_its_cells(self, layout):
        roles = ROLES[layout.kind]
        for one, other in combinations(layout.spelled, 2):
            shared = layout.spelled[one].keys() & layout.spelled[other].keys()
            assert not shared or roles[one][0] != roles[other][0] or {one, other} == set(KINDS_APART), (
                one,
                other,
                shared,
            )

    def test_it_can_be_told_from_the_generic_one(self, layout):
        assert layout.name in ("generic", "customers") or len(layout.distinctive) >= layout.needs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_of_a_column_has_a_word(lang):
    assert set().union(*ROLES.values()) == Words.of(lang).table["roles"].keys()


def test_a_title_may_be_one_text_for_all_languages():
    layout = Layout.of("x", {"title": "X", "columns": {"amount": ["Amount"]}})
    assert layout.titles == {"en": "X", "zh": "X"}


def test_a_layout_with_an_unknown_key_or_role_is_refused():
    with pytest.raises(ValueError, match=r"layout x: unknown keys \['colums'\]"):
        Layout.of("x", {"title": "X", "colums": {}})
    with pytest.raises(ValueError, match=r"layout x: kind 'ledger', unknown roles \['amuont'\]"):
        Layout.of("x", {"title": "X", "columns": {"amuont": ["Amount"]}})
