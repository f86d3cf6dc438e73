"""A match: one layout laid over one row of headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlcredit.layouts.layout import GENERIC, ROLES, Layout
from xlcredit.layouts.titles import Titles
from xlcredit.ledger.labels import is_bucket
from xlcredit.ledger.records import NEEDED, RECORD_ROLES

_KIND_ORDER = ("date", "money", "ratio", "number", "flag", "text")
_RUNNING = frozenset(("balance", "runningbalance", "余额", "saldo", "solde"))
MONEY = ("amount", "credit", "open", "open_local")
DATES = ("document_date", "due_date", "base_date", "settled_date")


@dataclass(frozen=True, slots=True)
class Match:
    """The columns a layout finds under some headings."""

    titles: Titles
    layout: Layout
    columns: dict[str, int]
    distinctive: tuple[str, ...]
    """Headings present that tell the layout."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What keeps these columns from being a ledger of items, a customers sheet, or records of its kind."""
        found = self.columns.keys()
        if self.layout.kind in NEEDED:
            return self._lacks_of_records
        party = bool({"customer", "name"} & found) or (self.layout.kind == "ledger" and self.labels is not None)
        if self.layout.kind == "customers":
            return () if party and len(found - {"customer", "name"}) else ("customer",)
        needs = {
            "customer": party,
            "amount": any(role in found for role in MONEY),
            "document": "document" in found or any(role in found for role in DATES),
        }
        return (*(need for need, there in needs.items() if not there), *(["columns"] if len(found) < 3 else []))

    @property
    def _lacks_of_records(self) -> tuple[str, ...]:
        kind, found = self.layout.kind, self.columns.keys()
        nobody = "customer" in RECORD_ROLES[kind] and not {"customer", "name"} & found
        return (*(["customer"] if nobody else []), *(need for need in NEEDED[kind] if need not in found))

    @property
    def labels(self) -> int | None:
        """The column without a heading left of the others, if texts stand in it: customers as groups, totals."""
        first = min(self.columns.values(), default=0)
        if self.columns.get(self.layout.unlabelled) == first:
            return first
        before = self.titles.sample(first - 1) if first and first - 1 not in self.titles.texts else []
        return first - 1 if any(isinstance(cell, str) for cell in before) else None

    @property
    def is_summary(self) -> bool:
        """Customers by aging buckets: figures without items."""
        found = self.columns.keys()
        buckets = sum(map(is_bucket, self.titles.texts.values()))
        return bool({"customer", "name"} & found) and buckets >= 2 and not {"document", *DATES} & found


def best_match(titles: Titles) -> Match:
    """The ledger layout that fits the headings best: its distinctive headings decide, then the columns found."""
    layouts = [layout for layout in Layout.all() if layout.kind == "ledger" and layout.name != GENERIC]
    matches = [match(titles, layout) for layout in layouts if len(_distinctive(titles, layout)) >= layout.needs]
    usable = [m for m in matches if not m.lacks]
    chosen = max(usable, key=lambda m: (len(m.distinctive), len(m.columns)), default=None)
    return chosen or match(titles, Layout.named(GENERIC))


def nearest_layout(titles: Titles) -> Match:
    """The layout that finds the most under headings that make no ledger."""
    layouts = [layout for layout in Layout.all() if layout.kind == "ledger"]
    matches = [
        m
        for m in (match(titles, layout) for layout in layouts)
        if m.lacks and (m.distinctive or m.layout.name == GENERIC)
    ]
    return max(matches, key=lambda m: (-len(m.lacks), len(m.distinctive), len(m.columns)))


def match(titles: Titles, layout: Layout) -> Match:
    """The columns of a layout: each role's best heading; where a heading has two meanings, its cells decide."""
    columns: dict[str, int] = {}
    for *_, column, role in sorted(_candidates(titles, layout)):
        if role not in columns and column not in columns.values():
            columns[role] = column
    first = min(columns.values(), default=0)
    if layout.unlabelled and layout.unlabelled not in columns and first > 0 and titles.sample(first - 1):
        columns[layout.unlabelled] = first - 1
    running = titles.spelled.get(columns.get("open", -1), ("",))[0] in _RUNNING
    if "credit" in columns and running:
        del columns["open"]  # the running balance of an account, not what is open of a row
    return Match(titles, layout, columns, _distinctive(titles, layout))


def _candidates(titles: Titles, layout: Layout) -> Iterator[tuple[bool, bool, int, int, int, int, str]]:
    """(does not fit, is a fallback, kind, rank, spelling, column, role), the smallest the best."""
    roles = ROLES[layout.kind]
    sources = [layout] if layout.kind != "ledger" or layout.name == GENERIC else [layout, Layout.named(GENERIC)]
    for fallback, source in enumerate(sources):
        for role, ranks in source.spelled.items():
            kind = roles[role][0]
            for column, spellings in titles.spelled.items():
                for nth, spelled in enumerate(spellings):
                    spelling = spelled.replace("%", "") if kind == "ratio" and spelled not in ranks else spelled
                    if spelling in ranks and not (fallback and spelling in layout.spelled_ignore):
                        unfit = not titles.fits(column, kind, role)
                        yield unfit, bool(fallback), _KIND_ORDER.index(kind), ranks[spelling], nth, column, role
                        break


def _distinctive(titles: Titles, layout: Layout) -> tuple[str, ...]:
    there = {spelling: titles.texts[column] for column, spellings in titles.spelled.items() for spelling in spellings}
    return tuple(there[spelling] for spelling in layout.spelled_distinctive if spelling in there)
