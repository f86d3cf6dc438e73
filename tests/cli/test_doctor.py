"""``xlcredit doctor``: words for everything that can be found, in each language, and the exit code."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Formatter

import pytest

from udfs.addin import doctor, install
from udfs.addin.doctor import HINT, Check
from udfs.addin.install import Places
from xlcredit.cli import main
from xlcredit.excel import configuration
from xlcredit.locales import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
CODES = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


@pytest.fixture(autouse=True)
def _settings(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("XLCREDIT_HOME", str(tmp_path))
    configuration.reload()
    yield
    configuration.reload()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Excel runs here")
def test_without_an_excel_python_and_policy_are_told(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "SLOW", 60.0)  # a busy machine is no finding
    assert 0 == main(["doctor"])
    python, excel, remedy, loading, policy = capsys.readouterr().out.splitlines()
    assert re.fullmatch(rf"ok: Python 3\.\d+\.\S+, (32|64) bits: {re.escape(sys.executable)}", python)
    assert excel == "note: This system has no Excel that could load the add-in; only Python is checked."
    assert remedy == "    Run this on the Windows or macOS computer on which Excel runs."
    assert re.fullmatch(r"ok: The functions load in \d+\.\d s\.", loading)
    assert policy == "ok: Active policy: standard 1"


def test_a_fault_is_told_with_what_to_do_and_ends_with_one(tmp_path, monkeypatch, capsys):
    here = Places("darwin", tmp_path / "xlcredit.xlam", tmp_path / "interpreter.txt", "ascii")
    monkeypatch.setattr(install, "places", lambda *_: here)
    assert 1 == main(["doctor", "--lang", "zh"])
    said = capsys.readouterr().out
    assert "故障：加载项不知道 Python 在哪里。\n    请运行：xlcredit addin install\n" in said
    assert f"故障：加载项未安装：{here.addin} 不存在。\n    请运行：xlcredit addin install\n" in said


def test_a_hint_alone_ends_with_nought(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "examine", lambda *_: iter([Check("bitness-unknown", HINT, {"python": 64})]))
    assert 0 == main(["doctor"])
    assert capsys.readouterr().out == (
        "note: It is not known how many bits Excel has; Python has 64.\n"
        "    See File > Account > About Excel; install a Python of as many bits.\n"
    )


def test_a_faulty_policy_is_told_in_the_users_language(tmp_path, monkeypatch, capsys):
    (tmp_path / "config.toml").write_text('policy = "nobody"\n', encoding="utf-8")
    monkeypatch.setattr(doctor, "examine", lambda *_: iter([doctor.policy()]))
    assert 1 == main(["doctor", "--lang", "zh"])
    said = capsys.readouterr().out
    assert said.startswith("故障：无法读取当前政策：")
    assert "nobody" in said
    assert "There is no" not in said


def test_what_can_be_found_has_words_and_the_other_way_round():
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    found = set(CODES.findall(source)) | {"dll-missing", "script-missing"}
    for lang in LANGUAGES:
        words = Words.of(lang).table["doctor"]
        assert set() == words.keys() - found
        assert set() == set(re.findall(r'Check\("([a-z-]+)"', source)) - words.keys()


def test_words_have_the_same_facts_in_every_language_and_all_but_good_news_a_remedy():
    en, zh = (Words.of(lang).table["doctor"] for lang in LANGUAGES)
    assert en.keys() == zh.keys()
    for code in en:
        assert [names_in(text) for text in en[code].values()] == [names_in(text) for text in zh[code].values()], code
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    for code in re.findall(r'Check\("([a-z-]+)", (?:FAULT|HINT)', source):
        assert "remedy" in en[code], code


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
