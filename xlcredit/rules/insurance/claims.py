"""Claims: what is to be done about each loss by when, and which evidence its file still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xlcredit.kernel.dates import Date, days_between

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

INSOLVENCY, PROTRACTED_DEFAULT, POLITICAL, TRANSFER = "insolvency", "protracted_default", "political", "transfer"
EVERY_CLAIM = "every_claim"
FILE, NOTIFY, NOTIFY_LATE, WAIT, NOT_INSURED = "file_claim", "notify", "notify_at_once", "wait", "not_insured"


def action(
    causes: NDArray[np.object_],
    waiting_days: Mapping[str, int],
    notify_by: Days,
    notified: Days,
    waiting_end: Days,
    as_of: Date,
) -> NDArray[np.object_]:
    """What is to be done about each loss: file the claim, notify it, notify it at once, or wait.

    A cause without a waiting period (insolvency) is filed at once, whatever has been notified (S4: 立即申报理赔).
    A loss without a cause, "", is no loss yet; a cause that is not insured is said to be none.

    Args:
        causes: cause of each loss, "" for none.
        waiting_days: cause → days of its waiting period.
        notify_by: last day of notification.
        notified: day of notification, NaT for none.
        waiting_end: day on which the waiting period ends.
        as_of: the day to look from.
    """
    waits = np.array([waiting_days.get(cause, -1) for cause in causes.tolist()], dtype=np.int64)
    told = ~np.isnat(notified) & (notified <= as_of)
    said = {
        NOT_INSURED: waits < 0,
        FILE: (waits == 0) | (told & (waiting_end <= as_of)),
        WAIT: told,
        NOTIFY_LATE: notify_by < as_of,
    }
    actions = np.select([*said.values()], [*said], default=NOTIFY).astype(object)
    actions[causes == ""] = ""
    return actions


def days_left(notify_by: Days, notified: Days, as_of: Date) -> NDArray[np.float64]:
    """Days until each notification runs out, negative where it has; NaN where it was made or has no deadline."""
    left = days_between(np.full(len(notify_by), as_of, dtype="datetime64[D]"), notify_by)
    return np.where(np.isnat(notified), left, np.nan)


def needed(evidence: Mapping[str, str], causes: NDArray[np.object_]) -> Flags:
    """Whether each claim (rows) needs each document (columns): those of every claim and those of its cause."""
    wanted = np.array([*evidence.values()], dtype=object)
    every = np.isin(wanted, [EVERY_CLAIM])
    return np.asarray((every | (wanted == causes[:, np.newaxis])) & (causes != "")[:, np.newaxis])


def missing(evidence: Mapping[str, str], causes: NDArray[np.object_], held: Flags) -> list[Sequence[str]]:
    """Documents each claim's file still lacks, in the order of the list; ``held`` is a column for each document."""
    names = np.array([*evidence], dtype=object)
    return [tuple(names[lacking].tolist()) for lacking in needed(evidence, causes) & ~held]
