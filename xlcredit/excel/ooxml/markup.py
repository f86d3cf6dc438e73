"""XML edited where it stands: a parse that remembers byte positions, and edits that keep every other byte.

A *document* is one small part in memory (or a sheet without its rows); an *element* knows where its tags
begin and end. Prefixes, quotes, comments and unknown elements stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from xlcredit.kernel.errors import WorkbookError

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_TEXT = 32767


@dataclass(slots=True, eq=False)
class Element:
    """One element and where it stands; attributes are keyed "name" or "namespace name"."""

    name: str
    space: str
    attributes: dict[str, str]
    start: int
    open_end: int
    close_start: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute without a prefix."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """The value of an attribute as an integer."""
        try:
            return int(self.attributes.get(name, default))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Whether a boolean attribute is set."""
        return self.get(name).strip().lower() in ("1", "true", "on")

    def child(self, name: str) -> Element | None:
        """The first child of this name."""
        return next((c for c in self.children if c.name == name), None)

    def all(self, name: str) -> list[Element]:
        """The children of this name."""
        return [c for c in self.children if c.name == name]

    def walk(self) -> Iterator[Element]:
        """This element and everything in it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def relation(self) -> str:
        """The r:id attribute, whatever its prefix."""
        return next((v for k, v in self.attributes.items() if k.endswith("/relationships id")), "")


class Document:
    """A parsed part and the edits waiting to be made to it."""

    def __init__(self, data: bytes, file: str, part: str) -> None:
        self.data = as_utf8(data)
        self.file = file
        self.part = part
        self.root = parse(self.data, file, part)
        self._attributes: dict[Element, dict[str, str | None]] = {}
        self._inside: dict[Element, list[bytes]] = {}
        self._edits: list[tuple[int, int, bytes]] = []

    @property
    def edited(self) -> bool:
        """Whether anything is to change."""
        return bool(self._attributes or self._inside or self._edits)

    def raw(self, element: Element) -> bytes:
        """The bytes of an element."""
        return self.data[element.start : element.end]

    def prefix(self, element: Element) -> bytes:
        """The prefix of its tag with the colon, as in ``x:row``; empty where there is none."""
        head, colon, _ = self.data[element.start + 1 : element.open_end].partition(b":")
        return head + colon if colon and re.fullmatch(rb"[\w.-]+", head) else b""

    def set(self, element: Element, **attributes: str | None) -> None:
        """Sets attributes without a prefix; None removes one."""
        pending = self._attributes.setdefault(element, {})
        for name, value in attributes.items():
            if value is None:
                element.attributes.pop(name, None)
            else:
                element.attributes[name] = value
            pending[name] = value

    def append(self, parent: Element, xml: bytes) -> None:
        """Adds at the end of an element's content."""
        self._inside.setdefault(parent, []).append(xml)

    def insert(self, position: int, xml: bytes) -> None:
        """Adds at a byte position."""
        self._edits.append((position, position, xml))

    def replace(self, element: Element, xml: bytes) -> None:
        """Puts something else in the element's place; nothing, to remove it."""
        self._edits.append((element.start, element.end, xml))

    def render(self) -> bytes:
        """The part with its edits made."""
        edits = [*self._edits, *self._tag_edits()]
        out, cursor = [], 0
        for start, end, xml in sorted(edits, key=lambda edit: edit[:2]):
            if start < cursor:
                continue  # inside something that was replaced
            out += [self.data[cursor:start], xml]
            cursor = end
        return b"".join([*out, self.data[cursor:]])

    def _tag_edits(self) -> Iterator[tuple[int, int, bytes]]:
        for element in {**self._attributes, **self._inside}:
            tag = self.data[element.start : element.open_end]
            for name, value in self._attributes.get(element, {}).items():
                tag = with_attribute(tag, name, value)
            inside = b"".join(self._inside.get(element, ()))
            if inside and tag.endswith(b"/>"):
                name_bytes = re.match(rb"<([^\s/>]+)", tag).group(1)  # type: ignore[union-attr]
                tag, inside = tag[:-2].rstrip() + b">" + inside + b"</" + name_bytes + b">", b""
            yield element.start, element.open_end, tag
            if inside:
                yield element.close_start, element.close_start, inside


def parse(data: bytes, file: str, part: str) -> Element:
    """The root element of a part; raises WorkbookError where it is malformed or declares entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    stack: list[Element] = []
    roots: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(data, at)
        space, _, local = name.rpartition(" ")
        element = Element(local, space, attributes, at, tag.end() if tag else at)
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def end(_name: str) -> None:
        element = stack.pop()
        if data[element.open_end - 2 : element.open_end] == b"/>":
            element.close_start = element.end = element.open_end
        else:
            element.close_start = parser.CurrentByteIndex
            element.end = data.index(b">", element.close_start) + 1

    def characters(text: str) -> None:
        stack[-1].text += text

    def doctype(*_: object) -> None:
        raise WorkbookError("xml-entities", part, file=file)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise WorkbookError("damaged", part, file=file) from error
    return roots[0]


def encoding_of(data: bytes) -> str:
    """The encoding a part declares, in lower case."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _DECLARED.match(data)
    return declared.group(1).decode().lower() if declared else "utf-8"


def as_utf8(data: bytes) -> bytes:
    """The same XML in UTF-8, so that what we add to it fits."""
    encoding = encoding_of(data)
    if encoding in ("utf-8", "utf8", "us-ascii"):
        return data
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return data  # the parser says what is wrong
    return re.sub(r"""(\sencoding\s*=\s*["'])[^"']*""", r"\1UTF-8", text, count=1).encode()


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set, added or (None) removed."""
    found = re.search(rb"\s" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""", tag)
    if value is None:
        return tag[: found.start()] + tag[found.end() :] if found else tag
    written = b' %s="%s"' % (name.encode(), quoted_value(value))
    if found:
        return tag[: found.start()] + written + tag[found.end() :]
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + written + tag[cut:]


def spelled(text: str) -> str:
    """Text with control characters the way Excel writes them, ``_xHHHH_``."""
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def escaped(text: str) -> str:
    """Text as element content."""
    text = spelled(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted_value(text: str) -> bytes:
    """Text as the value of an attribute in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;").encode()


def inline_string(text: str, prefix: str = "") -> bytes:
    """The content of an inline text cell: text stays text, whatever it begins with."""
    text = text[:LONGEST_TEXT]
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<{prefix}is><{prefix}t{keep}>{escaped(text)}</{prefix}t></{prefix}is>".encode()
