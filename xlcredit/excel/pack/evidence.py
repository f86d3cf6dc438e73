"""Tables that say what a pack rests on: findings about the data, the provision matrix, the policy."""

from __future__ import annotations

import numpy as np

from xlcredit.control import Review
from xlcredit.control.listing import Lists
from xlcredit.excel.enrich import worst_first
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, Tables, unique
from xlcredit.kernel.money import decimals, rounded
from xlcredit.ledger.findings import SEVERITIES


def findings(review: Review, speech: Speech) -> PackTable:
    """One line per finding, the worst first."""
    told = worst_first(review.findings)
    texts = {
        "severity": speech.column(lambda words: [words("severities", each.severity) for each in told]),
        "code": np.array([each.code for each in told], dtype=object),
        "where": np.array([each.where for each in told], dtype=object),
        "message": speech.column(lambda words: [each.message(words) for each in told]),
        "remedy": speech.column(lambda words: [each.remedy(words) for each in told]),
    }
    columns = [
        TableColumn(
            key,
            speech.heads("columns", key),
            "wrapped" if key in ("message", "remedy") else "text",
            values,
            look="ramp" if key == "severity" else "",
            ramp=tuple(speech("severities", severity) for severity in SEVERITIES) if key == "severity" else (),
        )
        for key, values in texts.items()
    ]
    return PackTable("findings", speech.heads("sheets", "findings"), unique(columns))


def matrix(review: Review, lists: Lists, tables: Tables, speech: Speech) -> PackTable:
    """One line per aging bucket: its balance, the policy's loss rate, what it gives, and what roll rates say of it."""
    aging, rule, places = tables["aging"], review.policy.provision, decimals(review.currency)
    keys = [key for key in review.policy.buckets.keys if key in aging]
    balance = np.array([aging[key].total for key in keys])
    rate = np.array([rule.rates.get(key, np.nan) for key in keys])
    base = f" ({review.currency})"
    columns = (
        TableColumn(
            "bucket",
            speech.heads("columns", "bucket"),
            "text",
            np.array([speech("buckets", key) for key in keys], dtype=object),
        ),
        TableColumn(
            "open", speech.heads("columns", "open", base), "amount", balance, places=places, totalled=True, look="bar"
        ),
        TableColumn("rate", speech.heads("columns", "loss_rate"), "percent", rate),
        TableColumn(
            "loss",
            speech.heads("pack_columns", "matrix_loss", base),
            "amount",
            rounded(balance * rate, places),
            f'IF({{rate}}="","",ROUND({{open}}*{{rate}},{places}))',
            places,
            totalled=True,
        ),
        TableColumn("rolled", speech.heads("pack_columns", "rolled"), "percent", _rolled(keys, lists)),
    )
    return PackTable("matrix", speech.heads("pack_sheets", "matrix"), unique(columns))


def _rolled(keys: list[str], lists: Lists) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The loss rate of each bucket that the ledger's own roll rates lead to."""
    if "roll_rates" not in lists:
        return np.full(len(keys), np.nan)
    told = dict(zip(lists["roll_rates"]["bucket"].tolist(), lists["roll_rates"]["loss_rate"].tolist(), strict=True))
    return np.array([told.get(key, np.nan) for key in keys])
