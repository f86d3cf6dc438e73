"""xlcredit.oxt, the extension for LibreOffice: the same bytes from the same sources."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path

from udfs.calc import parts

FILE = "xlcredit.oxt"
_ALONGSIDE = ("component.py", "missing.txt")
_OLDEST_DAY = (1980, 1, 1, 0, 0, 0)


def build(folder: Path) -> Path:
    """The extension, written into a folder.

    Raises:
        OSError: The folder cannot be written to.
    """
    path = folder / FILE
    ours = [(name, files(__package__).joinpath(name).read_bytes()) for name in _ALONGSIDE]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in [*parts.files(), *ours]:
            entry = zipfile.ZipInfo(name, _OLDEST_DAY)
            entry.create_system = 3  # the same on Windows, which would write 0
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return path
