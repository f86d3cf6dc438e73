"""The ribbon's buttons: one call each. The add-in runs them by name; the work is done in ``xlcredit.excel.batch``."""

from __future__ import annotations

from udfs.ribbon import press


def run_review():
    """Reviews the ledger: columns beside it and its customers, and the sheets that go with them."""
    press("run_review")


def check_data():
    """Lists what is wrong with the data, and changes nothing else."""
    press("check_data")


def credit_pack():
    """Makes the credit pack of the ledger, a workbook of its own beside it, and opens it."""
    press("credit_pack")


def score_customers():
    """Scores and grades beside the customers."""
    press("score_customers")


def suggest_limits():
    """Suggested limits and headroom beside the customers."""
    press("suggest_limits")


def age_ledger():
    """Days past due and aging buckets beside the items."""
    press("age_ledger")


def flag_dunning():
    """Dunning stages and next actions beside the items."""
    press("flag_dunning")


def insert_formulas():
    """The review's columns as formulas."""
    press("insert_formulas")


def spill_column():
    """One spilled formula in place of those filled down the selected column."""
    press("spill_column")


def replace_formulas():
    """Values in place of our formulas in the selected sheet or cells."""
    press("replace_formulas")


def open_policy_sheet():
    """The Policy sheet, made where there is none."""
    press("open_policy_sheet")


def validate_policy():
    """Says every fault of the Policy sheet with its cell."""
    press("validate_policy")


def reload_policy():
    """Reads the configuration and the policies anew."""
    press("reload_policy")


def doctor():
    """Says whether everything the add-in needs is in order, and what to do where it is not."""
    press("doctor")


def about():
    """Says which versions are at work."""
    press("about")
