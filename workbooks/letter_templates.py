"""Recipes of the letter templates: Word documents with merge fields, one for each letter and language.

``python -m workbooks.letter_templates`` writes them into the package; the same words give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import xlcredit.letters
from xlcredit.locales import LANGUAGES, Words

FOLDER: Final = Path(xlcredit.letters.__file__).parent / "templates"
LETTERS: Final = ("reminder", "demand", "lawyer")
ITEMS: Final = ("document", "document_date", "due_date", "days", "currency", "amount")
CHARGED: Final = ("rate", "interest")
CLAIMS: Final = ("claim_currency", "claim_items", "claim_interest", "claim_fixed_sum", "claim_fee", "claim_total")
POLITE: Final = ("claim_currency", "claim_items", "claim_charges", "claim_total")
_LEFT: Final = {"document", "document_date", "due_date", "currency", "claim_currency"}
_WIDTH: Final = 9356
"""Between margins of 2.25 cm on A4, in twentieths of a point."""
_WIDTHS: Final = {
    "document": 1700,
    "document_date": 1180,
    "due_date": 1180,
    "days": 860,
    "amount": 1360,
    "rate": 880,
    "interest": 1100,
    "currency": 1100,
    "claim_currency": 1100,
}
"""What a number of nine digits, or a word of the heading, takes in the widest font that stands in for Calibri."""
_USUAL: Final = 1040
_DAYS_TO_GO: Final = 1500
"""Width of the days past due where the letter says "due in 5 days"."""
_SHADE: Final = "D9E1F2"
_LINE: Final = "8EA9DB"
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_templates(folder: Path = FOLDER) -> None:
    """Writes every template into a folder."""
    for letter in LETTERS:
        for lang in LANGUAGES:
            (folder / f"{letter}.{lang}.docx").write_bytes(template(letter, lang))


def template(letter: str, lang: str) -> bytes:
    """The Word document of a letter in a language."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:  # not compressed: that may differ from one zlib to the next
        for name, text in _parts(letter, Words.of(lang)).items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _DECLARED + text)
    return target.getvalue()


def _parts(letter: str, words: Words) -> dict[str, str]:
    parts = {"document": "document.main", "styles": "styles", "settings": "settings", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in parts.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for at, (name, kind) in enumerate((("styles", "styles"), ("settings", "settings"), ("footer1", "footer")), 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "word/document.xml": _part("document", f"<w:body>{''.join(_body(letter, words))}{_SECTION}</w:body>"),
        "word/styles.xml": _part("styles", _styles(words.lang)),
        "word/settings.xml": _part("settings", _SETTINGS),
        "word/footer1.xml": _part("ftr", _footer(words)),
    }


def _part(root: str, content: str) -> str:
    return f'<w:{root} xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}">{content}</w:{root}>'


_SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1275" w:bottom="1134" w:left="1275" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
"""As Word 2013 and later lay a document out; without it Word calls it one of an older version."""


def _styles(lang: str) -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Microsoft YaHei"/>'
    spoken = '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>'
    size = 21 if lang == "zh" else 22
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{spoken}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="120"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Subject"><w:name w:val="Subject"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:before="240" w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Indented"><w:name w:val="Indented"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:ind w:firstLine="420" w:firstLineChars="200"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:keepLines/><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
    )


def _footer(words: Words) -> str:
    page = _run(f"{words('letter_parts', 'page')} ") + _field("PAGE", "1") + _run(" / ") + _field("NUMPAGES", "1")
    return _paragraph(_text("{reference} · ") + page, "Small", side="right")


