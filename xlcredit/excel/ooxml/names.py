"""Defined names of a workbook, in the order they stand; what is added finds its place among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlcredit.excel.ooxml.markup import Document, escaped, quoted_value, with_attribute
from xlcredit.ledger.grid import letter, quoted

PRINT_TITLES = "_xlnm.Print_Titles"
_BEFORE = frozenset({"sheets", "functionGroups", "externalReferences"})


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name: what it refers to, the sheet it is local to (-1 = none), its XML as it stands, its comment."""

    name: str
    refers_to: str
    local: int
    xml: bytes
    comment: str = ""

    @property
    def key(self) -> str:
        """What Excel sorts names by."""
        return self.name.removeprefix("_xlnm.").casefold()

    def referring(self, refers_to: str) -> Name:
        """The same name with its other attributes, meaning something else."""
        if refers_to == self.refers_to:
            return self
        opening, _, rest = self.xml.partition(b">")
        xml = opening + b">" + escaped(refers_to).encode() + rest[rest.rindex(b"</") :]
        return replace(self, refers_to=refers_to, xml=xml)

    def local_to(self, index: int) -> Name:
        """The same name, local to the sheet at another place."""
        if index == self.local:
            return self
        opening, _, rest = self.xml.partition(b">")
        opening = with_attribute(opening + b">", "localSheetId", str(index))
        return replace(self, local=index, xml=opening + rest)


class Names:
    """The list of defined names of a workbook part."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._prefix = document.prefix(document.root)
        self._names = list(self._read())
        self._before = tuple(self._names)

    def __iter__(self) -> Iterator[Name]:
        return iter(tuple(self._names))

    def put(self, name: str, refers_to: str, local: int = -1, *, hidden: bool = True) -> None:
        """Makes a name, or lets the one that stands mean this; all others keep their order."""
        self._put(Name(name, refers_to, local, self._xml(name, refers_to, local, hidden=hidden)))

    def repeat_header(self, sheet: str, columns: int, local: int) -> None:
        """Prints a sheet's first row and columns on every page, unless somebody has said which ones to repeat."""
        if not any((name.name, name.local) == (PRINT_TITLES, local) for name in self._names):
            left = f"{quoted(sheet)}!$A:${letter(columns - 1)}," if columns else ""
            self.put(PRINT_TITLES, f"{left}{quoted(sheet)}!$1:$1", local, hidden=False)

    def define(self, name: str, refers_to: str, comment: str) -> None:
        """Makes a name that users see, with a comment, or lets the one that stands mean this."""
        self._put(Name(name, refers_to, -1, self._xml(name, refers_to, -1, comment), comment))

    def refer(self, name: Name, refers_to: str) -> None:
        """Lets a name that stands mean something else."""
        self._names[self._names.index(name)] = name.referring(refers_to)

    def drop(self, name: str) -> None:
        """Takes a name out."""
        self._names = [other for other in self._names if other.name != name]

    def drop_local(self, name: str, local: int) -> None:
        """Takes out a name that is local to a sheet."""
        self._names = [other for other in self._names if (other.name, other.local) != (name, local)]

    def drop_commented(self, comment: str) -> None:
        """Takes out every name with this comment."""
        self._names = [other for other in self._names if other.comment != comment]

    def forget_sheet(self, sheet: str, index: int) -> None:
        """Follows the removal of a sheet: its own names go, places shift, references to it become #REF! as in Excel."""
        plain, always = re.escape(quoted(sheet)), re.escape(sheet.replace("'", "''"))
        meant = re.compile(rf"(?<![\w'.\]]){plain}!|'{always}'!")
        kept = [name for name in self._names if name.local != index]
        moved = (name.local_to(name.local - 1) if name.local > index else name for name in kept)
        self._names = [name.referring(meant.sub("#REF!", name.refers_to)) for name in moved]

    def _put(self, new: Name) -> None:
        key = (new.name.casefold(), new.local)
        standing = [at for at, old in enumerate(self._names) if (old.name.casefold(), old.local) == key]
        if standing:
            self._names[standing[0]] = self._names[standing[0]].referring(new.refers_to)
            return
        # Sheets share names such as _FilterDatabase: a later sheet's comes after.
        place = (at for at, old in enumerate(self._names) if (old.key, old.local) > (new.key, new.local))
        self._names.insert(next(place, len(self._names)), new)

    def settle(self) -> None:
        """Writes the list into the document if it changed."""
        if tuple(self._names) == self._before:
            return
        p, inside = self._prefix, b"".join(name.xml for name in self._names)
        xml = b"<%bdefinedNames>%b</%bdefinedNames>" % (p, inside, p) if inside else b""
        element = self._document.root.child("definedNames")
        if element is not None:
            self._document.replace(element, xml)
        else:
            before = [child.end for child in self._document.root.children if child.name in _BEFORE]
            self._document.insert(max(before), xml)

    def _read(self) -> Iterator[Name]:
        element = self._document.root.child("definedNames")
        for child in element.children if element else ():
            local = child.number("localSheetId", -1)
            yield Name(child.get("name"), child.text, local, self._document.raw(child), child.get("comment"))

    def _xml(self, name: str, refers_to: str, local: int, comment: str = "", *, hidden: bool = True) -> bytes:
        scope = b' localSheetId="%d"' % local if local >= 0 else b""
        shown = b' comment="%b"' % quoted_value(comment) if comment else b' hidden="1"' if hidden else b""
        text, p = escaped(refers_to).encode(), self._prefix
        return b'<%bdefinedName name="%b"%b%b>%b</%bdefinedName>' % (p, name.encode(), scope, shown, text, p)
