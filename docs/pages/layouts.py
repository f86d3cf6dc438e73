"""Layouts: which exports are recognised, by which headings, and what each heading is taken for."""

from __future__ import annotations

from collections.abc import Iterable

from pages import code, table
from xlcredit.layouts import Layout
from xlcredit.layouts.layout import ROLES

INTRODUCTION = """\
# Layouts

A layout says how one program's export names its columns. It is chosen when enough of its distinctive headings are
there; otherwise, and for columns a layout does not name, the headings of the generic layout count. Capitals, blanks,
full stops and full-width letters make no difference. `xlcredit check LEDGER.xlsx` says which layout was chosen and why;
[map an ERP export](../how-to/map-an-erp-export.md) says how to add one. Below stand the [exports of
programs](#exports-of-programs), the [sheets beside a ledger](#sheets-beside-a-ledger), and [what their columns
mean](#what-the-columns-mean).
"""

SHEETS = {
    "ledger": "a ledger",
    "customers": "a customers sheet",
    "insurance": "a sheet of credit insurance",
    "claim_file": "a sheet of claim files",
    "blacklist": "a blacklist",
    "rates": "a sheet of exchange rates",
    "dunning": "a sheet of notices that were sent",
    "plans": "a sheet of payment plans",
}
"""What a kind of sheet is called where it is not a sheet of what its kind says."""


def page() -> str:
    """The exports of programs, the sheets beside a ledger, then what each column means."""
    programs = [each for each in Layout.all() if each.kind == "ledger"]
    sheets = [each for each in Layout.all() if each.kind != "ledger"]
    roles = [
        f"### Columns of {_sheet(kind)}\n\n"
        f"{table(('role', 'kind', 'meaning'), [(code(role), *said) for role, said in known.items()])}"
        for kind, known in ROLES.items()
    ]
    parts = (
        ("Exports of programs", f"{_titles(programs)}.", map(_layout, programs)),
        ("Sheets beside a ledger", f"{_titles(sheets)}.", map(_layout, sheets)),
        ("What the columns mean", "By the kind of sheet that they stand on.", roles),
    )
    return "\n".join(
        [INTRODUCTION, *(line for title, told, each in parts for line in (f"## {title}\n", f"{told}\n", *each))]
    )


def _titles(layouts: Iterable[Layout]) -> str:
    return " · ".join(each.titles["en"] for each in layouts)


def _sheet(kind: str) -> str:
    return SHEETS.get(kind, f"a sheet of {kind}")


def _layout(layout: Layout) -> str:
    rows = [(code(role), " · ".join(headings)) for role, headings in layout.columns.items()]
    parts = [f"### {layout.titles['en']}\n\n`{layout.name}`, {_sheet(layout.kind)}."]
    if layout.sheets:
        parts.append(f"A sheet is one that is called {' · '.join(layout.sheets)}, or has headings of its own.")
    if layout.distinctive:
        parts.append(f"Recognised by {layout.needs} of: {' · '.join(layout.distinctive)}.")
    if layout.ignore:
        parts.append(f"Not taken for what they mean elsewhere: {' · '.join(layout.ignore)}.")
    return f"{' '.join(parts)}\n\n{table(('role', 'headings'), rows)}"
