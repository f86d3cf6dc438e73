"""The workbook's styles, added to at the end only: no index that a cell already uses ever changes.

An *xf* is the style a cell points to; a *dxf* is what a conditional format lays over it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from xlcredit.excel.headings import BUTTON
from xlcredit.excel.ooxml.markup import Document, Element, quoted_value
from xlcredit.excel.styles import HEADER_FILL

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_FONT = ("i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
         "charset", "scheme")  # fmt: skip
_TAG = re.compile(rb"<(/?)(?=[A-Za-z])")
_TOP = {"vertical": "top"}
_WRAPPED = {**_TOP, "wrapText": "1"}
_BUILTIN = (("General", 0), ("0", 1), ("0.00", 2), ("#,##0", 3), ("#,##0.00", 4), ("0%", 9), ("0.00%", 10), ("@", 49))
_FIRST_FREE_FORMAT = 164
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""The stylesheet of a workbook that has none; %s is its namespace."""


class Stylesheet:
    """styles.xml and what is appended to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._prefix = document.prefix(document.root)
        self._sections: dict[str, _Section] = {}
        self._formats = {e.get("formatCode"): e.number("numFmtId") for e in self._entries("numFmts")}

    @property
    def grown(self) -> bool:
        """Whether anything was added."""
        return any(section.grown for section in self._sections.values())

    def header(self, neighbour: int, horizontal: str = "") -> int:
        """The style of a header cell beside one of style ``neighbour``: the same, as text, set to a side of its own."""
        return self._xf(neighbour, 0, ("vertical", "wrapText"), horizontal)

    def body(
        self,
        neighbour: int,
        code: str,
        horizontal: str = "",
        *,
        wrapped: bool = False,
        quoted: bool = False,
        fill: str = "",
        top: bool = False,
    ) -> int:
        """The style of a body cell beside one of style ``neighbour``, with a format, side and fill of its own.

        Quoted is what Excel makes of '=1+1 typed with an apostrophe: text, also when the cell is edited. At the top
        stand the cells of rows in which texts break into lines.
        """
        code_id = self.number_format(code)
        lines = _WRAPPED if wrapped else _TOP if top else {}
        return self._xf(neighbour, code_id, ("vertical",), horizontal, lines, quoted=quoted, fill=fill)

    def own_header(self, horizontal: str = "") -> int:
        """The style of the header on a sheet of ours: bold on a tint, in lines, clear of the filter's button."""
        font, fill = self._bold_font(), self._solid_fill(HEADER_FILL)
        attributes = {"numFmtId": "0", "fontId": str(font), "fillId": str(fill), "borderId": "0", "xfId": "0"}
        clear = {"indent": str(BUTTON)} if horizontal == "right" else {}
        alignment = self._alignment(_WRAPPED | clear, horizontal)
        applied = {"applyFont": "1", "applyFill": "1", "applyAlignment": "1"}
        return self._add_xf({**attributes, **applied}, alignment)

    def shade(self, fill: str, font: str) -> int:
        """The dxf of a fill and a font colour (RRGGBB; "" = as is)."""
        p = self._prefix
        ink = b'<%sfont><%scolor rgb="FF%s"/></%sfont>' % (p, p, font.encode(), p) if font else b""
        paint = b'<%sfill><%spatternFill><%sbgColor rgb="FF%s"/></%spatternFill></%sfill>'
        return self._section("dxfs").add(
            b"<%sdxf>%s%s</%sdxf>" % (p, ink, paint % (p, p, p, fill.encode(), p, p) if fill else b"", p)
        )

    def line_above(self, colour: str) -> int:
        """The dxf of a thin line at the top."""
        p = self._prefix
        line = b'<%sborder><%stop style="thin"><%scolor rgb="FF%s"/></%stop></%sborder>'
        return self._section("dxfs").add(b"<%sdxf>%s</%sdxf>" % (p, line % (p, p, p, colour.encode(), p, p), p))

    def adopt(self, section: str, xml: bytes) -> int:
        """The place of an entry that another workbook wrote, its tags without prefixes."""
        return self._section(section).add(_TAG.sub(rb"<\1" + self._prefix, xml))

    def adopt_xf(self, attributes: Mapping[str, str], inside: bytes) -> int:
        """The same of a cell's style, which points to entries that are here."""
        self._keep_plain()
        return self._add_xf(dict(attributes), _TAG.sub(rb"<\1" + self._prefix, inside))

    def render(self) -> bytes:
        """The part, added to."""
        for name in _ORDER:
            if name in self._sections:
                self._sections[name].settle(self.document)
        return self.document.render()

    def _xf(
        self,
        neighbour: int,
        number_format: int,
        kept: tuple[str, ...],
        horizontal: str,
        lines: Mapping[str, str] = MappingProxyType({}),
        *,
        quoted: bool = False,
        fill: str = "",
    ) -> int:
        xfs = self._entries("cellXfs")
        base = xfs[neighbour] if neighbour < len(xfs) else xfs[0] if xfs else None
        self._keep_plain()
        attributes = {"xfId": "0", "fontId": "0", "fillId": "0", "borderId": "0", **(base.attributes if base else {})}
        attributes["numFmtId"] = str(number_format)
        if number_format:
            attributes["applyNumberFormat"] = "1"
        if fill:
            attributes |= {"fillId": str(self._solid_fill(fill)), "applyFill": "1"}
        for name in ("quotePrefix", "pivotButton"):
            attributes.pop(name, None)
        if quoted:
            attributes["quotePrefix"] = "1"
        children = [*base.children] if base else []
        aligned = next((child.attributes for child in children if child.name == "alignment"), {})
        standing = {name: aligned[name] for name in kept if name in aligned}
        alignment = self._alignment({**standing, **lines}, horizontal)
        attributes["applyAlignment"] = "1" if alignment else "0"
        others = (self.document.raw(child) for child in children if child.name != "alignment")
        return self._add_xf(attributes, alignment + b"".join(others))

    def _keep_plain(self) -> None:
        """Index 0 is every unstyled cell's: where there is none, it must be plain."""
        if not self._entries("cellXfs"):
            self._section("cellXfs").add(b'<%sxf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' % self._prefix)

    def _alignment(self, standing: Mapping[str, str], horizontal: str) -> bytes:
        # A neighbour's amounts may be set right and its codes left; ours stand as their own kind does, texts a little
        # apart from the number before them.
        side = {"horizontal": horizontal, "indent": "1"} if horizontal == "left" else {"horizontal": horizontal}
        attributes = {**standing, **(side if horizontal else {})}
        written = b"".join(b' %s="%s"' % (n.encode(), quoted_value(v)) for n, v in sorted(attributes.items()))
        return b"<%salignment%s/>" % (self._prefix, written) if written else b""

    def _add_xf(self, attributes: dict[str, str], inside: bytes) -> int:
        plain = {name: value for name, value in attributes.items() if " " not in name}
        written = b"".join(b' %s="%s"' % (n.encode(), quoted_value(v)) for n, v in sorted(plain.items()))
        p = self._prefix
        xml = b"<%sxf%s>%s</%sxf>" % (p, written, inside, p) if inside else b"<%sxf%s/>" % (p, written)
        return self._section("cellXfs").add(xml)

    def number_format(self, code: str) -> int:
        """The id of a number format."""
        builtin = dict(_BUILTIN)
        if code in builtin:
            return builtin[code]
        if code not in self._formats:
            free = max([_FIRST_FREE_FORMAT - 1, *self._formats.values()]) + 1
            self._formats[code] = free
            xml = b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (self._prefix, free, quoted_value(code))
            self._section("numFmts").add(xml)
        return self._formats[code]

    def _bold_font(self) -> int:
        p, fonts = self._prefix, self._entries("fonts")
        if not fonts:
            return self._section("fonts").add(b"<%sfont><%sb/></%sfont>" % (p, p, p))
        if fonts[0].child("b"):
            return 0
        # Some programs write a font's properties out of the schema's order; what we add is in it.
        rest = sorted((child for child in fonts[0].children if child.name in _FONT), key=lambda c: _FONT.index(c.name))
        inside = b"".join(map(self.document.raw, rest))
        return self._section("fonts").add(b"<%sfont><%sb/>%s</%sfont>" % (p, p, inside, p))

    def _solid_fill(self, colour: str) -> int:
        xml = b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="FF%s"/><%sbgColor indexed="64"/>'
        xml += b"</%spatternFill></%sfill>"
        p = self._prefix
        return self._section("fills").add(xml % (p, p, p, colour.encode(), p, p, p))

    def _entries(self, section: str) -> list[Element]:
        found = self.document.root.child(section)
        return found.children if found else []

    def _section(self, name: str) -> _Section:
        if name not in self._sections:
            self._sections[name] = _Section(name, self.document)
        return self._sections[name]


