"""The extension for LibreOffice as a file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from udfs.calc.build import build
from udfs.catalogue import functions

OOR = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def part(folder: Path, name: str) -> str:
    with zipfile.ZipFile(build(folder)) as archive:
        return archive.read(name).decode("utf-8")


def test_the_same_bytes_each_time(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert build(tmp_path / "a").read_bytes() == build(tmp_path / "b").read_bytes()


def test_everything_the_manifest_names_is_there(tmp_path: Path):
    with zipfile.ZipFile(build(tmp_path)) as archive:
        manifest = ET.fromstring(archive.read("META-INF/manifest.xml"))
        named = {value for entry in manifest for key, value in entry.attrib.items() if key.endswith("full-path")}
        assert named == {"functions.idl", "functions.components", "CalcAddIns.xcu"}
        assert named | {"component.py", "missing.txt"} < set(archive.namelist())


def test_arguments_are_named_as_unoidl_allows(tmp_path: Path):
    line = "sequence<sequence<any> > DAYS_PAST_DUE([in] any due, [in] any asOf);"
    assert line in part(tmp_path, "functions.idl")


def test_the_wizard_helps_with_every_function_in_both_languages(tmp_path: Path):
    root = ET.fromstring(part(tmp_path, "CalcAddIns.xcu"))
    nodes = {node.get(f"{OOR}name"): node for node in root.iter("node")}
    for lang, tag in (("en", "en"), ("zh", "zh-CN")):
        for function in functions(lang):
            texts = [value.text for value in nodes[function.name].iter("value") if value.get(LANG) == tag]
            assert {function.purpose, *(argument.help for argument in function.arguments)} <= set(texts)
