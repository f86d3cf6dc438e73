"""XML edited where it stands keeps every byte that is not meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xlcredit.excel.ooxml.markup import Document, encoding_of, inline_string, quoted_value, with_attribute
from xlcredit.kernel.errors import WorkbookError

TEXT = "<?xml version='1.0'?>\n<!-- <a/> --><r xmlns='u' xmlns:p='v'><a  n = 'x>y' p:n=\"2\"/><p:b>t<![CDATA[<a>]]></p:b ></r>\n"


def document(text: str = TEXT) -> Document:
    return Document(text.encode(), "book.xlsx", "xl/x.xml")


def test_a_document_without_edits_is_its_bytes():
    assert TEXT.encode() == document().render()


def test_elements_know_where_they_stand():
    doc = document()
    a, b = doc.root.children
    assert b"<a  n = 'x>y' p:n=\"2\"/>" == doc.raw(a)
    assert b"<p:b>t<![CDATA[<a>]]></p:b >" == doc.raw(b)
    assert ("x>y", "2", "t<a>", b"p:", b"") == (a.get("n"), a.attributes["v n"], b.text, doc.prefix(b), doc.prefix(a))


def test_edits_touch_only_what_they_mean():
    doc = document()
    a, b = doc.root.children
    doc.set(a, n='"&<')
    doc.append(a, b"<c/>")
    doc.append(b, b"<d/>")
    doc.insert(b.start, b"<e/>")
    expected = TEXT.replace("n = 'x>y' p:n=\"2\"/>", 'n="&quot;&amp;&lt;" p:n="2"><c/></a><e/>')
    assert expected.replace("]]></p:b", "]]><d/></p:b").encode() == doc.render()


def test_what_is_replaced_takes_the_edits_inside_with_it():
    doc = document("<r><a><b/></a></r>")
    doc.append(doc.root.children[0].children[0], b"x")
    doc.replace(doc.root.children[0], b"")
    assert b"<r></r>" == doc.render()


def test_a_part_in_another_encoding_is_edited_in_utf_8():
    doc = Document('<?xml version="1.0" encoding="UTF-16"?><r a="é"/>'.encode("utf-16"), "book.xlsx", "x")
    doc.set(doc.root, a="ü")
    assert '<?xml version="1.0" encoding="UTF-8"?><r a="ü"/>'.encode() == doc.render()


@pytest.mark.parametrize("text", ["<r>", "<r></q>", "", "<r/><r/>", "<r>&nope;</r>", "<x:r/>"])
def test_malformed_xml_is_damage(text):
    with pytest.raises(WorkbookError, match=r"xl/x\.xml: book\.xlsx is damaged"):
        document(text)


@pytest.mark.parametrize("text", ["<!DOCTYPE r><r/>", '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>'])
def test_a_document_type_is_refused(text):
    with pytest.raises(WorkbookError, match="declares XML entities"):
        document(text)


@pytest.mark.parametrize(
    ("tag", "name", "value", "expected"),
    [
        (b"<c/>", "s", "1", b'<c s="1"/>'),
        (b"<c s='0' t='s'>", "s", "1", b"<c s=\"1\" t='s'>"),
        (b"<c s='0' t='s'>", "s", None, b"<c t='s'>"),
        (b"<c t='s'>", "s", None, b"<c t='s'>"),
        (b"<c xs='0' />", "s", "1", b"<c xs='0' s=\"1\"/>"),
    ],
)
def test_one_attribute_of_a_tag(tag, name, value, expected):
    assert expected == with_attribute(tag, name, value)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"<r/>", "utf-8"), (b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
     (b"<?xml version='1.0' encoding='gb18030'?>", "gb18030"), ("<r/>".encode("utf-16"), "utf-16")],
)  # fmt: skip
def test_the_declared_encoding(data, expected):
    assert expected == encoding_of(data)


@given(st.text(max_size=40))
def test_any_text_makes_well_formed_xml(text):
    root = etree.fromstring(b'<c a="' + quoted_value(text.translate(CONTROLS)) + b'">' + inline_string(text) + b"</c>")
    assert root[0][0].text is None or "\x07" not in root[0][0].text


CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)])


def test_control_characters_are_written_as_excel_does():
    assert b"<is><t>a_x0007_b_x000D_c</t></is>" == inline_string("a\x07b\rc")


def test_what_looks_like_such_a_character_stays_what_it_is():
    assert b"<is><t>_x005F_x0041_ _x41</t></is>" == inline_string("_x0041_ _x41")


def test_text_longer_than_a_cell_holds_is_cut():
    assert 32767 == len(etree.fromstring(inline_string("x" * 40_000)).findtext("t"))
