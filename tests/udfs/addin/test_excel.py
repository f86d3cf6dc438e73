"""The registry of Windows, as a table of keys: what is read from it about Excel."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from types import ModuleType

import pytest

from udfs.addin.excel import Excel, excel

MACHINE, USER = 1, 2
OFFICE = r"Software\Microsoft\Office\16.0"
TRUSTED = rf"{OFFICE}\Excel\Security\Trusted Locations"


class Registry(ModuleType):
    """Keys and their values, through the functions of ``winreg`` that are used."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = MACHINE, USER

    def __init__(self, keys):
        super().__init__("winreg")
        self.keys = keys

    def OpenKey(self, root, path):  # noqa: N802 (so named there)
        if (root, path) not in self.keys:
            raise FileNotFoundError(path)
        return nullcontext((root, path))

    def EnumValue(self, key, at):  # noqa: N802
        return (*_nth(list(self.keys[key].items()), at), 1)

    def EnumKey(self, key, at):  # noqa: N802
        root, path = key
        below = [each.removeprefix(f"{path}\\") for r, each in self.keys if r == root and each.startswith(f"{path}\\")]
        return _nth(below, at)

    def ExpandEnvironmentStrings(self, text):  # noqa: N802
        return text.replace("%APPDATA%", r"C:\Users\li\AppData\Roaming")


def _nth(rows, at):
    if at >= len(rows):
        raise OSError("no more data is available")
    return rows[at]


@pytest.fixture
def registry(monkeypatch):
    def lay_out(keys):
        monkeypatch.setitem(sys.modules, "winreg", Registry(keys))

    return lay_out


def test_only_windows_has_a_registry():
    assert excel("linux") is None
    assert excel("darwin") is None


def test_bitness_trusted_folders_and_add_ins_are_read(registry):
    registry({
        (MACHINE, r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"): {"Platform": "x64"},
        (USER, rf"{OFFICE}\Excel\Options"): {"Maximized": 3, "OPEN": r'/R "C:\AddIns\xlcredit.xlam"', "OPEN1": "other.xla"},
        (USER, TRUSTED): {},
        (USER, rf"{TRUSTED}\Location0"): {"Path": r"%APPDATA%\Microsoft\Excel\XLSTART", "AllowSubFolders": 1},
        (USER, rf"{TRUSTED}\Location1"): {"Description": "no path"},
    })  # fmt: skip
    assert excel("win32") == Excel(
        64,
        ((r"C:\Users\li\AppData\Roaming\Microsoft\Excel\XLSTART", True),),
        (r'"C:\AddIns\xlcredit.xlam"', "other.xla"),
    )


def test_an_office_from_a_package_notes_its_bitness_with_outlook(registry):
    registry({(MACHINE, rf"{OFFICE}\Outlook"): {"Bitness": "x86"}})
    assert excel("win32") == Excel(32)


def test_a_windows_without_excel_says_nothing(registry):
    registry({})
    assert excel("win32") == Excel()


def test_a_folder_is_trusted_itself_or_below_one_whose_subfolders_are():
    assert Excel(trusted=(("C:\\AddIns\\", False),)).trusts(r"c:\addins")
    assert not Excel(trusted=((r"C:\Users", False),)).trusts(r"C:\Users\li")
    assert Excel(trusted=((r"C:\Users", True),)).trusts(r"C:\Users\li\AddIns")
    assert not Excel(trusted=((r"C:\Users", True),)).trusts(r"C:\Users2")


def test_the_add_in_is_opened_by_name_or_path():
    assert Excel(opened=("XLCREDIT.xlam",)).opens("xlcredit.xlam")
    assert Excel(opened=(r'"C:\AddIns\xlcredit.xlam"',)).opens("xlcredit.xlam")
    assert not Excel(opened=(r"C:\xlcredit.xlam\other.xla",)).opens("xlcredit.xlam")
