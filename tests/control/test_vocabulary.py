"""Vocabulary: codes are told by themselves or by their word in any language."""

from __future__ import annotations

import numpy as np

from xlcredit.control.vocabulary import told_codes


def test_a_code_is_told_by_itself_or_its_word_whatever_the_case_and_else_stays_as_it_stands() -> None:
    said = np.array(["insolvency", " SHORT OF CASH ", "对债权有争议", "on strike", "On holiday", ""], dtype=object)
    known = ("insolvency", "cash_shortage", "dispute", "on strike")
    assert told_codes(said, known, "dunning_reasons").tolist() == [
        "insolvency", "cash_shortage", "dispute", "on strike", "On holiday", "",
    ]  # fmt: skip
