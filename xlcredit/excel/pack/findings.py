"""Findings about the data that a pack rests on."""

from __future__ import annotations

import numpy as np

from xlcredit.control import Review
from xlcredit.excel.enrich import worst_first
from xlcredit.excel.pack.speech import Speech
from xlcredit.excel.pack.tables import PackTable, TableColumn, unique
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
