"""The workbook part: its sheets, its names, and how our own columns and sheets are known again.

What we add is marked by a hidden defined name (``_xlcredit.columns.ledger`` → ``'Open items'!$M$5:$Q$120``): Excel
keeps it right when columns or sheets move, whatever their headers say and in whatever language.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from xlcredit.excel.ooxml.areas import Area, sheet_area
from xlcredit.excel.ooxml.belongings import Belongings
from xlcredit.excel.ooxml.markup import Element, quoted_value
from xlcredit.excel.ooxml.names import Names
from xlcredit.excel.ooxml.package import Package, rels_name
from xlcredit.excel.ooxml.registry import Registry
from xlcredit.kernel.errors import WorkbookError

OWN_COLUMNS = "_xlcredit.columns."
OWN_SHEET = "_xlcredit.sheet."
FILTER = "_xlnm._FilterDatabase"
_CORNER = Area(0, 0, 0, 0)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31


@dataclass(frozen=True, slots=True, eq=False)
class Tab:
    """One entry of ``<sheets>``: its name, its part, whether that is a worksheet, and its number for good."""

    name: str
    part: str
    is_worksheet: bool
    number: int
    element: Element | None = None


class Book:
    """workbook.xml and what goes with it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.workbook_part()
        self.document = package.document(self.part)
        self.names = Names(self.document)
        self.registry = Registry(package, self.part)
        related = package.related(self.part)
        self._sheets = self._element("sheets")
        self.tabs = [_tab(element, related) for element in self._sheets.all("sheet")]
        self.styles_part = next((part for kind, part in related.values() if kind.endswith("/styles")), "")
        self.removed: list[str] = []
        self._belongings = Belongings(package)
        self._last_id = max((element.number("sheetId") for element in self._sheets.children), default=0)

    @property
    def date_1904(self) -> bool:
        """Whether serial dates count from 1904."""
        properties = self.document.root.child("workbookPr")
        return properties is not None and properties.flag("date1904")

    @property
    def has_window(self) -> bool:
        """Whether the workbook describes a window that sheets can be seen in."""
        views = self.document.root.child("bookViews")
        return views is not None and bool(views.children)

    @property
    def namespace(self) -> str:
        """The spreadsheet namespace: transitional or strict."""
        return self.document.root.space

    def tab(self, name: str) -> Tab:
        """The worksheet of this name."""
        for tab in self.tabs:
            if tab.name == name and tab.is_worksheet:
                return tab
        sheets = ", ".join(tab.name for tab in self.tabs)
        raise WorkbookError("no-such-sheet", file=self.package.file, sheet=name, sheets=sheets)

    def own_sheets(self) -> dict[str, str]:
        """Marks of whole sheets of ours → sheet name."""
        return {mark: sheet for mark, (sheet, _) in self._own(OWN_SHEET).items()}

    def own_columns(self) -> dict[str, tuple[str, Area]]:
        """Marks of columns of ours → sheet and area, header row included."""
        return self._own(OWN_COLUMNS)

    def mark_columns(self, mark: str, sheet: str, area: Area) -> None:
        """Remembers columns of ours."""
        self.names.put(OWN_COLUMNS + mark, area.on(sheet))

    def mark_sheet(self, mark: str, tab: Tab, area: Area, frozen: int) -> None:
        """Remembers a sheet of ours: its filter spans an area, header and frozen columns are printed on every page."""
        index = self.tabs.index(tab)
        self.mark_tab(mark, tab)
        self.names.put(FILTER, area.on(tab.name), index)
        self.names.repeat_header(tab.name, frozen, index)

    def mark_tab(self, mark: str, tab: Tab) -> None:
        """Remembers a sheet of ours."""
        self.names.put(OWN_SHEET + mark, _CORNER.on(tab.name))

    def add_sheet(self, wanted: str) -> Tab:
        """A new worksheet at the end, under the wanted name or one like it."""
        self._refuse_protected()
        numbers = range(1, len(self.package.names) + len(self.tabs) + 2)
        part, relation = self.registry.add("worksheet", [f"worksheets/sheet{number}.xml" for number in numbers])
        self._last_id += 1
        name = unique_name(wanted, [other.name for other in self.tabs])
        tab = Tab(name, part, is_worksheet=True, number=self._last_id)
        self.document.append(self._sheets, self._sheet_xml(tab.name, self._last_id, relation))
        self.tabs.append(tab)
        return tab

    def remove_sheets(self, marks: Collection[str]) -> None:
        """Removes sheets of ours that an earlier run left."""
        for mark, sheet in self.own_sheets().items():
            if mark in marks:
                self.names.drop(OWN_SHEET + mark)
                self._remove_sheet(self.tab(sheet))

    def strip(self, part: str) -> None:
        """Takes out what hangs on a sheet of ours and on nothing else: its tables, its drawings and their charts."""
        for gone in self._belongings.of(part):
            self.registry.release(gone)
            self.removed += [gone, rels_name(gone)]
        self.removed.append(rels_name(part))

    def add_styles(self) -> str:
        """A part for styles, where the workbook has none."""
        names = ("styles.xml", *(f"styles{number}.xml" for number in range(1, len(self.package.names) + 2)))
        self.styles_part, _ = self.registry.add("styles", names)
        return self.styles_part

    def parts(self) -> dict[str, bytes]:
        """The parts that changed."""
        self.names.settle()
        own = {self.part: self.document.render()} if self.document.edited else {}
        return own | self.registry.parts()

    def _own(self, prefix: str) -> dict[str, tuple[str, Area]]:
        sheets = {tab.name for tab in self.tabs if tab.is_worksheet}
        ours = (name for name in self.names if name.name.startswith(prefix) and name.local < 0)
        found = {name.name.removeprefix(prefix): sheet_area(name.refers_to) for name in ours}
        return {mark: place for mark, place in found.items() if place and place[0] in sheets}

    def _remove_sheet(self, tab: Tab) -> None:
        self._refuse_protected()
        index, element = self.tabs.index(tab), tab.element
        if element is None:
            raise ValueError(f"sheet {tab.name!r} was added in this run")
        self.document.replace(element, b"")
        self.registry.remove(tab.part, element.relation)
        self.strip(tab.part)
        self.removed.append(tab.part)
        del self.tabs[index]
        self.names.forget_sheet(tab.name, index)
        self._move_views(index)

    def _element(self, name: str) -> Element:
        element = self.document.root.child(name)
        if element is None:
            raise WorkbookError("damaged", self.part, file=self.package.file)
        return element

    def _refuse_protected(self) -> None:
        protection = self.document.root.child("workbookProtection")
        if protection is not None and protection.flag("lockStructure"):
            raise WorkbookError("protected-structure", file=self.package.file)

    def _sheet_xml(self, name: str, number: int, relation: str) -> bytes:
        # Programs bind the prefix of r:id at the root or at each sheet anew: ours binds it where the root does not.
        keys = (key.partition(" ")[0] for key in self._keys() if key.endswith("/relationships id"))
        space = next(keys, self.registry.space)
        root = self.document.data[self.document.root.start : self.document.root.open_end]
        bound = re.search(rb"""\sxmlns:([\w.-]+)\s*=\s*["']%b["']""" % re.escape(space.encode()), root)
        r = bound[1] if bound else b"r"
        here = b"" if bound else b' xmlns:r="%b"' % space.encode()
        values = (self.document.prefix(self.document.root), quoted_value(name), number, here, r, relation.encode())
        return b'<%bsheet name="%b" sheetId="%d"%b %b:id="%b"/>' % values

    def _keys(self) -> list[str]:
        return [key for tab in self.tabs if tab.element for key in tab.element.attributes]

    def _move_views(self, index: int) -> None:
        views = self.document.root.child("bookViews")
        for view in views.children if views else ():
            for attribute in ("activeTab", "firstSheet"):
                place = view.number(attribute)
                if place and place >= index:
                    self.document.set(view, **{attribute: str(place - 1)})


def unique_name(wanted: str, taken: Collection[str]) -> str:
    """A sheet name Excel accepts and nobody else has."""
    base = _FORBIDDEN.sub("_", wanted).strip("' ")[:LONGEST_NAME] or "Sheet"
    lowered = {name.casefold() for name in taken}
    name, number = base, 2
    while name.casefold() in lowered:
        suffix = f" ({number})"
        name, number = base[: LONGEST_NAME - len(suffix)] + suffix, number + 1
    return name


def _tab(element: Element, related: dict[str, tuple[str, str]]) -> Tab:
    kind, part = related.get(element.relation, ("", ""))
    return Tab(element.get("name"), part, kind.endswith("/worksheet"), element.number("sheetId"), element)
