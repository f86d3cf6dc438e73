"""The add-in's files: xlcredit.xlam, and xlcredit.xlsm, a workbook that carries the functions itself.

pyOpenVBA makes the VBA project; ribbon, icons and properties are added to the package here. Fixed dates and a fixed
order make the same bytes of the same sources.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from udfs.addin import check, words, wrappers
from xlcredit import __version__

NAMES = ("xlcredit.xlam", "xlcredit.xlsm")
WRITTEN = ("XlcreditHost", "XlcreditCalls", "XlcreditHelp", "XlcreditRibbon")
"""Modules written by hand, in ``vba``; the wrappers and the words are generated."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the first a zip file can hold."""

PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">\
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="xlcredit">\
<vt:lpwstr>{xlcredit}</vt:lpwstr></property>\
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="3" name="xlwings">\
<vt:lpwstr>{xlwings}</vt:lpwstr></property>\
</Properties>"""

CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>xlcredit</dc:title>\
<dc:creator>xlcredit contributors</dc:creator></cp:coreProperties>"""

RELATION = '<Relationship Id="{id}" Type="{type}" Target="{target}"/>'
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
UI_TYPE = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
IMAGE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
PROPERTIES_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def versions() -> dict[str, str]:
    """The versions the add-in is built from: ours, and that of the xlwings whose DLL it speaks to."""
    return {"xlcredit": __version__, "xlwings": version("xlwings")}


def modules(texts: Mapping[str, words.Texts]) -> dict[str, str]:
    """Source of every module of the project by its name, with ``texts`` by language."""
    written = {name: _text(f"vba/{name}.bas") for name in WRITTEN}
    written["XlcreditHost"] = written["XlcreditHost"].replace("@XLWINGS@", versions()["xlwings"])
    return {**written, wrappers.MODULE: wrappers.module(), words.MODULE: words.module(texts)}


def build(folder: Path, texts: Mapping[str, words.Texts], names: tuple[str, ...] = NAMES) -> tuple[Path, ...]:
    """Builds the files in a folder, which is made where needed, and returns their paths.

    Raises ImportError without pyOpenVBA, ValueError where a file would be faulty, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_build(folder / name, texts) for name in names)


def _build(path: Path, texts: Mapping[str, words.Texts]) -> Path:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:  # beside the target: replacing it is then atomic
        made = Path(folder) / path.name
        _project(made, modules(texts))
        _package(made)
        if faults := check.faults(made):
            raise ValueError("; ".join(faults))
        made.replace(path)
    return path


def _project(path: Path, sources: Mapping[str, str]) -> None:
    from pyopenvba import ExcelFile

    with ExcelFile.create_new(path) as book:
        project = book.vba_project()
        project.delete_module("Module1")
        for name, source in sources.items():
            project.add_module(name, _lines(source))
        book.set_module("ThisWorkbook", book.get_module("ThisWorkbook") + _lines(_text("vba/ThisWorkbook.cls")))
        book.save()


def _lines(source: str) -> str:
    return source.replace("\n", "\r\n")


def _package(path: Path) -> None:
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts = {**parts, **_added(), **_changed(parts)}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        # The content types lead, as Excel writes them; the order of the others means nothing.
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each)):
            package.writestr(_entry(name), parts[name])


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, FIRST_DAY)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
    return entry


def _added() -> dict[str, bytes]:
    ribbon = _text("ribbon.xml")
    images = sorted(set(re.findall(r'image="(\w+)"', ribbon)))
    relations = "".join(RELATION.format(id=each, type=IMAGE_TYPE, target=f"images/{each}.png") for each in images)
    return {
        "customUI/customUI14.xml": ribbon.encode(),
        "customUI/_rels/customUI14.xml.rels": RELATIONS.format(relations).encode(),
        **{f"customUI/images/{each}.png": _resource(f"icons/{each}.png").read_bytes() for each in images},
        "docProps/custom.xml": PROPERTIES.format(**versions()).encode(),
        "docProps/core.xml": CORE.encode(),
    }


def _changed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    image = '<Default Extension="png" ContentType="image/png"/>'
    properties = f'<Override PartName="/docProps/custom.xml" ContentType="{PROPERTIES_CONTENT}"/>'
    relations = (
        RELATION.format(id="xlcreditRibbon", type=UI_TYPE, target="customUI/customUI14.xml"),
        RELATION.format(id="xlcreditVersions", type=PROPERTIES_TYPE, target="docProps/custom.xml"),
    )
    return {
        "[Content_Types].xml": _before_end(parts["[Content_Types].xml"], image, properties),
        "_rels/.rels": _before_end(parts["_rels/.rels"], *relations),
    }


def _before_end(xml: bytes, *elements: str) -> bytes:
    head, end, tail = xml.rpartition(b"</")
    return head + "".join(elements).encode() + end + tail


def _text(name: str) -> str:
    return _resource(name).read_text("utf-8")


def _resource(name: str):
    return files("udfs.addin").joinpath(name)
