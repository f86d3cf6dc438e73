"""``xlcredit demo``: the demo ledger, built and reviewed."""

from __future__ import annotations

import argparse

from xlcredit.cli.options import parser
from xlcredit.cli.run import run
from xlcredit.locales import Words


def demo(options: argparse.Namespace, words: Words) -> int:
    """Builds the demo ledger and its rates in a folder and runs the review on it."""
    from workbooks import ALL, AS_OF, build_demo, build_rates

    folder = options.output
    folder.mkdir(parents=True, exist_ok=True)
    ledger = build_demo(folder / "demo-ledger.xlsx", records=True, customers=ALL)
    rates = build_rates(folder / "demo-rates.csv")
    arguments = ["run", str(ledger), "--as-of", AS_OF.isoformat(), "--rates", str(rates), "--lang", options.lang]
    return run(parser().parse_args([*arguments, "--fail-on", "never"]), words)
