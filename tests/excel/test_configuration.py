"""The configuration of the worksheet functions."""

from __future__ import annotations

import pytest

from xlcredit.excel import configuration as settings
from xlcredit.excel import functions
from xlcredit.kernel.errors import PolicyError
from xlcredit.locales import Words
from xlcredit.policy import fingerprint, load
from xlcredit.policy.sheet import to_rows

pytestmark = pytest.mark.usefixtures("home")


def test_without_a_file_the_standard_policy_holds_in_english():
    assert settings.configuration() == settings.Configuration("standard", "en", "reason")
    assert settings.active_policy().name == "standard"


def test_the_file_names_policy_language_and_errors(home):
    (home / "config.toml").write_text('policy = "stepped"\nlang = "zh"\nerrors = "plain"\n', encoding="utf-8")
    assert functions.aging_bucket([["2026-06-01"]], [["2026-06-30"]]) == [["1–30天"]]
    assert functions.credit_policy()[0][0] == "stepped"
    assert functions.credit_grade([["good"]]) == [["#VALUE!"]]


def test_a_user_s_policy_goes_before_a_builtin_one(home):
    (home / "policies").mkdir()
    (home / "policies" / "strict.toml").write_text("[order]\ntolerance_days = 0\n", encoding="utf-8")
    assert functions.credit_check([[0]], [[100]], [[1]], [[1]], policy="strict") == [
        ["HOLD: items are past due beyond the tolerance"]
    ]


def test_a_file_in_the_folder_one_happens_to_be_in_is_no_policy(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "standard").write_text('name = "false"\n', encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    assert settings.active_policy().name == "standard"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('polcy = "stepped"', "no key polcy here; the nearest is policy"),
        ('lang = "fr"', '"fr"'),
        ("errors = 1", "1 stands where text belongs"),
        ('policy = "x', "config.toml is no TOML from line 1"),
    ],
)
def test_a_faulty_file_is_told(home, text, says):
    (home / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=says):
        settings.configuration()
    assert str(functions.credit_grade([[80]])[0][0]).startswith("#VALUE! policy: ")


def test_a_file_in_another_encoding_is_told(home):
    (home / "config.toml").write_bytes('policy = "信用"'.encode("gb18030"))
    with pytest.raises(PolicyError, match=r"config\.toml is not UTF-8 text"):
        settings.configuration()


def test_reload_reads_anew(home):
    assert settings.configuration().lang == "en"
    (home / "config.toml").write_text('lang = "zh"', encoding="utf-8")
    assert settings.configuration().lang == "en"
    settings.reload()
    assert settings.configuration().lang == "zh"


def test_a_policy_table_counts_as_the_policy_it_holds():
    table = to_rows(load("stepped"), Words.of("zh"))
    assert functions.dunning_stage([["2026-05-31"]], [["2026-06-30"]], policy=table) == [[1]]
    assert functions.credit_policy(table)[0][2] == fingerprint(load("stepped"))


def test_a_policy_table_without_its_headings_is_told():
    [[said]] = functions.credit_policy([["limit.step", "", "", "", 500, ""]])
    assert str(said).startswith("#VALUE! policy: policy: The Policy sheet has no row with the headings")
