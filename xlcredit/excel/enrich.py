"""Enrich: a review as columns beside the ledger and its customers, and as sheets of its own.

Only what is ours is described here; ``patch`` puts it into the workbook and leaves the rest alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xlcredit.control import Review
from xlcredit.excel.additions import Column, Columns, Formula, Name, Shade, Sheet
from xlcredit.excel.desk import Desk
from xlcredit.excel.itemcells import item_cells
from xlcredit.excel.native import classic, names
from xlcredit.excel.native.items import item_formulas as native_items
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.policysheet import policy_sheet
from xlcredit.excel.styles import FILLS, FONTS
from xlcredit.ledger.findings import SEVERITIES, Finding
from xlcredit.ledger.grid import Grid
from xlcredit.ledger.place import Place
from xlcredit.ledger.tables import Text
from xlcredit.locales import Words, display_width

LEDGER, CUSTOMERS, CREDIT_REVIEW, FINDINGS = "ledger", "customers", "credit_review", "findings"
"""Marks of our additions."""

MOST_OF_A_KIND = 10_000
"""Findings of one code that the sheet lists; the JSON has them all."""

Kind = Literal["native", "classic"]
"""Which functions formulas call: our names, for Excel 365, or those that every spreadsheet program has."""

ROOM_FOR_FILTER = 4
"""Characters a header gives up to its filter button."""

WIDEST = 80
"""Characters the widest column shows at once."""


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What a review adds to a workbook, and the sheets of ours it no longer needs."""

    columns: tuple[Columns, ...]
    sheets: tuple[Sheet, ...]
    remove: tuple[str, ...]
    names: tuple[Name, ...] = ()


def enrichment(
    review: Review, desk: Desk, words: Words, formulas: Kind | None = None, grid: Grid | None = None
) -> Enrichment:
    """What this review adds to the workbook whose ledger it is of.

    With ``formulas`` the policy comes with it, and days, buckets, stages, actions, grades, headroom and utilization
    are live; "native" ones call the worksheet functions, which come with them. ``grid`` is the ledger's sheet, whose
    cells the formulas read: where they do not say what the review says, the value stands (``itemcells``).
    """
    rows = review.ledger.items.row
    beside = [_beside(LEDGER, desk.recognised, desk.reading.last_row, rows, item_columns(review, words))]
    in_sheet = np.flatnonzero(review.customers.sheet_line >= 0)
    if desk.customers and len(in_sheet):
        beside.append(_beside_customers(review, desk.customers, in_sheet, words))
    sheets = [sheet for sheet in (_credit_review(review, words), _findings(review.findings, words)) if sheet]
    kept = {sheet.mark for sheet in sheets}
    dropped = tuple(mark for mark in (CREDIT_REVIEW, FINDINGS) if mark not in kept)
    if formulas is None or grid is None:
        return Enrichment(tuple(beside), tuple(sheets), dropped)
    sheets.append(policy_sheet(review.policy, review.as_of, words))
    live = tuple(_live(beside, review, desk.recognised, grid, words, formulas))
    used = replace(review.policy, currency=review.currency)  # its decimals are those that are rounded to
    return Enrichment(live, tuple(sheets), dropped, names(used, words) if formulas == "native" else ())


def _live(
    blocks: Sequence[Columns], review: Review, place: Place, grid: Grid, words: Words, kind: Kind
) -> Iterator[Columns]:
    """The blocks with formulas where cells of the workbook give what the review says."""
    ranges = Ranges(replace(review.policy, currency=review.currency), words)  # its decimals are those rounded to
    cells = item_cells(review, place, grid, ranges.as_of)
    for block in blocks:
        if block.mark == CUSTOMERS:
            yield _with_formulas(block, _customer_formulas(ranges, kind), {UTILIZATION: _is_shown(block)})
        elif cells:
            formulas = classic.item_formulas(ranges, cells) if kind == "classic" else native_items(ranges, cells)
            masks = dict(enumerate((cells.aged, cells.aged, cells.staged, cells.staged)))
            yield _with_formulas(block, dict(enumerate(formulas)), masks)
        else:
            yield block


