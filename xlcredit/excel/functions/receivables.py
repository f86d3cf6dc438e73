"""Days past due, aging and dunning of open items."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.kernel.dates import days_between
from xlcredit.kernel.money import Minor, to_minor
from xlcredit.rules import aging, dunning


def days_past_due(due: Given, as_of: Given) -> Table:
    """Days from each due date to the as-of date, "" without a due date."""
    return by_row(_days, Rows({"due": due, "as_of": as_of}))


def aging_bucket(due: Given, as_of: Given, policy: Given = None, lang: Given = None) -> Table:
    """Aging bucket of each due date, in words."""
    return by_row(_bucket, Rows({"due": due, "as_of": as_of}, policy, lang))


def dunning_stage(
    due: Given,
    as_of: Given,
    amount: Given = None,
    blocked: Given = None,
    last_stage: Given = None,
    policy: Given = None,
) -> Table:
    """Stage of each item; an amount that is not given counts as owed."""
    return by_row(_stages, _items(due, as_of, amount, blocked, last_stage, policy))


def dunning_action(
    due: Given,
    as_of: Given,
    amount: Given = None,
    blocked: Given = None,
    last_stage: Given = None,
    policy: Given = None,
) -> Table:
    """What is to be done about each item at its stage, and through which channel."""
    return by_row(_actions, _items(due, as_of, amount, blocked, last_stage, policy))


def next_dunning_date(
    due: Given,
    as_of: Given,
    amount: Given = None,
    blocked: Given = None,
    last_stage: Given = None,
    policy: Given = None,
) -> Table:
    """Day on which each item's next stage begins, "" after the last and for what is not dunned."""
    return by_row(_next_dates, _items(due, as_of, amount, blocked, last_stage, policy))


def _items(due: Given, as_of: Given, amount: Given, blocked: Given, last_stage: Given, policy: Given) -> Rows:
    arguments = {"due": due, "as_of": as_of, "amount": amount, "blocked": blocked, "last_stage": last_stage}
    return Rows(arguments, policy)


def _days(rows: Rows) -> NDArray[np.float64]:
    due = rows.days("due")
    return days_between(due, rows.needed_days("as_of", where=~np.isnat(due)))


def _bucket(rows: Rows) -> Column:
    days, buckets = _days(rows), rows.policy.buckets
    words = {key: rows.words("buckets", key) for key in buckets.keys}
    return np.array([words[key] for key in aging.bucket(days, buckets)], dtype=object)


def _owed(rows: Rows) -> Minor:
    """Minor units of each item; one of which no amount is known is owed, and more than the minimum."""
    amounts = rows.amounts("amount")
    minimum = int(to_minor(rows.policy.dunning.minimum_amount, rows.places)[0])
    return np.where(np.isnan(amounts), max(minimum, 1), to_minor(amounts, rows.places))


def _stages(rows: Rows) -> NDArray[np.int64]:
    days, minor = _days(rows), _owed(rows)
    minimum = to_minor(rows.policy.dunning.minimum_amount, rows.places)
    return dunning.stage(days, minor, rows.flags("blocked"), rows.numbers("last_stage"), rows.policy.dunning, minimum)


def _actions(rows: Rows) -> Column:
    procedure = rows.policy.dunning
    said = [_in_words(*step, rows) for step in zip(procedure.actions, procedure.channels, strict=True)]
    return np.array(said, dtype=object)[_stages(rows)]


def _in_words(action: str, channel: str, rows: Rows) -> str:
    what = rows.words("actions", action)
    if not channel:
        return what
    return rows.words("dunning_action", "with_channel").format(action=what, channel=rows.words("channels", channel))


def _next_dates(rows: Rows) -> Column:
    stages, procedure = _stages(rows), rows.policy.dunning
    due, minor = rows.days("due"), _owed(rows)
    minimum = to_minor(procedure.minimum_amount, rows.places)
    none = rows.flags("blocked") | (minor <= 0) | (minor < minimum)
    return np.where(none, np.datetime64("NaT", "D"), dunning.next_dates(stages, due, rows.days("as_of"), procedure))