class _Section:
    """One list of styles.xml: what it holds, what is added, and where that goes."""

    def __init__(self, name: str, document: Document) -> None:
        self.name = name
        self.element = document.root.child(name)
        self.prefix = document.prefix(document.root)
        entries = self.element.children if self.element else []
        self._places: dict[object, int] = {}
        for place, entry in enumerate(entries):
            self._places.setdefault(_identity(document.raw(entry)), place)
        self._size = len(entries)
        self._added: list[bytes] = []

    @property
    def grown(self) -> bool:
        """Whether anything was added."""
        return bool(self._added)

    def add(self, xml: bytes) -> int:
        """Place of this entry; one that says the same is used again, so that runs do not pile up styles."""
        place = self._places.setdefault(_identity(xml), self._size)
        if place == self._size:
            self._added.append(xml)
            self._size += 1
        return place

    def settle(self, document: Document) -> None:
        """Writes the added entries and the count into the document."""
        if not self._added:
            return
        count, xml = str(self._size), b"".join(self._added)
        if self.element:
            document.set(self.element, count=count)
            document.append(self.element, xml)
            return
        name = self.prefix + self.name.encode()
        written = b'<%s count="%s">%s</%s>' % (name, count.encode(), xml, name)
        later = _ORDER[_ORDER.index(self.name) + 1 :]
        following = next((child for child in document.root.children if child.name in later), None)
        if following:
            document.insert(following.start, written)
        else:
            document.append(document.root, written)


_TOKEN = re.compile(rb"""<(/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _identity(xml: bytes) -> tuple[object, ...]:
    # Excel writes what we wrote with other attribute order, quotes and closings: the same style all the same.
    out: list[object] = []
    for closing, name, attributes, empty in _TOKEN.findall(xml):
        if closing:
            out.append(b"/")
            continue
        pairs = sorted((key, one or two) for key, one, two in _ATTRIBUTE.findall(attributes))
        out.append((name, tuple(pair for pair in pairs if pair not in _DEFAULTS)))
        if empty:
            out.append(b"/")
    return tuple(out)


_DEFAULTS = frozenset(
    {(b"applyAlignment", b"0"), (b"applyFont", b"0"), (b"applyFill", b"0"), (b"applyBorder", b"0"),
     (b"applyNumberFormat", b"0"), (b"applyProtection", b"0")}
)  # fmt: skip
