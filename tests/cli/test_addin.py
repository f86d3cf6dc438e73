"""``xlcredit addin``: what is printed, what is written, and the exit code."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Formatter

import pytest

from udfs.addin import install
from udfs.addin.build import versions
from udfs.addin.install import Places
from xlcredit.cli import main
from xlcredit.locales import LANGUAGES, Words

MAC = "~/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xlcredit.xlam"


@pytest.fixture
def excel(tmp_path, monkeypatch):
    """A Windows whose folders are these."""
    here = Places("win32", tmp_path / "AddIns" / "xlcredit.xlam", tmp_path / "interpreter.txt", "utf-8")
    monkeypatch.setattr(install, "places", lambda *_: here)
    return here


def said(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Excel runs here")
@pytest.mark.parametrize(("action", "verb"), [("install", "write"), ("uninstall", "remove"), ("status", "look for")])
def test_where_there_is_no_excel_it_says_what_it_would_do(action, verb, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert 0 == main(["addin", action])
    assert said(capsys)[1:] == [
        rf"Windows: {verb} %APPDATA%\Microsoft\AddIns\xlcredit.xlam",
        rf"Windows: {verb} %LOCALAPPDATA%\xlcredit\interpreter.txt",
        f"macOS: {verb} {MAC}",
        f"macOS: {verb} ~/Library/Containers/com.microsoft.Excel/Data/xlcredit-interpreter.txt",
    ]
    assert [] == list(tmp_path.iterdir())


def test_installed_found_and_removed_again(excel, capsys):
    assert 1 == main(["addin", "status"])
    assert said(capsys) == [
        f"Not installed: {excel.addin}",
        f"No Python is named in {excel.interpreter}. Run: xlcredit addin install",
    ]
    named = f"Python: {sys.executable} (named in {excel.interpreter})"
    assert 0 == main(["addin", "install"])
    assert said(capsys) == [
        f"Installed: {excel.addin}",
        named,
        "In Excel, tick xlcredit once: File > Options > Add-ins > Excel Add-ins > Go. Then check with: xlcredit doctor",
    ]
    assert 0 == main(["addin", "status"])
    of = versions()
    assert said(capsys) == [f"Installed: {excel.addin}, xlcredit {of['xlcredit']}, xlwings {of['xlwings']}", named]
    assert 0 == main(["addin", "uninstall"])
    assert said(capsys) == [f"Removed: {excel.addin}", f"Removed: {excel.interpreter}"]
    assert 0 == main(["addin", "uninstall"])
    assert said(capsys) == [f"Not installed: {excel.addin}"]


def test_a_damaged_add_in_is_not_whole(excel, capsys):
    assert 0 == main(["addin", "install", "--lang", "zh"])
    excel.addin.write_bytes(b"PK")
    capsys.readouterr()
    assert 1 == main(["addin", "status", "--lang", "zh"])
    assert said(capsys)[0] == f"已损坏：{excel.addin}。请运行：xlcredit addin install"


@pytest.mark.parametrize("group", ["addin", "doctor_states"])
def test_phrases_have_the_same_facts_in_every_language(group):
    def facts(lang):
        return {key: names_in(text) for key, text in Words.of(lang).table[group].items()}

    assert facts("en") == facts("zh")


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_phrase_of_the_commands_is_used():
    source = Path(main.__code__.co_filename).with_name("addin.py").read_text("utf-8")
    for key in Words.of(LANGUAGES[0]).table["addin"]:
        assert re.search(rf'"{re.sub(r"_.*", "_", key)}', source), key
