"""Conditional formats of the openpyxl engine (``xlengine``)."""

from __future__ import annotations

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from xlwings import base_classes

from tests.support.xlcells import meets, rgb

_OPERATORS = {"equal_to": "equal", "greater_than": "greaterThan", "less_than": "lessThan"}


class OpenConditionalFormats(base_classes.ConditionalFormats):
    """Rules that meet a range; new ones are the first in rank, as in Excel."""

    def __init__(self, place) -> None:
        self.place = place

    def _found(self):
        rules = self.place.ws.conditional_formatting
        return [
            OpenConditionalFormat(self.place.ws, area, rule)
            for area in rules
            if any(meets(self.place, part) for part in area.sqref.ranges)
            for rule in area.rules
        ]

    def __iter__(self):
        return iter(self._found())

    def __len__(self):
        return len(self._found())

    def __call__(self, key):
        return self._found()[key - 1]

    def add_cell_value(self, spec):
        value = spec["formula1"]
        formula = value.removeprefix("=") if isinstance(value, str) else f"{value:.15g}"
        return self._add(CellIsRule(_OPERATORS[spec["operator"]], [formula], **_look(spec)))

    def add_custom(self, spec):
        return self._add(FormulaRule([spec["formula"].removeprefix("=")], **_look(spec)))

    def _add(self, rule):
        ws, address = self.place.ws, self.place.get_address(0, 0, 0)
        rule.priority = 1
        for area in ws.conditional_formatting:
            for other in area.rules:
                other.priority += 1
        ws.conditional_formatting.add(address, rule)
        rule.priority = 1
        return OpenConditionalFormat(ws, next(a for a in ws.conditional_formatting if rule in a.rules), rule)


class OpenConditionalFormat(base_classes.ConditionalFormat):
    def __init__(self, ws, area, rule) -> None:
        self.ws, self.area, self.rule = ws, area, rule

    @property
    def type(self):
        return {"cellIs": "cell_value", "expression": "custom"}.get(self.rule.type, "unknown")

    @property
    def operator(self):
        return {value: key for key, value in _OPERATORS.items()}.get(self.rule.operator)

    @property
    def formula(self):
        return "=" + self.rule.formula[0] if self.type == "custom" else None

    def delete(self):
        kept = ConditionalFormattingList()
        for area in self.ws.conditional_formatting:
            for rule in area.rules:
                if rule is not self.rule:
                    rank = rule.priority
                    kept.add(str(area.sqref), rule)
                    rule.priority = rank
        self.ws.conditional_formatting = kept


def _look(spec):
    look = {}
    if fill := spec.get("fill_color"):
        look["fill"] = PatternFill(bgColor=rgb(fill))
    if font := spec.get("font_color"):
        look["font"] = Font(color=rgb(font))
    return look
