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
_WEIGHTS: Final = {
    "document": 1.2,
    "document_date": 1.2,
    "due_date": 1.2,
    "days": 0.9,
    "currency": 1.1,
    "amount": 1.2,
    "rate": 0.9,
}
"""Widths of the columns that are not of the usual one."""
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
        "word/settings.xml": _part("settings", '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'),
        "word/footer1.xml": _part("ftr", _footer(words)),
    }


def _part(root: str, content: str) -> str:
    return f'<w:{root} xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}">{content}</w:{root}>'


_SECTION: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1275" w:bottom="1134" w:left="1275" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


def _styles(lang: str) -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Microsoft YaHei"/>'
    spoken = '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>'
    size = 21 if lang == "zh" else 22
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{spoken}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Subject"><w:name w:val="Subject"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:before="240" w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
    )


def _footer(words: Words) -> str:
    page = _run(f"{words('letter_parts', 'page')} ") + _field("PAGE", "1") + _run(" / ") + _field("NUMPAGES", "1")
    return _paragraph(_text("{reference} · ") + page, "Small", side="right")


def _body(letter: str, words: Words) -> Iterator[str]:
    def said(part: str) -> str:
        return words(f"letter_{letter}", part)

    lawyer = letter == "lawyer"
    yield _paragraph(_text("{lawyer}" if lawyer else "{sender}", bold=True), "Small")
    yield "" if lawyer else _paragraph(_text("{sender_address}"), "Small")
    yield _paragraph("") + _paragraph(_text("{recipient}"), "", after=0)
    yield _paragraph(_text(words("letter_parts", "to")), "", after=240)
    yield _paragraph(_text("{date}"), side="right", after=0)
    yield _paragraph(_text(words("letter_parts", "reference")), side="right")
    yield _paragraph(_text(said("subject")), "Subject")
    yield _paragraph(_text(words("letter_parts", "salutation")))
    yield _paragraph(_text(said("opening")))
    yield _table((*ITEMS, *(() if letter == "reminder" else CHARGED)), words) + _paragraph("", "Small")
    yield _table(POLITE if letter == "reminder" else CLAIMS, words) + _paragraph("", "Small")
    yield _paragraph(_text("{notes}"), "Small") + _paragraph("", "Small")
    yield _paragraph(_text(said("request")))
    yield _paragraph(_text(words("letter_parts", "pay_to")), after=0, keep=True)
    yield _paragraph(_text("{accounts}"), after=0)
    yield _paragraph(_text(words("letter_parts", "quote")))
    yield _paragraph(_text(said("closing")))
    yield _paragraph(_text(said("regards")), after=360, keep=True)
    yield "" if lawyer else _paragraph(_text("{signature}"), after=0, keep=True)
    yield _paragraph(_text("{lawyer}" if lawyer else "{sender}"))


def _table(fields: tuple[str, ...], words: Words) -> str:
    weights = [_WEIGHTS.get(field, 1.0) for field in fields]
    widths = [int(_WIDTH * weight / sum(weights)) for weight in weights]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for edge in ("top", "bottom", "insideH")
    )
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    heading = "".join(
        _cell(
            _text(words("letter_headings", field), bold=True), field, width, f'<w:shd w:val="clear" w:fill="{_SHADE}"/>'
        )
        for field, width in zip(fields, widths, strict=True)
    )
    row = "".join(_cell(_text(f"{{{field}}}"), field, width) for field, width in zip(fields, widths, strict=True))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _cell(content: str, field: str, width: int, shade: str = "") -> str:
    side = "left" if field in _LEFT else "right"
    paragraph = _paragraph(content, "Small", side=side)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{paragraph}</w:tc>'


def _paragraph(content: str, style: str = "", *, side: str = "", after: int | None = None, keep: bool = False) -> str:
    said = (
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        f'<w:spacing w:after="{after}"/>' if after is not None else "",
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