def _body(letter: str, words: Words) -> Iterator[str]:
    """From the head to the signature, as letters of the language are laid out."""
    chinese, lawyer = words.lang == "zh", letter == "lawyer"
    signer = "{lawyer}" if lawyer else "{sender}"

    def said(part: str, *, after: int | None = None, keep: bool = False) -> str:
        text = _text(words(f"letter_{letter}", part))
        return _paragraph(text, "Indented" if chinese else "", after=after, keep=keep)

    yield _paragraph(_text(signer, bold=True), "Small")
    yield _paragraph(_text("{lawyer_contact}" if lawyer else "{sender_address}"), "Small")
    yield _paragraph(_text("{recipient}"), before=480, after=0)
    yield "" if chinese else _paragraph(_text("{date}"), side="right", before=240, after=0)
    yield _paragraph(_text(words("letter_parts", "reference")), side="right", before=240 if chinese else 0, after=0)
    yield "" if lawyer else _paragraph(_text("{customer_number}"), side="right")
    yield _paragraph(_text(words(f"letter_{letter}", "subject")), "Subject", side="center" if chinese else "")
    yield _paragraph(_text(words(f"letter_{letter}", "salutation")))
    yield said("opening", keep=True)
    yield _table((*ITEMS, *(() if letter == "reminder" else CHARGED)), words) + _paragraph("", "Small")
    yield _table(POLITE if letter == "reminder" else CLAIMS, words, keep=True)
    yield _paragraph(_text("{notes}"), "Small", before=120)
    yield _paragraph(_text(words(f"letter_{letter}", "request")), "Indented" if chinese else "", before=200)
    yield said("pay_to", after=0, keep=True)
    yield _paragraph(_text("{accounts}"), "Indented" if chinese else "", after=0, keep=True)
    yield _paragraph(_text(words("letter_parts", "quote")), "Indented" if chinese else "")
    yield said("closing", keep=True)
    yield said("regards", after=360, keep=True)
    side = "right" if chinese else ""
    yield "" if lawyer else _paragraph(_text("{signature}"), after=0, side=side, keep=True)
    yield _paragraph(_text(signer), after=0, side=side, keep=chinese)
    yield _paragraph(_text("{date}"), side=side) if chinese else ""


def _table(fields: tuple[str, ...], words: Words, *, keep: bool = False) -> str:
    widths = _widths(fields)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for edge in ("top", "bottom", "insideH")
    )
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    columns = list(zip(fields, widths, strict=True))
    heading = "".join(
        _cell(_text(words("letter_headings", field), bold=True), field, width, keep=True, shade=_SHADE)
        for field, width in columns
    )
    row = "".join(_cell(_text(f"{{{field}}}"), field, width, keep=keep) for field, width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _widths(fields: tuple[str, ...]) -> list[int]:
    """Widths of columns from margin to margin."""
    own = _WIDTHS if "rate" in fields else {**_WIDTHS, "days": _DAYS_TO_GO}
    widths = [own.get(field, _USUAL) for field in fields]
    return [_WIDTH * width // sum(widths) for width in widths]


def _cell(content: str, field: str, width: int, *, keep: bool, shade: str = "") -> str:
    paragraph = _paragraph(content, "Small", side="left" if field in _LEFT else "right", keep=keep)
    fill = f'<w:shd w:val="clear" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{paragraph}</w:tc>'


def _paragraph(
    content: str,
    style: str = "",
    *,
    side: str = "",
    before: int | None = None,
    after: int | None = None,
    keep: bool = False,
) -> str:
    around = {"before": before, "after": after}
    spacing = "".join(f' w:{place}="{space}"' for place, space in around.items() if space is not None)
    said = (
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        f'<w:jc w:val="{side}"/>' if side else "",
    )
    return f"<w:p><w:pPr>{''.join(said)}</w:pPr>{content}</w:p>"


def _text(text: str, *, bold: bool = False) -> str:
    """Runs of a text, each {name} in it a merge field."""
    parts = re.split(r"\{(\w+)\}", text)
    return "".join(
        _field(f"MERGEFIELD {part}", f"«{part}»", bold=bold) if at % 2 else _run(part, bold=bold)
        for at, part in enumerate(parts)
        if part
    )


def _run(text: str, *, bold: bool = False) -> str:
    return f'<w:r>{_look(bold)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(instruction: str, shown: str, *, bold: bool = False) -> str:
    mark = f'<w:r>{_look(bold)}<w:fldChar w:fldCharType="{{}}"/></w:r>'
    asked = f'<w:r>{_look(bold)}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{mark.format('begin')}{asked}{mark.format('separate')}{_run(shown, bold=bold)}{mark.format('end')}"


def _look(bold: bool) -> str:
    return "<w:rPr><w:b/></w:rPr>" if bold else ""


if __name__ == "__main__":
    write_templates()
