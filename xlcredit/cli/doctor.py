"""``xlcredit doctor``: whether what the add-in needs is in order, and what to do where it is not."""

from __future__ import annotations

import argparse

from xlcredit.locales import Words

FAULTY = 1


def doctor(options: argparse.Namespace, words: Words) -> int:  # noqa: ARG001 (it has none but the language)
    """Prints each check as it is done; 1 where the add-in cannot work, else 0."""
    from udfs.addin.doctor import examine
    from udfs.addin.excel import excel
    from udfs.addin.install import places
    from xlcredit.excel.checkup import FAULT

    faults = 0
    for check in examine(places(), excel()):
        print(check.in_words(words), flush=True)
        faults += check.state == FAULT
    return FAULTY if faults else 0
