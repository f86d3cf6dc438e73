"""Where a package says what its parts are: the workbook's relationships and the content types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from xlcredit.excel.ooxml.markup import Element, quoted_value
from xlcredit.excel.ooxml.package import Package, rels_name, resolved
from xlcredit.excel.ooxml.safety import part_key

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_SPREADSHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Registry:
    """Relationships of the workbook part, and content types, with what is added and taken out."""

    def __init__(self, package: Package, workbook_part: str) -> None:
        self._folder = posixpath.dirname(workbook_part)
        self._rels_name = rels_name(workbook_part)
        self._rels = package.document(self._rels_name)
        self._types = package.document(_TYPES)
        self._ids = {element.get("Id").lower() for element in self._rels.root.children}
        self._taken = {part_key(name) for name in package.names}

    @property
    def space(self) -> str:
        """The namespace of relationships in use: transitional or strict."""
        kinds = (element.get("Type") for element in self._rels.root.children)
        return next((kind.rpartition("/")[0] for kind in kinds if kind.endswith("/worksheet")), _RELATIONSHIPS)

    def add(self, kind: str, names: Sequence[str]) -> tuple[str, str]:
        """A part of this kind under the first free of these names, and its relationship's id."""
        part = self.place(self._beside(names), f"{_SPREADSHEETML}.{kind}+xml")
        number = next(n for n in range(1, len(self._ids) + 2) if f"rid{n}" not in self._ids)
        self._ids.add(f"rid{number}")
        self._append_relation(f"rId{number}", kind, part)
        return part, f"rId{number}"

    def place(self, names: Iterable[str], content_type: str) -> str:
        """A part of this content type under the first free of these names; its relationship is another part's."""
        part = next(name for name in names if part_key(name) not in self._taken)
        self._taken.add(part_key(part))
        root = self._types.root
        xml = b'<%bOverride PartName="/%b" ContentType="%b"/>'
        self._types.append(root, xml % (self._types.prefix(root), quoted_value(part), content_type.encode()))
        return part

    def release(self, part: str) -> None:
        """Takes out the content type of a part that goes; another may have its name."""
        self._taken.discard(part_key(part))
        self._drop_type(part)

    def remove(self, part: str, relation: str) -> None:
        """Takes out a part's relationship and content type."""
        for element in self._rels.root.children:
            if element.get("Id") == relation:
                self._rels.replace(element, b"")
        self._drop_type(part)

    def part_of_kind(self, kind: str) -> str:
        """The workbook's part of a kind that there is one of; "" for none."""
        return next((self._target(element) for element in self._of_kind(kind)), "")

    def remove_kind(self, kind: str) -> str:
        """Takes out that part and gives its name, "" where there is none or it has gone before."""
        for element in self._of_kind(kind):
            part = self._target(element)
            self.remove(part, element.get("Id"))
            self._rels.root.children.remove(element)
            return part
        return ""

    def parts(self) -> dict[str, bytes]:
        """The parts that changed."""
        documents = {self._rels_name: self._rels, _TYPES: self._types}
        return {name: document.render() for name, document in documents.items() if document.edited}

    def _of_kind(self, kind: str) -> list[Element]:
        related = self._rels.root.children
        return [e for e in related if e.get("Type").endswith(f"/{kind}") and e.get("TargetMode") != "External"]

    def _target(self, element: Element) -> str:
        return resolved(self._folder, element.get("Target"))

    def _beside(self, names: Sequence[str]) -> list[str]:
        return [posixpath.join(self._folder, name) for name in names]

    def _append_relation(self, relation: str, kind: str, part: str) -> None:
        target = posixpath.relpath(part, self._folder or ".")
        values = tuple(map(quoted_value, (relation, f"{self.space}/{kind}", target)))
        root = self._rels.root
        xml = b'<%bRelationship Id="%b" Type="%b" Target="%b"/>'
        self._rels.append(root, xml % (self._rels.prefix(root), *values))

    def _drop_type(self, part: str) -> None:
        for element in self._types.root.all("Override"):
            if part_key(element.get("PartName").lstrip("/")) == part_key(part):
                self._types.replace(element, b"")
