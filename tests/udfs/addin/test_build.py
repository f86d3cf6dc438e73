"""The built add-in, read again by what did not write it."""

from __future__ import annotations

import re
import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.support.vba import texts
from udfs.addin import build, check
from udfs.catalogue import functions


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build.build(tmp_path_factory.mktemp("built"), texts())


def test_the_same_sources_make_the_same_bytes(built, tmp_path):
    assert [path.read_bytes() for path in build.build(tmp_path, texts())] == [path.read_bytes() for path in built]


def test_an_add_in_and_a_workbook_are_built_without_a_fault(built):
    assert [path.name for path in built] == ["xlcredit.xlam", "xlcredit.xlsm"]
    assert [check.faults(path) for path in built] == [[], []]


def test_an_independent_reader_finds_every_module(built):
    for path in built:
        # In a process of its own: its libraries warn of what is deprecated.
        said = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "oletools.olevba", "--code", str(path)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        names = set(re.findall(r"^VBA MACRO (\S+)", said, re.MULTILINE))
        assert names == {
            "ThisWorkbook.cls", "Sheet1.cls", "XlcreditCalls.bas", "XlcreditFunctions.bas", "XlcreditHelp.bas",
            "XlcreditHost.bas", "XlcreditRibbon.bas", "XlcreditWords.bas",
        }  # fmt: skip


def test_the_modules_read_back_are_those_written(built):
    written = {name: source.splitlines() for name, source in build.modules(texts()).items()}
    read = {name: source.splitlines() for name, source in check.read_modules(built[0]).items() if name in written}
    assert read == written


def test_there_is_a_wrapper_for_every_function_with_its_optional_arguments(built):
    source = check.read_modules(built[0])["XlcreditFunctions"]
    assert (
        "Public Function CREDIT_SCORE(answers As Variant, Optional policy As Variant, Optional headers As Variant)"
        " As Variant" in source
    )
    assert source.count("Public Function ") == len(functions())


def test_the_package_carries_the_versions_it_was_built_from(built):
    with ZipFile(built[0]) as package:
        properties = package.read("docProps/custom.xml").decode()
    for name, number in build.versions().items():
        assert f'name="{name}"><vt:lpwstr>{number}</vt:lpwstr>' in properties
    assert f"xlwings64-{build.versions()['xlwings']}.dll" in check.read_modules(built[0])["XlcreditHost"]


def test_no_workbook_can_say_where_python_is(built):
    for source in check.read_modules(built[0]).values():
        assert "xlwings.conf" not in source
        assert "ThisWorkbook.FullName" not in source
        assert "ActiveWorkbook.Path" not in source


def test_a_missing_callback_part_or_wrapper_is_named(built, tmp_path):
    broken = tmp_path / "broken.xlam"
    with ZipFile(built[0]) as source, ZipFile(broken, "w") as target:
        for name in source.namelist():
            if name != "customUI/images/doctor.png":
                target.writestr(name, source.read(name).replace(b'"XlcreditAction"', b'"Nobody"'))
    said = check.faults(broken)
    assert "customUI/_rels/customUI14.xml.rels points to customUI/images/doctor.png, which is not there" in said
    assert "about: onAction calls Nobody, which is not there" in said
