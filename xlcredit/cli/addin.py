"""``xlcredit addin``: builds the add-in for Excel and the extension for LibreOffice, on any system.

It puts the add-in into the Excel of this system, too, takes it away again, and says what is there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

from xlcredit.kernel.errors import WorkbookError
from xlcredit.locales import LANGUAGES, Words

ABSENT = 1


def addin(options: argparse.Namespace, words: Words) -> int:
    """Builds, installs, uninstalls or looks for the add-in; 1 where ``status`` finds it not whole, else 0.

    Raises:
        WorkbookError: the library that writes VBA projects is missing, or a file cannot be written or removed.
    """
    if options.action == "build":
        return _build(options, words)
    from udfs.addin.install import places

    target = places()
    if target is None:
        _say_elsewhere(options.action, words)
        return 0
    return {"install": _install, "uninstall": _uninstall, "status": _status}[options.action](target, words)


def _build(options: argparse.Namespace, words: Words) -> int:
    _need_vba_writer()
    from udfs.addin.build import build
    from udfs.calc.build import build as build_extension

    try:
        paths = (*build(options.out, _texts()), build_extension(options.out))
    except OSError as error:
        raise WorkbookError("addin-not-written", str(options.out), reason=error.strerror) from error
    for path in paths:
        print(words("addin", "built").format(path=path))
    return 0


def _texts() -> dict[str, dict[str, str]]:
    return {lang: Words.of(lang).table["ribbon"] for lang in LANGUAGES}


def _need_vba_writer() -> None:
    if find_spec("pyopenvba") is None:
        raise WorkbookError("addin-extra-missing")


def _install(target, words: Words) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001 (of udfs, which has no types)
    _need_vba_writer()
    from udfs.addin.install import install

    try:
        with _open_in_excel(target.addin):
            install(target, sys.executable, _texts())
    except UnicodeEncodeError as error:
        raise WorkbookError("interpreter-path", sys.executable) from error
    print(words("addin", "installed").format(path=target.addin))
    print(words("addin", "named").format(path=target.interpreter, python=sys.executable))
    print(words("addin", f"next_{target.system}"))
    return 0


def _uninstall(target, words: Words) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from udfs.addin.install import uninstall

    with _open_in_excel(target.addin):
        gone = uninstall(target)
    for path in gone:
        print(words("addin", "removed").format(path=path))
    if not gone:
        print(words("addin", "absent").format(path=target.addin))
    return 0


def _status(target, words: Words) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from udfs.addin.install import status

    there = status(target)
    if there.versions is None:
        print(words("addin", "absent").format(path=target.addin))
    elif not there.versions:
        print(words("addin", "damaged").format(path=target.addin))
    else:
        print(words("addin", "present").format(path=target.addin, **there.versions))
    if there.python:
        print(words("addin", "named").format(path=target.interpreter, python=there.python))
    else:
        print(words("addin", "unnamed").format(path=target.interpreter))
    return 0 if there.versions and there.python else ABSENT


def _say_elsewhere(action: str, words: Words) -> None:
    from udfs.addin.install import places

    windows = places("win32", {"APPDATA": "%APPDATA%", "LOCALAPPDATA": "%LOCALAPPDATA%"})
    mac = places("darwin", {}, Path("~"))
    print(words("addin", "elsewhere"))
    for path in (windows.addin, windows.interpreter):
        print(words("addin", f"would_{action}").format(system="Windows", path=PureWindowsPath(path)))
    for path in (mac.addin, mac.interpreter):
        print(words("addin", f"would_{action}").format(system="macOS", path=path.as_posix()))


@contextmanager
def _open_in_excel(addin: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkbookError("addin-in-use", str(addin), reason=error.strerror) from error