def _customer_formulas(ranges: Ranges, kind: Kind) -> dict[int, Formula]:
    """Place among a customer's columns → the formula that gives its values."""
    exposure, limit, score = "{own[0]}{row}", "{own[7]}{row}", "{own[4]}{row}"
    share = f'IF({exposure}<=0,0,IF({limit}=0,"",{exposure}/{limit}))'
    used = Formula(f'IF(OR({exposure}="",{limit}=""),"",{share})')
    if kind == "classic":
        return {6: classic.grade(ranges, score), 9: classic.headroom(ranges, limit, exposure), UTILIZATION: used}
    graded = Formula(f"CREDIT_GRADE({score})", dynamic=True)
    return {6: graded, 9: Formula(f"CREDIT_HEADROOM({limit},{exposure})", dynamic=True), UTILIZATION: used}


UTILIZATION = 10


def _is_shown(block: Columns) -> NDArray[np.bool_]:
    """Customers whose utilization follows from their cells: an unlimited limit is blank there, as an unknown one is."""
    limit, share = block.columns[7].values, block.columns[UTILIZATION].values
    return np.asarray(~np.isnan(limit) | np.isnan(share))


def _with_formulas(block: Columns, formulas: Mapping[int, Formula], live: Mapping[int, NDArray[np.bool_]]) -> Columns:
    """A block with formulas, in the rows where they are live; a column of which no row is stays as it is."""
    columns = [
        replace(column, formula=formulas[at], live=live.get(at))
        if at in formulas and (at not in live or live[at].any())
        else column
        for at, column in enumerate(block.columns)
    ]
    return replace(block, columns=tuple(columns))


def _beside(mark: str, place: Place, last_row: int, rows: NDArray[np.int64], columns: tuple[Column, ...]) -> Columns:
    return Columns(mark, place.sheet, place.header_row, last_row, place.last_column, rows - 1, columns)


def _beside_customers(review: Review, place: Place, in_sheet: NDArray[np.intp], words: Words) -> Columns:
    lines = review.customers.sheet_line[in_sheet]
    order = np.argsort(lines)
    rows = review.ledger.customers.row[lines[order]]
    last_row = int(review.ledger.customers.row.max()) - 1
    return _beside(CUSTOMERS, place, last_row, rows, customer_columns(review, in_sheet[order], words))


def item_columns(review: Review, words: Words) -> tuple[Column, ...]:
    """Days past due, bucket, stage and next action of each item; its open amount where the ledger does not state it."""
    items, policy = review.items, review.policy
    buckets = {words("buckets", key): place for place, key in enumerate(policy.buckets.keys[:-1])}
    stages = {float(stage): stage for stage in range(1, len(policy.dunning.actions))}
    columns = (
        Column(words("columns", "days_past_due"), "integer", items.days_past_due),
        _text_column(words("columns", "bucket"), _worded(items.bucket, "buckets", words), _ramp(buckets)),
        Column(
            words("columns", "stage"), "integer", np.where(items.open_minor != 0, items.stage, np.nan), _ramp(stages)
        ),
        _text_column(words("columns", "action"), _worded(items.action, "actions", words)),
    )
    if not _open_is_derived(review):
        return columns
    return (*columns, Column(words("columns", "open"), "amount", items.open))


def _open_is_derived(review: Review) -> bool:
    items = review.ledger.items
    if not review.ledger.source.states("open"):
        return True
    stated = items.amount - items.settled
    return bool((np.abs(stated - review.items.open) > 1e-9).any())  # a past date: other amounts were open then


