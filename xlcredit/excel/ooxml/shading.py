"""Conditional colours of our columns: taken out from an earlier run, put in after everybody else's in rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlcredit.excel.additions import Shade
from xlcredit.excel.ooxml.areas import Area
from xlcredit.excel.ooxml.markup import Element, escaped
from xlcredit.excel.ooxml.worksheet import Worksheet, areas
from xlcredit.ledger.grid import letter

Dxf = Callable[[str, str], int]
"""Fill and font colour → index of their dxf."""


class Shading:
    """The conditional formats of one sheet, with ours of an earlier run (in ``old``) taken out."""

    def __init__(self, sheet: Worksheet, old: Area | None = None) -> None:
        self._sheet = sheet
        gone = set(self._remove(old)) if old else set()
        rules = (element for element in sheet.document.root.walk() if element.name == "cfRule" and element not in gone)
        self._rank = max((rule.number("priority") for rule in rules), default=0)

    def add(self, area: Area, shades: Sequence[Shade], dxf: Dxf) -> None:
        """Colours one column."""
        p, corner = self._sheet.prefix, f"{letter(area.left)}{area.top + 1}"
        rules = []
        for shade in shades:
            index = dxf(shade.fill, shade.font)
            for value in shade.values:
                self._rank += 1
                rules.append(_rule(p, corner, value, index, self._rank))
        if rules:
            xml = f'<{p}conditionalFormatting sqref="{area.text}">{"".join(rules)}</{p}conditionalFormatting>'
            self._sheet.document.insert(self._sheet.place("conditionalFormatting"), xml.encode())

    def line_groups(self, area: Area, column: int, dxf: int) -> None:
        """Draws a line above each row whose group, the text before the first dot in a column, is another than above.

        A rule, so that rows put in by hand get their line, too.
        """
        self._rank += 1
        p, own, above = self._sheet.prefix, f"${letter(column)}{area.top + 1}", f"${letter(column)}{area.top}"
        formula = escaped("<>".join(f'LEFT({cell},FIND(".",{cell}&".")-1)' for cell in (own, above)))
        rule = f'<{p}cfRule type="expression" dxfId="{dxf}" priority="{self._rank}"><{p}formula>{formula}</{p}formula>'
        xml = f'<{p}conditionalFormatting sqref="{area.text}">{rule}</{p}cfRule></{p}conditionalFormatting>'
        self._sheet.document.insert(self._sheet.place("conditionalFormatting"), xml.encode())

    def _remove(self, old: Area) -> list[Element]:
        document, out = self._sheet.document, []
        for element in document.root.all("conditionalFormatting"):
            places = areas(element.get("sqref"))
            if not places or not all(old.left <= place.left and place.right <= old.right for place in places):
                continue
            rules = element.all("cfRule")
            ours = [rule for rule in rules if _is_ours(rule)]
            for gone in [element] if len(ours) == len(rules) else ours:
                document.replace(gone, b"")
            out += ours
        return out


def _rule(p: str, corner: str, value: str | float, dxf: int, rank: int) -> str:
    formula, kind = _test(corner, value)
    return f'<{p}cfRule {kind} dxfId="{dxf}" priority="{rank}"><{p}formula>{formula}</{p}formula></{p}cfRule>'


def _test(corner: str, value: str | float) -> tuple[str, str]:
    if isinstance(value, str):
        return escaped('"' + value.replace('"', '""') + '"'), 'type="cellIs" operator="equal"'
    if value == 0:  # a blank cell equals 0
        return f"AND(ISNUMBER({corner}),{corner}=0)", 'type="expression"'
    return f"{value:.15g}", 'type="cellIs" operator="equal"'


def _is_ours(rule: Element) -> bool:
    if rule.get("type") == "cellIs":
        return rule.get("operator") == "equal"
    formula = rule.child("formula")
    return rule.get("type") == "expression" and formula is not None and formula.text.startswith("AND(ISNUMBER(")
