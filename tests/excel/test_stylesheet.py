"""Styles are appended, never renumbered, and used again where the same one stands already."""

from __future__ import annotations

from tests.support.packages import MAIN
from xlcredit.excel.ooxml.markup import Document
from xlcredit.excel.ooxml.stylesheet import EMPTY, Stylesheet

SHEET = f"""<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts>
<fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill/><fill/></fills><borders count="1"><border/></borders>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="4" fontId="0" fillId="1" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment horizontal="right" vertical="center"/></xf>
<xf xfId="0" borderId='0' fillId='1' fontId='0' numFmtId='0' applyAlignment='1'><alignment vertical='center'></alignment></xf></cellXfs>
</styleSheet>"""


def sheet(text: str = SHEET) -> Stylesheet:
    return Stylesheet(Document(text.encode(), "book.xlsx", "xl/styles.xml"))


def test_a_body_style_keeps_the_neighbours_fill_and_upright_place_and_takes_its_own_format():
    styles = sheet()
    assert 3 == styles.body(1, "yyyy-mm-dd")
    added = styles.render().decode().split("</xf>")[-2]
    assert 'numFmtId="171"' in added
    assert 'fillId="1"' in added
    assert '<alignment vertical="center"/>' in added
    assert "quotePrefix" not in added


def test_a_style_written_another_way_is_still_the_same():
    styles = sheet()
    assert 2 == styles.body(1, "General")
    assert not styles.grown


def test_the_same_style_is_added_once():
    styles = sheet()
    assert [3, 4, 3] == [styles.body(0, "0.000"), styles.body(0, "0.0%"), styles.body(0, "0.000")]
    assert b'<cellXfs count="5">' in styles.render()


def test_a_number_format_that_stands_is_used_again():
    styles = sheet()
    styles.body(0, "0.000")
    assert b'<numFmts count="1">' in styles.render()


def test_excels_own_formats_need_no_entry():
    styles = sheet()
    styles.body(0, "#,##0.00")
    assert b'numFmtId="4"' in styles.render().split(b"</xf>")[-1]
    assert b"#,##0.00" not in styles.render()


def test_lists_that_were_not_there_are_put_where_the_schema_wants_them():
    styles = sheet()
    assert 0 == styles.shade("FFC7CE", "9C0006")
    assert 1 == styles.shade("FFC7CE", "")
    assert 0 == styles.shade("FFC7CE", "9C0006")
    text = styles.render().decode()
    assert text.index("</cellXfs>") < text.index('<dxfs count="2">')


def test_every_byte_before_what_is_added_stays():
    styles = sheet()
    styles.own_header()
    text = styles.render().decode()
    for kept in (
        SHEET[SHEET.index("<cellXfs") + 20 : SHEET.index("</cellXfs>")],
        '<numFmt numFmtId="170" formatCode="0.000"/>',
    ):
        assert kept in text


def test_a_prefix_is_spoken_too():
    text = SHEET.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    styles = sheet(text)
    styles.shade("FFC7CE", "")
    styles.body(0, "yyyy-mm-dd")
    Document(styles.render(), "book.xlsx", "xl/styles.xml")
    assert b"<x:dxf><x:fill><x:patternFill><x:bgColor" in styles.render()


def test_without_any_xf_the_first_stays_plain():
    styles = sheet(f'<styleSheet xmlns="{MAIN}"></styleSheet>')
    assert 1 == styles.body(0, "0.00")
    assert b'<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' in styles.render()


def test_the_stylesheet_of_a_workbook_without_one_is_whole():
    styles = sheet((EMPTY % MAIN.encode()).decode())
    assert 1 == styles.body(0, "0.00")
