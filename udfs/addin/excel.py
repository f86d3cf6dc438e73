"""What Windows' registry says about the Excel there: its bitness, the folders it trusts, the add-ins it opens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PureWindowsPath

OFFICE = r"Software\Microsoft\Office\16.0"
"""Of every Excel since 2016."""

CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
TRUSTED = rf"{OFFICE}\Excel\Security\Trusted Locations"
OPTIONS = rf"{OFFICE}\Excel\Options"
BITS = {"x64": 64, "x86": 32}


@dataclass(frozen=True, slots=True)
class Excel:
    """An installed Excel."""

    bits: int | None = None
    """64 or 32; None where it is not known."""
    trusted: tuple[tuple[str, bool], ...] = ()
    """Trusted folders, each with whether its subfolders are trusted, too."""
    opened: tuple[str, ...] = ()
    """What is opened at every start: the add-ins ticked under File > Options > Add-ins."""

    def trusts(self, folder: str) -> bool:
        """Whether files in a folder are trusted."""
        wanted = PureWindowsPath(folder)
        return any(
            wanted == PureWindowsPath(each) or (below and PureWindowsPath(each) in wanted.parents)
            for each, below in self.trusted
        )

    def opens(self, name: str) -> bool:
        """Whether the add-in with this file name is ticked."""
        return any(PureWindowsPath(each.strip('"')).name.lower() == name.lower() for each in self.opened)


def excel(system: str = sys.platform) -> Excel | None:
    """The Excel of this Windows; None on any other system."""
    if system != "win32":
        return None
    import winreg

    machine, user = winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER
    bits = BITS.get(str(_values(machine, CLICK_TO_RUN).get("Platform", "")).lower())
    if bits is None:  # installed from a package, where only Outlook notes it, for all of Office
        bits = BITS.get(str(_values(machine, rf"{OFFICE}\Outlook").get("Bitness", "")).lower())
    locations = [_values(user, rf"{TRUSTED}\{each}") for each in _folders(user, TRUSTED)]
    opened = [str(text) for name, text in _values(user, OPTIONS).items() if name.upper().startswith("OPEN")]
    return Excel(
        bits,
        tuple((_expanded(each["Path"]), bool(each.get("AllowSubFolders"))) for each in locations if "Path" in each),
        tuple(text.removeprefix("/R ").removeprefix("/A ") for text in opened),
    )


def _expanded(path: str) -> str:
    import winreg

    return winreg.ExpandEnvironmentStrings(path)


def _values(root: int, path: str) -> dict[str, object]:
    """Values of a key by name; none where there is no such key."""
    import winreg

    with suppress(OSError), winreg.OpenKey(root, path) as key:
        return {name: value for name, value, _ in _counted(lambda at: winreg.EnumValue(key, at))}
    return {}


def _folders(root: int, path: str) -> list[str]:
    import winreg

    with suppress(OSError), winreg.OpenKey(root, path) as key:
        return list(_counted(lambda at: winreg.EnumKey(key, at)))
    return []


def _counted(read) -> Iterator:
    """What ``read`` gives for 0, 1, 2 …, until Windows says that there is no more."""
    with suppress(OSError):
        at = 0
        while True:
            yield read(at)
            at += 1
