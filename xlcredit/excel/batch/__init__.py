"""What a ribbon button does, over the workbook port: in a file, in memory and in an open Excel alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from xlcredit.excel.batch.formulas import replace_formulas, spill_column
from xlcredit.excel.batch.packs import credit_pack
from xlcredit.excel.batch.policies import open_policy_sheet, reload_policy, validate_policy
from xlcredit.excel.batch.press import Answer, Ask, Cancelled, Press, Selection, Step, fault, no
from xlcredit.excel.batch.reviews import (
    age_ledger,
    check_data,
    flag_dunning,
    insert_formulas,
    run_review,
    score_customers,
    suggest_limits,
)
from xlcredit.excel.batch.versions import about
from xlcredit.excel.checkup import FAULT, Check
from xlcredit.excel.configuration import active_policy, configuration
from xlcredit.excel.workbook import Workbook
from xlcredit.kernel.errors import XlcreditError
from xlcredit.locales import Words

__all__ = ["BUTTONS", "Answer", "Cancelled", "Press", "Selection", "diagnosis", "failed", "press"]

BUTTONS: dict[str, Callable[[Press], Answer]] = {
    button.__name__: button
    for button in (
        run_review, check_data, credit_pack, score_customers, suggest_limits, age_ledger, flag_dunning,
        insert_formulas, spill_column, replace_formulas, open_policy_sheet, validate_policy, reload_policy, about,
    )
}  # fmt: skip
"""Every button that works on a workbook, by its name, which is its tag in the ribbon."""


def press(
    button: str, workbook: Workbook, selection: Selection | None, today: date, step: Step, ask: Ask = no
) -> Answer:
    """Does what a button says under the user's configuration; what goes wrong with reason is an answer, too."""
    words = Words.of("en")
    try:
        words = Words.of(configuration().lang)
        return BUTTONS[button](Press(workbook, today, active_policy, words, selection, step, ask))
    except Cancelled:
        return Answer(words("buttons", "cancelled"))
    except XlcreditError as error:
        return fault(error, words)


def diagnosis(checks: Iterable[Check]) -> Answer:
    """The answer of the button "doctor", whose checks look at the host and not at a workbook."""
    words, done = _words(), list(checks)
    text = "\n".join(check.in_words(words) for check in done)
    return Answer(text, "fault" if any(check.state == FAULT for check in done) else "read")


def failed(button: str, error: Exception) -> Answer:
    """The answer to what nobody foresaw: that nothing was changed, and what Excel or Python says of it."""
    words = _words()
    reason = str(error) or type(error).__name__
    label = words.table["ribbon"][button]["label"]
    return Answer(words("buttons", "failed").format(button=label, reason=reason), "fault")


def _words() -> Words:
    try:
        return Words.of(configuration().lang)
    except XlcreditError:
        return Words.of("en")
