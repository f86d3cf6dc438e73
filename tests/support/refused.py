"""Workbooks that must not be touched: signed, encrypted, protected, damaged, or traps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from msoffcrypto.format.ooxml import OOXMLFile

from tests.support.ledgers import ROWS, Row, ledger_book, plain
from tests.support.packages import LEDGER, PACKAGE, XML, add_default, add_part, read_parts, relate, replace, reworked


def signed(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A package with a digital signature, which any change would break."""
    plain(path, rows)
    with reworked(path) as parts:
        kind = "application/vnd.openxmlformats-package.digital-signature"
        add_default(parts, "sigs", f"{kind}-origin")
        add_part(parts, "_xmlsignatures/origin.sigs", b"")
        signature = f'{XML}<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageSignature"/>'
        add_part(parts, "_xmlsignatures/sig1.xml", signature, f"{kind}-xmlsignature+xml")
        relate(parts, "", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")
        relation = f"{PACKAGE}/relationships/digital-signature/signature"
        relate(parts, "_xmlsignatures/origin.sigs", relation, "sig1.xml")
    return path


def encrypted(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A workbook that asks for a password to open."""
    clear = plain(path.with_name(f"clear-{path.name}"), rows)
    with clear.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    clear.unlink()
    return path


def protected_ledger(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The ledger's own sheet is protected."""
    with ledger_book(path, rows) as (_, sheet):
        sheet.protect("secret")
    return path


def truncated(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The last third of the file is missing, as after an aborted download."""
    content = plain(path, rows).read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def bad_checksum(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """One byte of the sheet differs from what its checksum says."""
    parts = read_parts(plain(path, rows))
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"<sheetData><row ", b"<sheetData><roW ", 1))
    return path


def without_its_sheet(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The workbook names a sheet whose part is not there."""
    plain(path, rows)
    with reworked(path) as parts:
        del parts[LEDGER]
    return path


def without_a_workbook(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A zip archive of documents, no workbook."""
    with ZipFile(path, "w") as package:
        package.writestr("readme.txt", f"{len(rows)} items")
    return path


def malformed(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The sheet's XML breaks off in the middle."""
    plain(path, rows)
    with reworked(path) as parts:
        parts[LEDGER] = parts[LEDGER][: len(parts[LEDGER]) // 2]
    return path


def zip_bomb(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A sheet of 1 GB of blanks in 1 MB of file."""
    parts = read_parts(plain(path, rows))
    blanks = b" " * (1 << 20)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=2) as package:
        for name, content in parts.items():
            with package.open(name, "w", force_zip64=True) as member:
                head, tail = content.split(b"<sheetData>") if name == LEDGER else (content, b"")
                member.write(head)
                if tail:
                    for _ in range(1024):
                        member.write(blanks)
                    member.write(b"<sheetData>" + tail)
    return path


def lying_sizes(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The directory says the sheet is a few bytes long when it is megabytes."""
    plain(path, rows)
    with reworked(path) as parts:
        replace(parts, LEDGER, "<sheetData>", " " * 20_000_000 + "<sheetData>")
    raw = bytearray(path.read_bytes())
    with ZipFile(path) as package:
        true = package.getinfo(LEDGER).file_size
    for at in range(len(raw) - 4):
        if raw[at : at + 4] == true.to_bytes(4, "little"):
            raw[at : at + 4] = (4096).to_bytes(4, "little")
    path.write_bytes(raw)
    return path


def entities(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A document type that defines a billion laughs."""
    plain(path, rows)
    with reworked(path) as parts:
        lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
        replace(parts, LEDGER, "<worksheet", f"<!DOCTYPE worksheet [{lol}]><worksheet")
        replace(
            parts, LEDGER, "</sheetData>", '<row r="99"><c t="inlineStr"><is><t>&l8;</t></is></c></row></sheetData>'
        )
    return path


def twice_the_same_part(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The sheet stands in the package twice, and readers differ about which counts."""
    parts = read_parts(plain(path, rows))
    decoy = LEDGER.replace("sheet1", "sheetX")
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in {**parts, decoy: parts[LEDGER]}.items():
            package.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(decoy.encode(), LEDGER.encode()))
    return path


def climbing_out(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """A member whose name leads out of the folder it is unpacked to."""
    plain(path, rows)
    with ZipFile(path, "a") as package:
        package.writestr("../../etc/evil.xml", "<x/>")
    return path


def utf_16(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    """The sheet in UTF-16: allowed, written by nobody, and read as empty by calamine."""
    plain(path, rows)
    with reworked(path) as parts:
        parts[LEDGER] = parts[LEDGER].decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")
    return path


ALL = (
    signed, encrypted, protected_ledger, truncated, bad_checksum, without_its_sheet, without_a_workbook, malformed,
    zip_bomb, lying_sizes, entities, twice_the_same_part, climbing_out, utf_16,
)  # fmt: skip
