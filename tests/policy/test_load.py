"""Where a policy's figures come from, and which source wins."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import SETTINGS
from xlcredit import policy
from xlcredit.kernel.errors import PolicyError
from xlcredit.locales import Words
from xlcredit.policy.sheet import to_rows
from xlcredit.policy.sheetreading import from_rows


@pytest.fixture
def house(tmp_path):
    """Writes a policy file and gives its path."""

    def write(text, name="house.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_builtin_policies_carry_the_figures_of_the_sources():
    standard = policy.load()
    assert policy.builtin_names() == ("prompt", "standard", "stepped", "three-stage")
    assert standard.limit.cover == 0.9
    assert standard.terms.prepayment == 0.3
    assert standard.review.every_months == 3
    assert (standard.insurance.premium.least_rate, standard.insurance.premium.greatest_rate) == (0.003, 0.012)
    assert standard.limit.caps == {"net_worth": 0.1, "working_capital": 0.1, "turnover": 0.008333333333333333}
    assert standard.limit.maximum == float("inf")
    assert standard.buckets.keys == ("not_due", "1-30", "31-60", "61-90", "91-120", "121-180", ">180", "undated")
    assert standard.grades.names == ("A", "B", "C", "D", "E")


@pytest.mark.parametrize(
    ("name", "bounds", "actions"),
    [
        ("standard", "≥ -7, ≥ 15, > 60", "remind, call, legal_collection"),
        ("prompt", "≥ -7, ≥ 15, > 60", "remind, call, legal_collection"),
        ("stepped", "≥ 30, ≥ 60, ≥ 90", "negotiate, lawyer_letter, lawsuit"),
        ("three-stage", "≥ 1, > 30, > 90", "negotiate, agency, lawsuit"),
    ],
)
def test_each_builtin_policy_has_its_dunning_procedure(name, bounds, actions):
    loaded = policy.load(name)
    assert loaded.name == name
    assert ", ".join(str(level.bound) for level in loaded.dunning.levels) == bounds
    assert ", ".join(level.action for level in loaded.dunning.levels) == actions


PRECEDENCE = [
    # file            sheet                   --set                  step  who won
    ("", None, (), None, "builtin standard"),
    ("limit.step = 500", None, (), 500, "house.toml"),
    ("", {"limit": {"step": 250}}, (), 250, "Policy sheet"),
    ("limit.step = 500", {"limit": {"step": 250}}, (), 250, "Policy sheet"),
    ("limit.step = 500", {"limit": {"step": 250}}, ("limit.step=100",), 100, "--set"),
    ("limit.step = 500", None, ("limit.step=100",), 100, "--set"),
    ("", None, ("limit.step=100", "limit.step=50"), 50, "--set"),
]


@pytest.mark.parametrize(("file", "sheet", "sets", "step", "winner"), PRECEDENCE)
def test_builtin_gives_way_to_file_to_policy_sheet_to_set(house, file, sheet, sets, step, winner):
    loaded = policy.load(house(file), sheet=sheet, sets=sets)
    assert (loaded.limit.step, loaded.origin["limit.step"]) == (step, winner)
    assert loaded.origin["limit.combine"] == "builtin standard"


def test_every_figure_has_an_origin_and_a_list_is_replaced_whole(house):
    loaded = policy.load(
        house('grades = [{ grade = "ok", from = 50, limit_factor = 1 }, { grade = "no", limit_factor = 0 }]')
    )
    assert loaded.grades.names == ("ok", "no")
    assert {key: won for key, won in loaded.origin.items() if key.startswith("grades")} == {
        "grades.ok.grade": "house.toml",
        "grades.ok.from": "house.toml",
        "grades.ok.limit_factor": "house.toml",
        "grades.no.grade": "house.toml",
        "grades.no.limit_factor": "house.toml",
    }


def test_tables_merge_so_that_a_file_adds_a_procedure_and_keeps_the_others(house):
    loaded = policy.load(
        house("[dunning.procedures.soft]\nlevels = [{ above = 45, action = 'call' }]"), sets=["dunning.procedure=soft"]
    )
    assert sorted(loaded.procedures) == ["prompt", "soft", "stepped", "three-stage"]
    assert (loaded.dunning.grace_days, loaded.dunning.minimum_amount, loaded.dunning.levels[0].channel) == (0, 0.0, "")
    assert loaded.origin["dunning.procedures.soft.grace_days"] == "default"


def test_a_file_is_named_after_itself_unless_it_says_otherwise(house):
    assert (policy.load(house("")).name, policy.load(house("")).version) == ("house", "")
    named = policy.load(house('name = "Group"\nversion = "2026-10"'))
    assert (named.name, named.version) == ("Group", "2026-10")


def test_a_file_extends_a_builtin_or_a_file_beside_it(house):
    house('extends = "stepped"\nlimit.step = 500', "group.toml")
    loaded = policy.load(house('extends = "group.toml"\nlimit.tax = 0.13', "shanghai.toml"))
    assert (loaded.procedure, loaded.limit.step, loaded.tax) == ("stepped", 500, 0.13)
    won = [loaded.origin[key] for key in ("dunning.procedure", "limit.step", "limit.tax", "limit.combine")]
    assert won == ["builtin stepped", "group.toml", "shanghai.toml", "builtin standard"]


def test_a_file_that_exists_wins_over_the_builtin_of_its_name(house, monkeypatch):
    monkeypatch.chdir(house("limit.step = 7", "stepped").parent)
    assert policy.load("stepped").limit.step == 7


def test_what_a_policy_extends_is_the_builtin_even_if_a_file_of_that_name_lies_about(house, monkeypatch):
    monkeypatch.chdir(house("limit.step = 7", "standard").parent)
    assert policy.load("prompt").limit.step is None
    assert policy.load(house('extends = "stepped"', "stepped")).origin["dunning.procedure"] == "builtin stepped"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(house):
    assert policy.load(house("\ufefflimit.step = 500\r\nlimit.tax = 0.13\r\n")).limit.step == 500


SETS = [
    ("limit.step=500", lambda p: p.limit.step, 500.0),
    (" limit.step = 500 ", lambda p: p.limit.step, 500.0),
    ("grades.B.from=70", lambda p: str(p.grades.bands.bounds[2]), "≥ 70"),
    ("grades.B.above=70", lambda p: str(p.grades.bands.bounds[2]), "> 70"),
    ("dunning.procedure=stepped", lambda p: p.procedure, "stepped"),
    ('dunning.procedure="stepped"', lambda p: p.procedure, "stepped"),
    ("version=2", lambda p: p.version, "2"),
    ("version=2026-10-31", lambda p: p.version, "2026-10-31"),
    ("currency=EUR", lambda p: p.currency, "EUR"),
    ("dunning.procedures.prompt.levels.2.from=20", lambda p: str(p.dunning.levels[1].bound), "≥ 20"),
    (
        "scorecards.trade.characteristics.debt_ratio.missing=reweight",
        lambda p: p.scorecards["trade"].characteristics[3].missing,
        "reweight",
    ),
    (
        "scorecards.trade.characteristics.debt_ratio.attributes.2.points=13",
        lambda p: p.scorecards["trade"].characteristics[3].bands.outcomes[1],
        13.0,
    ),
    ("aging.buckets.>180.above=200", lambda p: str(p.buckets.bands.bounds[-1]), "> 200"),
    ('aging.buckets.">180".above=200', lambda p: str(p.buckets.bands.bounds[-1]), "> 200"),
    ("limit.caps.turnover=off", lambda p: list(p.limit.caps), ["net_worth", "working_capital"]),
    ("limit.caps.credit_limit=1.1", lambda p: p.limit.caps["credit_limit"], 1.1),
    ("limit.caps={ turnover = 0.01 }", lambda p: p.limit.caps["turnover"], 0.01),
    ('scoring.order=["financial"]', lambda p: p.scorecard_order, ("financial",)),
    ("dunning.procedures.own={levels = [{from = 3, action = 'call'}]}", lambda p: len(p.procedures), 4),
]


@pytest.mark.parametrize(("setting", "read", "expected"), SETS)
def test_set_reaches_every_figure(setting, read, expected):
    assert read(policy.load(sets=[setting])) == expected


@given(st.lists(SETTINGS, max_size=6))
def test_what_the_canonical_form_says_is_the_policy(tmp_path_factory, sets):
    loaded = policy.load(sets=sets)
    path = tmp_path_factory.mktemp("canonical") / "p.toml"
    path.write_text(policy.canonical(loaded), encoding="utf-8")
    again = policy.load(path)
    assert again == loaded
    assert policy.canonical(again) == policy.canonical(loaded)
    assert policy.fingerprint(again) == policy.fingerprint(loaded)


@given(st.lists(SETTINGS, max_size=4))
def test_a_policy_sheet_may_hold_the_whole_policy(sets):
    loaded = policy.load(sets=sets)
    assert policy.load(sheet=loaded.tree) == loaded


def test_the_fingerprint_sees_figures_not_how_they_are_written(house):
    plain = policy.load(
        house('limit.step = 500\nlimit.tax = 0.1\nname = "x"\n[insurance]\ncover = 0.5\npremium_to = 0.01\n')
    )
    other = policy.load(
        house(
            '# remark\nname = "x"\ninsurance = { premium_to = 0.0100, cover = 5e-1 }\n[limit]\ntax = 0.10\nstep = 500.0\n'
        )
    )
    assert policy.fingerprint(other) == policy.fingerprint(plain)
    assert policy.canonical(other) == policy.canonical(plain)
    assert policy.fingerprint(policy.load(sets=["name=x"])) != policy.fingerprint(plain)


def test_a_cells_float_and_a_files_decimal_are_the_same_figure(house):
    sheet = policy.load(sheet={"limit": {"tax": 0.1, "step": 500.0}})
    assert policy.fingerprint(sheet) == policy.fingerprint(policy.load(sets=["limit.tax=0.10", "limit.step=500"]))


def test_the_fingerprint_is_the_start_of_the_canonical_forms_sha256():
    loaded = policy.load()
    assert policy.fingerprint(loaded) == sha256(policy.canonical(loaded).encode()).hexdigest()[:8]
    assert policy.canonical(loaded).startswith('name = "standard"\nversion = "1"\ncurrency = ""\ngrades = [\n')


def test_two_caps_that_bind_alike_are_named_in_the_same_order_however_the_file_lists_them():
    turned = policy.load(sheet={"limit": {"caps": {"turnover": 0.1, "working_capital": 0.1, "net_worth": 0.1}}})
    assert list(turned.limit.caps) == ["net_worth", "working_capital", "turnover"]


def test_figures_show_every_key_with_its_value_and_who_won_it():
    shown = {key: (value, source) for key, value, source in policy.figures(policy.load(sets=["grades.B.from=70"]))}
    assert shown.keys() == policy.load().origin.keys()
    assert shown["grades.B.from"] == ("70", "--set")
    assert shown["limit.step"] == ('"auto"', "builtin standard")
    assert shown["aging.buckets.>180.above"] == ("180", "builtin standard")
    assert shown["dunning.procedures.prompt.levels.1.from"] == ("-7", "builtin standard")


OWN_GRADES = """
grades = [{ grade = "Gold", from = 60, limit_factor = 1 }, { grade = "Tin", limit_factor = 0 }]
[terms.grades]
Gold = { net_days = 90, prepayment = 0 }
"""


def test_builtin_terms_of_grades_that_a_policy_does_not_have_are_left_out(house):
    own = policy.load(house(OWN_GRADES))
    assert [*own.terms.grades] == ["Gold"]
    assert [*own.approval.matrix] == ["other"]
    assert [key for key in own.origin if key.startswith("terms.grades.")] == [
        f"terms.grades.Gold.{key}"
        for key in ("net_days", "prepayment", "discount", "discount_days", "instalments", "approver")
    ]
    again = policy.load(house(policy.canonical(own), "again.toml"))
    assert policy.canonical(again) == policy.canonical(own)
    sheet = from_rows(to_rows(own, Words.of("en")), "Policy")
    assert policy.canonical(policy.load(sheet=sheet)) == policy.canonical(own)


def test_terms_of_a_grade_there_is_not_are_refused_where_a_user_gives_them(house):
    with pytest.raises(PolicyError) as refused:
        policy.load(house(OWN_GRADES), sets=["terms.grades.A.net_days=30"])
    assert [(fault.code, fault.where) for fault in refused.value.faults] == [("policy-not-a-choice", "terms.grades.A")]


def test_the_terms_orders_plans_and_exposure_of_the_standard_policy():
    standard = policy.load()
    assert {grade: terms.net_days for grade, terms in standard.terms.grades.items()} == {
        "A": 60, "B": 45, "C": 30, "D": 15, "E": 0,
    }  # fmt: skip
    assert standard.terms.legal_review == float("inf")
    assert policy.load(sets=["terms.legal_review=500000"]).terms.legal_review == 500_000
    unusual = standard.terms.unusual
    assert (unusual.days_beyond, unusual.methods) == (30, {"documents_against_acceptance"})
    assert (unusual.jurisdictions, unusual.retention_from) == (set(), float("inf"))
    asked = policy.load(
        sets=["terms.unusual.days_beyond=off", 'terms.unusual.jurisdictions=["CN", "HK"]']
    ).terms.unusual
    assert (asked.days_beyond, asked.jurisdictions) == (float("inf"), {"CN", "HK"})
    assert (standard.order.tolerance_days, standard.order.core_tolerance, standard.order.new_months) == (30, 0.1, 6)
    assert (standard.plan.grace_days, standard.plan.most_broken) == (0, 1)
    assert (standard.plan.anew_after_days, standard.plan.anew_every) == (14, "month")
    caps = policy.load(sets=["exposure.country_caps.AR=1000", "exposure.unbilled=no"]).exposure
    assert (dict(caps.country_caps), caps.orders, caps.unbilled) == ({"AR": 1000.0}, True, False)
