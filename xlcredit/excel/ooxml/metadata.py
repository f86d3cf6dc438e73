"""The workbook's cell metadata: what a dynamic-array formula's cells point to, added where it is not there yet."""

from __future__ import annotations

import re

from xlcredit.excel.ooxml.markup import Document, Element

_TYPE = (
    b'<%smetadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1"'
    b' splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/>'
)
_PROPERTIES = (
    b'<%sbk><%sextLst><%sext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
    b'<xda:dynamicArrayProperties xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"'
    b' fDynamic="1" fCollapsed="0"/></%sext></%sextLst></%sbk>'
)
_ORDER = (
    "metadataTypes",
    "metadataStrings",
    "mdxMetadata",
    "futureMetadata",
    "cellMetadata",
    "valueMetadata",
    "extLst",
)
EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<metadata xmlns="%s"></metadata>'
"""The part of a workbook that has none; %s is its namespace."""


class Metadata:
    """metadata.xml and what is added to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._prefix = document.prefix(document.root)

    def dynamic_array(self) -> int:
        """The ``cm`` index of cells that hold a dynamic-array formula."""
        kind = self._type()
        place = self._properties()
        cells = self._list("cellMetadata")
        for index, block in enumerate(cells.children if cells else (), 1):
            if [(rc.number("t"), rc.number("v")) for rc in block.children] == [(kind, place)]:
                return index
        p = self._prefix
        return self._add("cellMetadata", cells, b'<%sbk><%src t="%d" v="%d"/></%sbk>' % (p, p, kind, place, p))

    def _type(self) -> int:
        """Place of the dynamic arrays' type among the types, from 1."""
        types = self._list("metadataTypes")
        names = [entry.get("name") for entry in types.children] if types else []
        return (
            names.index("XLDAPR") + 1 if "XLDAPR" in names else self._add("metadataTypes", types, _TYPE % self._prefix)
        )

    def _properties(self) -> int:
        """Place of the properties of a dynamic array among the type's blocks, from 0."""
        lists = self.document.root.all("futureMetadata")
        blocks = next((entry for entry in lists if entry.get("name") == "XLDAPR"), None)
        for place, block in enumerate(blocks.children if blocks else ()):
            found = [entry for entry in block.walk() if entry.name == "dynamicArrayProperties"]
            if found and found[0].flag("fDynamic") and not found[0].flag("fCollapsed"):
                return place
        xml = re.sub(rb"%s", lambda _: self._prefix, _PROPERTIES)
        return self._add("futureMetadata", blocks, xml, b' name="XLDAPR"') - 1

    def _list(self, name: str) -> Element | None:
        return self.document.root.child(name)

    def _add(self, name: str, element: Element | None, xml: bytes, attributes: bytes = b"") -> int:
        """Appends to a list, made in the schema's place if there is none; the place of what was added, from 1."""
        if element:
            size = len(element.children) + 1
            self.document.set(element, count=str(size))
            self.document.append(element, xml)
            return size
        tag = self._prefix + name.encode()
        written = b'<%s%s count="1">%s</%s>' % (tag, attributes, xml, tag)
        later = _ORDER[_ORDER.index(name) + 1 :]
        following = next((child for child in self.document.root.children if child.name in later), None)
        if following:
            self.document.insert(following.start, written)
        else:
            self.document.append(self.document.root, written)
        return 1
