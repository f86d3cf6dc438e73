"""The worksheet functions in LibreOffice Calc: the extension added to a profile of its own, formulas recalculated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest

from tests.support.contract import Case, Table

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    + " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    + f' xmlns:of="{OFFICE}of:1.2" office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
)
CLOSING = "</office:spreadsheet></office:body></office:document>"
ERRORS = ("#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!", "#NAME?", "#NULL!")
NOBODY = 65534


@dataclass(frozen=True)
class Calc:
    """LibreOffice with the extension, in a folder of its own."""

    folder: Path

    def add(self, extension: Path) -> None:
        """Adds the extension. LibreOffice's own tool refuses the superuser, who therefore asks nobody to do it."""
        place = self.folder / "added"
        place.mkdir()
        shutil.copy(extension, place)
        user = {}
        if os.getuid() == 0:
            user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            _owned(self.folder, NOBODY)
        command = ["unopkg", "add", str(place / extension.name), self._profile]
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=self._environment(), **user)
        if user:
            _owned(self.folder, 0)

    def sheets(self, texts: Sequence[str], packages: str) -> dict[str, Table]:
        """What each sheet shows after recalculation, by name; ``packages`` is where its Python looks for xlcredit."""
        source = self.folder / "cases.fods"
        source.write_text(OPENING + "".join(texts) + CLOSING, encoding="utf-8")
        command = [
            "soffice", "--headless", "--norestore", self._profile,
            "--convert-to", "xlsx", "--outdir", str(self.folder), str(source),
        ]  # fmt: skip
        environment = self._environment() | {"PYTHONPATH": packages}
        subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
        book = openpyxl.load_workbook(self.folder / "cases.xlsx", data_only=True)
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}

    @property
    def _profile(self) -> str:
        return f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"

    def _environment(self) -> dict[str, str]:
        ours = {"HOME": str(self.folder), "XLCREDIT_HOME": str(self.folder / "settings")}
        return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **ours}


def _owned(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


def needed() -> tuple[int, int]:
    """Version of the Python that LibreOffice runs; skips where there is none."""
    if shutil.which("unopkg") is None:
        pytest.skip("LibreOffice is not installed")
    ask = "import sys, uno; print(*sys.version_info[:2])"
    told = subprocess.run(["/usr/bin/python3", "-c", ask], capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip("LibreOffice has no Python here: the package python3-uno is missing")
    major, minor = map(int, told.stdout.split())
    return major, minor


def packages() -> str:
    """Where xlcredit and its libraries are; skips where LibreOffice runs another Python, since numpy is built for one."""
    if needed() != sys.version_info[:2]:
        pytest.skip(f"LibreOffice runs Python {needed()}, these libraries are for {sys.version_info[:2]}")
    return os.pathsep.join((str(Path(__file__).parents[2]), sysconfig.get_path("purelib")))


def sheet(name: str, case: Case) -> str:
    """A sheet that calls the function from A1, its arguments beside the result, each in columns of its own."""
    start = max(map(len, case.expected)) + 1
    blocks, references = [], []
    for rows in case.arguments:
        blocks.append((start, rows))
        references.append(_reference(start, rows))
        start += max(map(len, rows)) + 1
    formula = f"of:=ORG.XLCREDIT.FUNCTIONS.{case.function}({';'.join(references)})"
    deep = max(len(rows) for rows in (case.expected, *case.arguments))
    lines = [_line(number, start, blocks) for number in range(deep)]
    size = f'table:number-matrix-columns-spanned="{max(map(len, case.expected))}"'
    size += f' table:number-matrix-rows-spanned="{len(case.expected)}"'
    lines[0] = lines[0].replace(
        "<table:table-cell/>", f"<table:table-cell table:formula={quoteattr(formula)} {size}/>", 1
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f"<table:table table:name={quoteattr(name)}>{rows}</table:table>"


def _reference(start: int, rows: Table) -> str:
    if rows == [[""]]:
        return ""
    end = start + max(map(len, rows)) - 1
    first, last = (f"{openpyxl.utils.get_column_letter(column + 1)}" for column in (start, end))
    return f"[.{first}1]" if len(rows) == 1 and start == end else f"[.{first}1:.{last}{len(rows)}]"


def _line(number: int, width: int, blocks: Sequence[tuple[int, Table]]) -> str:
    cells = ["<table:table-cell/>"] * width
    for start, rows in blocks:
        for place, value in enumerate(rows[number] if number < len(rows) else []):
            cells[start + place] = _cell(value)
    return "".join(cells)


def _cell(value: object) -> str:
    if value == "":
        return "<table:table-cell/>"
    if value in ERRORS:
        return f'<table:table-cell table:formula="of:={value}"/>'
    match value:
        case bool():
            kind = f'"boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'"float" office:value="{value!r}"'
        case date():
            kind = f'"date" office:date-value="{value.isoformat()}"'
        case _:
            kind = '"string"'
    text = f"<text:p>{escape(value)}</text:p>" if isinstance(value, str) else ""
    return f"<table:table-cell office:value-type={kind}>{text}</table:table-cell>"