def customer_columns(review: Review, lines: NDArray[np.intp], words: Words) -> tuple[Column, ...]:
    """What the review says of these customers."""
    found = review.customers
    base = f" ({review.currency})"
    grades = {name: place for place, name in enumerate(review.policy.grades.names)}

    def money(key: str, values: NDArray[np.float64]) -> Column:
        return Column(words("columns", key) + base, "amount", _finite(values[lines]))

    return (
        money("exposure", found.exposure),
        money("overdue", found.overdue),
        Column(words("columns", "average_days_late"), "decimal", found.average_days_late[lines]),
        _text_column(words("columns", "card"), _worded(found.card[lines], "scorecards", words)),
        Column(words("columns", "score"), "decimal", found.score[lines]),
        Column(words("columns", "completeness"), "percent", found.completeness[lines]),
        _text_column(words("columns", "grade"), found.grade[lines], _ramp(grades)),
        money("limit", found.limit),
        _text_column(words("columns", "constraint"), _worded(found.constraint[lines], "constraints", words)),
        money("headroom", found.headroom),
        Column(words("columns", "utilization"), "percent", _finite(found.utilization[lines])),
        _text_column(words("columns", "reasons"), _reasons(review, lines, words)),
    )


def _reasons(review: Review, lines: NDArray[np.intp], words: Words) -> Text:
    said = ["; ".join(reason.in_words(words) for reason in review.customers.reasons[line]) for line in lines]
    return np.array(said, dtype=object)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Infinity, as of an unlimited limit, cannot stand in a cell: it stays blank, and the constraint says why."""
    return np.where(np.isfinite(values), values, np.nan)


def _worded(keys: Text, group: str, words: Words) -> Text:
    worded = {key: words(group, key) if key else "" for key in set(keys.tolist())}
    return np.array([worded[key] for key in keys.tolist()], dtype=object)


def _ramp(places: Mapping[str, int] | Mapping[float, int]) -> tuple[Shade, ...]:
    """Colours from good to severe over values from best to worst."""
    moods = tuple(FILLS)
    last = max(places.values(), default=0)
    return tuple(
        Shade((value,), FILLS[mood], FONTS[mood])
        for value, place in places.items()
        if (mood := moods[round(place * (len(moods) - 1) / max(last, 1))])
    )


def _credit_review(review: Review, words: Words) -> Sheet | None:
    """One row for each customer that no customers sheet shows."""
    found = review.customers
    lines = np.flatnonzero(found.sheet_line < 0)
    if not len(lines):
        return None
    named = [_text_column(words("columns", "customer"), found.customer[lines])]
    if (found.name[lines] != found.customer[lines]).any():  # a ledger without numbers knows its customers by name
        named.append(_text_column(words("columns", "name"), found.name[lines]))
    return Sheet(CREDIT_REVIEW, words("sheets", CREDIT_REVIEW), (*named, *customer_columns(review, lines, words)))


def _findings(findings: Sequence[Finding], words: Words) -> Sheet | None:
    if not findings:
        return None
    ordered = _worst_first(findings)
    said = {
        "severity": [words("severities", finding.severity) for finding in ordered],
        "code": [finding.code for finding in ordered],
        "where": [finding.where for finding in ordered],
        "message": [finding.message(words) for finding in ordered],
        "remedy": [finding.remedy(words) for finding in ordered],
    }
    columns = tuple(_text_column(words("columns", key), np.array(texts, dtype=object)) for key, texts in said.items())
    return Sheet(FINDINGS, words("sheets", FINDINGS), columns)


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Findings by severity, the worst first; of each kind no more than anybody reads, so that the sheet holds them."""
    of_kind: Counter[str] = Counter()
    listed = []
    for finding in sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity)):
        of_kind[finding.code] += 1
        if of_kind[finding.code] <= MOST_OF_A_KIND:
            listed.append(finding)
    dropped = {code: count - MOST_OF_A_KIND for code, count in of_kind.items() if count > MOST_OF_A_KIND}
    return [
        *listed,
        *(Finding("info", "more-of-a-kind", "", {"code": code, "count": n}) for code, n in dropped.items()),
    ]


def _text_column(header: str, texts: Text, shades: tuple[Shade, ...] = ()) -> Column:
    """A column wide enough for its texts, within reason."""
    longest = max(map(display_width, set(texts.tolist())), default=0)
    wide = max(longest + 2, display_width(header) + ROOM_FOR_FILTER)
    return Column(header, "text", texts, shades, float(min(wide, WIDEST)))
