"""The argument policy: a name, the range of a Policy table, or the policy in force; and whose configuration says so."""

from __future__ import annotations

import pytest

from xlcredit.excel import configuration, functions
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy import builtin_names, fingerprint, load
from xlcredit.policy.sheet import to_rows

OVERDUE = ([["2026-05-31"], ["2026-05-01"], ["2026-03-31"]], [["2026-06-30"]])
"""30, 60 and 91 days past due."""


def table(name="standard", lang="en"):
    return [list(row) for row in to_rows(load(name), Words.of(lang))]


def line(rows, key, entry=""):
    """Position of a figure in a Policy table."""
    return next(at for at, row in enumerate(rows) if row[:2] == [key, entry])


def text_of(result):
    [[cell]] = result
    return cell


@pytest.mark.parametrize(
    ("name", "stages"), [("prompt", [2, 2, 3]), ("stepped", [1, 2, 3]), ("three-stage", [1, 2, 3])]
)
def test_a_builtin_policy_by_its_name(name, stages):
    assert functions.dunning_stage(*OVERDUE, policy=name) == [[stage] for stage in stages]
    assert functions.dunning_stage(*OVERDUE, policy=[[f" {name} "]]) == [[stage] for stage in stages]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", builtin_names())
def test_a_policy_table_is_the_policy_it_was_written_from(name, lang):
    policy = load(name)
    assert functions.credit_policy(table(name, lang)) == [[policy.name, policy.version, fingerprint(policy)]]
    assert functions.dunning_action(*OVERDUE, policy=table(name, lang)) == functions.dunning_action(
        *OVERDUE, policy=name
    )


def test_a_figure_changed_in_the_table_counts():
    rows = table()
    assert functions.credit_grade([[79]], rows) == [["B"]]
    rows[line(rows, "grades", "A")][3] = 78
    assert functions.credit_grade([[79]], rows) == [["A"]]


def test_a_name_there_is_not_is_told_with_the_nearest():
    assert functions.credit_grade([[79], [80]], "stepd") == [[text_of(functions.credit_policy("stepd"))]] * 2
    assert text_of(functions.credit_policy("stepd")).startswith("#VALUE! policy: There is no policy stepd")
    assert "the nearest builtin is stepped" in text_of(functions.credit_policy("stepd"))


def test_an_error_in_place_of_what_serves_the_whole_call_is_its_result():
    told = text_of(functions.credit_policy("stepd"))
    assert functions.credit_grade([[79], [80]], "#REF!") == [["#REF!"], ["#REF!"]]
    assert functions.credit_grade([[80]], [[told]]) == [[told]]
    assert functions.credit_score([[0.4, 0.1]], None, [["debt_ratio", "#N/A"]]) == [["#N/A"]]
    assert functions.aging_bucket([["2026-05-31"]], [["2026-06-30"]], None, "#NAME?") == [["#NAME?"]]


@pytest.mark.parametrize(
    ("key", "entry", "value", "says"),
    [
        ("scoring.enough", "", "most", 'scoring.enough (policy!E{row}): "most" stands where a number belongs'),
        ("aging.basis", "", "due", 'aging.basis (policy!E{row}): "due" is not known here; the nearest is due_date'),
        ("grades", "A", "#REF!", 'grades.A.limit_factor (policy!E{row}): "#REF!" stands where a number belongs'),
        ("grades", "A", True, "grades.A.limit_factor (policy!E{row}): true stands where a number belongs"),
        ("grades", "A", 7, "grades.A.limit_factor (policy!E{row}): "),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_faulty_table_names_the_cell(key, entry, value, says, lang):
    rows = table(lang=lang)
    assert functions.credit_grade([[80]], rows) == [["A"]]  # and what is remembered of it does not hide the fault
    at = line(rows, key, entry)
    rows[at][4] = value
    said = text_of(functions.credit_grade([[80]], rows))
    assert said.startswith("#VALUE! policy: ")
    assert says.format(row=at + 1) in said


def test_a_range_that_is_no_policy_table_is_told():
    said = text_of(functions.credit_grade([[80]], [["limit.step", 500], ["tax", 0]]))
    assert said.startswith("#VALUE! policy: policy: The Policy sheet has no row with the headings")


def test_without_a_configuration_the_standard_policy_holds(home):
    assert not list(home.iterdir())
    assert functions.credit_policy() == functions.credit_policy("standard") == functions.credit_policy([[None]])


def test_the_configuration_names_the_policy_in_force(home):
    (home / "config.toml").write_text('policy = "ours"\nlang = "zh"\n', encoding="utf-8")
    (home / "policies").mkdir()
    (home / "policies" / "ours.toml").write_text(
        'extends = "stepped"\nname = "ours"\nversion = "7"\n', encoding="utf-8"
    )
    configuration.reload()
    assert functions.credit_policy()[0][:2] == ["ours", "7"]
    assert functions.dunning_stage(*OVERDUE) == functions.dunning_stage(*OVERDUE, policy="stepped") == [[1], [2], [3]]
    assert functions.credit_check([[100]], [[100]], [[1]]) == [[Words.of("zh")("order", "hold").format(
        reason=Words.of("zh")("order", "limit_exceeded"))]]  # fmt: skip


def test_a_faulty_policy_of_the_user_s_is_told_with_its_file(home):
    (home / "policies").mkdir()
    (home / "policies" / "ours.toml").write_text("[scoring]\nenough = 7\n", encoding="utf-8")
    configuration.reload()
    said = text_of(functions.credit_policy("ours"))
    assert said.startswith("#VALUE! policy: ")
    assert "ours.toml" in said
    assert "scoring.enough" in said


def test_a_faulty_configuration_spoils_no_call_that_says_everything(home):
    (home / "config.toml").write_text('polcy = "stepped"\n', encoding="utf-8")
    configuration.reload()
    assert functions.credit_grade([[80]], "standard") == [["A"]]
    assert text_of(functions.credit_grade([[80]])).startswith("#VALUE! policy: ")


def test_plain_errors_are_bare_codes_everywhere(home):
    (home / "config.toml").write_text('errors = "plain"\n', encoding="utf-8")
    configuration.reload()
    assert functions.credit_grade([["good"], [80]], "stepd") == [["#VALUE!"], ["#VALUE!"]]
    assert functions.credit_headroom([[3], [2], [1]], [[0], [0]]) == [[3.0], [2.0], ["#N/A"]]
    assert functions.paydex([["soon"]]) == [["#VALUE!"]]
    assert functions.aging_table([["A"]], [["soon"]], [[1]], [["2026-06-30"]])[1][1:] == ["#VALUE!"] * 9
