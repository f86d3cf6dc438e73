"""Where the add-in goes, what is left when it does not get there, and what is found again."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.vba import texts
from udfs.addin import build, install
from udfs.addin.install import Places, Status


@pytest.fixture
def here(tmp_path):
    return Places("win32", tmp_path / "AddIns" / "xlcredit.xlam", tmp_path / "xlcredit" / "interpreter.txt", "gbk")


def test_on_windows_the_files_lie_where_vba_looks_for_them():
    found = install.places("win32", {"APPDATA": "/roaming", "LOCALAPPDATA": "/local"})
    assert found == Places(
        "win32", Path("/roaming/Microsoft/AddIns/xlcredit.xlam"), Path("/local/xlcredit/interpreter.txt"), "mbcs"
    )
    host = build.modules(texts())["XlcreditHost"]
    assert r'Environ$("LOCALAPPDATA") & "\xlcredit\interpreter.txt"' in host


def test_on_windows_without_these_variables_the_folders_are_those_of_the_home():
    found = install.places("win32", {}, Path("/home"))
    assert found.addin == Path("/home/AppData/Roaming/Microsoft/AddIns/xlcredit.xlam")
    assert found.interpreter == Path("/home/AppData/Local/xlcredit/interpreter.txt")


def test_on_a_mac_the_interpreter_lies_in_the_home_that_excel_sees():
    found = install.places("darwin", {}, Path("/Users/li"))
    assert found.interpreter == Path("/Users/li/Library/Containers/com.microsoft.Excel/Data/xlcredit-interpreter.txt")
    assert found.addin.parts[-3:] == ("Startup.localized", "Excel", "xlcredit.xlam")
    assert 'Environ$("HOME") & "/xlcredit-interpreter.txt"' in build.modules(texts())["XlcreditHost"]


def test_elsewhere_there_is_no_place():
    assert install.places("linux", {"APPDATA": "/roaming"}) is None


def test_what_is_installed_is_what_is_built_and_names_python_in_the_code_page(here, tmp_path):
    install.install(here, r"C:\应收\python.exe", texts())
    assert here.addin.read_bytes() == build.build(tmp_path / "built", texts())[0].read_bytes()
    assert here.interpreter.read_bytes() == b"C:\\\xd3\xa6\xca\xd5\\python.exe\r\n"
    assert install.status(here) == Status(build.versions(), r"C:\应收\python.exe")


def test_nothing_but_the_two_files_is_left(here, tmp_path):
    install.install(here, "python.exe", texts())
    install.install(here, "python.exe", texts())
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == [here.addin, here.interpreter]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_dir()) == ["AddIns", "xlcredit"]


def test_an_add_in_that_excel_has_open_stays_and_so_does_the_python_it_runs_on(here, tmp_path, monkeypatch):
    install.install(here, "old.exe", texts())
    before = here.addin.read_bytes()
    really = os.replace

    def refusing(source, target):
        if Path(target) == here.addin:
            raise PermissionError(errno.EACCES, "Access is denied")
        really(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(PermissionError, match="Access is denied"):
        install.install(here, "new.exe", texts())
    assert here.addin.read_bytes() == before
    assert here.interpreter.read_bytes() == b"old.exe\r\n"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_a_path_that_vba_cannot_read_is_refused_before_anything_is_written(here, tmp_path):
    with pytest.raises(UnicodeEncodeError, match="gbk"):
        install.install(here, "C:\\\N{GREEK SMALL LETTER FINAL SIGMA}\\python.exe", texts())
    assert list(tmp_path.iterdir()) == []


def test_uninstalling_removes_both_files_and_once_more_does_nothing(here):
    install.install(here, "python.exe", texts())
    assert install.uninstall(here) == (here.addin, here.interpreter)
    assert install.uninstall(here) == ()
    assert install.status(here) == Status(None, "")


def test_an_add_in_that_is_cut_off_or_somebody_elses_has_no_versions(here, tmp_path):
    install.install(here, "python.exe", texts())
    here.addin.write_bytes(here.addin.read_bytes()[:1000])
    assert install.status(here) == Status({}, "python.exe")
    with ZipFile(here.addin, "w") as package:
        package.writestr("docProps/custom.xml", "<Properties/>")
    assert install.versions(here.addin) == {}
    with ZipFile(here.addin, "w") as package:
        package.writestr("docProps/app.xml", "<Properties/>")
    assert install.versions(here.addin) == {}


def test_bytes_gone_bad_inside_the_add_in_are_damage(here):
    install.install(here, "python.exe", texts())
    with ZipFile(here.addin) as package:
        entry = package.getinfo("docProps/custom.xml")
    whole = here.addin.read_bytes()
    data = entry.header_offset + 30 + len(entry.filename)
    for bad in (b"\xff" * 8, b"\x00" * 8):
        here.addin.write_bytes(whole[:data] + bad + whole[data + 8 :])
        assert install.versions(here.addin) == {}


def test_an_empty_interpreter_file_names_none_and_of_more_lines_the_first_counts(here):
    here.interpreter.parent.mkdir()
    here.interpreter.write_bytes(b"")
    assert install.status(here).python == ""
    here.interpreter.write_bytes(b"first.exe\r\nsecond.exe\r\n")
    assert install.status(here).python == "first.exe"
