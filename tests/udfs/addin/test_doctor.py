"""What the doctor finds: each fault provoked, and said as what it is."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support.vba import texts
from udfs.addin import build, doctor, install
from udfs.addin.doctor import FAULT, HINT, OK, Check
from udfs.addin.excel import Excel
from udfs.addin.install import Places, Status
from xlcredit import __version__
from xlcredit.excel import configuration

ROOT = Path(__file__).parents[3]
XLWINGS = version("xlwings")
BITS = doctor.bits()


@pytest.fixture(autouse=True)
def _settings(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # so that a process of its own finds what is tested
    monkeypatch.setenv("XLCREDIT_HOME", str(tmp_path / "settings"))
    configuration.reload()
    yield
    configuration.reload()


@pytest.fixture
def here(tmp_path):
    return Places("win32", tmp_path / "AddIns" / "xlcredit.xlam", tmp_path / "interpreter.txt", "utf-8")


def states(found):
    return {check.code: check.state for check in found}


def test_without_an_excel_python_and_policy_are_checked():
    assert states(doctor.examine(None, None)) == {"python": OK, "no-excel": HINT, "loading": OK, "policy": OK}


def test_a_whole_installation_is_all_well(here, tmp_path, monkeypatch):
    python = tmp_path / "Scripts" / "python.exe"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    (tmp_path / f"xlwings{BITS}-{XLWINGS}.dll").touch()
    install.install(here, str(python), texts())
    found = Excel(BITS, (), (str(here.addin),))
    assert states(doctor.examine(here, found)) == {
        "python": OK, "interpreter-named": OK, "addin": OK, "dll": OK, "bitness": OK, "ticked": OK,
        "loading": OK, "policy": OK,
    }  # fmt: skip


def test_with_nothing_installed_every_missing_part_is_a_fault(here):
    found = states(doctor.examine(here, Excel(BITS)))
    assert [code for code, state in found.items() if state == FAULT] == [
        "interpreter-missing", "addin-missing", "dll-missing",
    ]  # fmt: skip


def test_the_interpreter_is_this_one_another_or_gone(tmp_path):
    other = tmp_path / "python.exe"
    other.touch()
    assert doctor.interpreter(sys.executable) == Check("interpreter-named")
    assert doctor.interpreter(str(other)).code == "interpreter-other"
    assert doctor.interpreter(str(tmp_path / "gone.exe")) == Check(
        "interpreter-gone", FAULT, {"named": str(tmp_path / "gone.exe")}
    )


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (None, ("addin-missing", FAULT)),
        ({}, ("addin-damaged", FAULT)),
        ({"xlcredit": __version__, "xlwings": "0.1"}, ("addin-xlwings", FAULT)),
        ({"xlcredit": "0.0.1", "xlwings": XLWINGS}, ("addin-xlcredit", HINT)),
        ({"xlcredit": __version__, "xlwings": XLWINGS}, ("addin", OK)),
    ],
)
def test_the_add_in_is_of_the_versions_at_work(here, versions, expected):
    found = doctor.addin(Status(versions, ""), here)
    assert (found.code, found.state) == expected


def test_an_installed_add_in_says_what_it_was_built_from(here):
    install.install(here, sys.executable, texts())
    found = doctor.addin(install.status(here), here)
    assert found.facts == {"path": here.addin, **build.versions()}


def test_the_dll_is_of_excels_bitness_beside_python_or_one_folder_up(tmp_path):
    python = str(tmp_path / "Scripts" / "python.exe")
    assert doctor.link(python, Excel(32)).code == "dll-missing"
    (tmp_path / f"xlwings32-{XLWINGS}.dll").touch()
    assert doctor.link(python, Excel(32)) == Check("dll", OK, {"file": f"xlwings32-{XLWINGS}.dll"})
    assert doctor.link(python, Excel(64)).code == "dll-missing"


def test_on_a_mac_it_is_a_script(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert doctor.link("python", None).code == "script-missing"
    folder = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel"
    folder.mkdir(parents=True)
    (folder / f"xlwings-{XLWINGS}.applescript").touch()
    assert doctor.link("python", None) == Check("script", OK, {"file": f"xlwings-{XLWINGS}.applescript"})


def test_bitness():
    assert doctor.bitness(Excel(BITS)).state == OK
    assert doctor.bitness(Excel(96 - BITS)) == Check("bitness-differs", HINT, {"excel": 96 - BITS, "python": BITS})
    assert doctor.bitness(Excel()).code == "bitness-unknown"


def test_an_add_in_is_ticked_its_folder_trusted_or_neither(here):
    folder = str(here.addin.parent)
    assert doctor.trust(here, Excel(opened=(r'"C:\AddIns\XLCREDIT.XLAM"',))) == Check("ticked")
    assert doctor.trust(here, Excel(trusted=((folder, False),))).code == "trusted"
    assert doctor.trust(here, Excel()).code == "not-trusted"


def test_functions_that_do_not_load_say_why(tmp_path, monkeypatch):
    (tmp_path / "udfs").mkdir()
    (tmp_path / "udfs" / "__init__.py").write_text("raise ImportError('numpy is broken')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert doctor.loading(sys.executable) == Check("loading-failed", FAULT, {"reason": "ImportError: numpy is broken"})


def test_functions_that_load_slowly_or_never_are_told_apart(monkeypatch):
    monkeypatch.setattr(doctor, "SLOW", 0.0)
    found = doctor.loading(sys.executable)
    assert (found.code, found.state) == ("loading-slow", HINT)
    assert found.facts["seconds"] > 0
    monkeypatch.setattr(doctor, "TOO_LONG", 0.001)
    assert doctor.loading(sys.executable) == Check("loading-endless", FAULT, {"seconds": 0.001})


def test_a_policy_that_is_not_there_is_a_fault(tmp_path):
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / "config.toml").write_text('policy = "nobody"\n', encoding="utf-8")
    found = doctor.policy()
    assert (found.code, found.state) == ("policy-faulty", FAULT)
    assert "nobody" in str(found.facts["error"])
    configuration.reload()
    (folder / "config.toml").write_bytes('policy = "标准"\n'.encode("gbk"))
    assert doctor.policy().code == "policy-faulty"
