"""Key figures of receivables: days of sales outstanding, collection effectiveness, concentration."""

from __future__ import annotations

import numpy as np

from xlcredit.excel.cells import Given, Table
from xlcredit.excel.formulas import MOST_ROWS
from xlcredit.excel.functions.rows import Column, Rows, by_row
from xlcredit.excel.functions.series import in_one, lying, series
from xlcredit.kernel.money import Minor, in_text, to_minor
from xlcredit.rules import concentration as concentrated
from xlcredit.rules import metrics


def dso(receivables: Given, sales: Given, days: Given) -> Table:
    """Days sales outstanding of each row."""
    return by_row(_dso, Rows({"receivables": receivables, "sales": sales, "days": days}))


def dso_countback(receivables: Given, sales_newest_first: Given, days_newest_first: Given) -> Table:
    """DSO of each row counted back month by month; #N/A with the least days where the months do not suffice."""
    months = {"sales_newest_first": lying(sales_newest_first), "days_newest_first": lying(days_newest_first)}
    return by_row(_counted_back, Rows({"receivables": receivables, **months}))


def best_dso(current_receivables: Given, sales: Given, days: Given) -> Table:
    """DSO each row would have with nothing past due."""
    return by_row(_best, Rows({"current_receivables": current_receivables, "sales": sales, "days": days}))


def days_delinquent(receivables: Given, current_receivables: Given, sales: Given, days: Given) -> Table:
    """Average days delinquent of each row."""
    arguments = {"receivables": receivables, "current_receivables": current_receivables, "sales": sales, "days": days}
    return by_row(_delinquent, Rows(arguments))


def cei(opening: Given, sales: Given, closing: Given, closing_current: Given) -> Table:
    """Collection effectiveness index of each row in percent."""
    arguments = {"opening": opening, "sales": sales, "closing": closing, "closing_current": closing_current}
    return by_row(_effectiveness, Rows(arguments))


def hhi(amounts: Given) -> Table:
    """Concentration index of all amounts, 0 to 1; credits are left out, "" where nothing is owed."""
    return by_row(lambda rows: np.array([concentrated.hhi(_all_owed(rows))]), Rows({"amounts": in_one(amounts)}))


def concentration(amounts: Given, top: Given = None) -> Table:
    """Share of the largest amounts in all of them, of each number of them that is asked for; "" of nothing owed."""
    return by_row(_top_shares, Rows({"amounts": in_one(amounts), "top": top}))


def _top_shares(rows: Rows) -> Column:
    minor, asked = _all_owed(rows), rows.numbers("top")
    for row in np.flatnonzero((asked < 1) | (asked % 1 > 0)):
        rows.note(int(row), "no-count", argument="top", value=f"{asked[row]:g}", most=MOST_ROWS)
    counts = np.where(np.isnan(asked), rows.policy.metrics.top, asked)
    return np.array([concentrated.top_share(minor, int(max(top, 0))) for top in counts.tolist()])


def _all_owed(rows: Rows) -> Minor:
    return to_minor(series(rows, "amounts")[0], rows.places)


def _period(rows: Rows) -> tuple[Column, Column]:
    """Sales and days of each row, noted where they give no days of sales."""
    sales, days = rows.amounts("sales"), rows.numbers("days")
    for row in np.flatnonzero(sales <= 0):
        rows.note(int(row), "no-sales", argument="sales", value=f"{sales[row]:g}")
    _refuse_no_days(rows, "days", days)
    return sales, days


def _refuse_no_days(rows: Rows, name: str, days: Column) -> None:
    for row, *place in np.argwhere(days <= 0).tolist():
        rows.note(row, "not-above-zero", argument=name, value=f"{days[(row, *place)]:g}")


def _dso(rows: Rows) -> Column:
    return metrics.dso(rows.amounts("receivables"), *_period(rows))


def _best(rows: Rows) -> Column:
    return metrics.best_dso(rows.amounts("current_receivables"), *_period(rows))


def _delinquent(rows: Rows) -> Column:
    return metrics.days_delinquent(rows.amounts("receivables"), rows.amounts("current_receivables"), *_period(rows))


def _counted_back(rows: Rows) -> Column:
    owed, sales, days = (
        rows.amounts("receivables"),
        series(rows, "sales_newest_first"),
        series(rows, "days_newest_first"),
    )
    _refuse_no_days(rows, "days_newest_first", days)
    if days.shape[1] == 1:  # months of one length, as of 30 days each
        days = np.repeat(days, sales.shape[1], axis=1)
    months = min(sales.shape[1], days.shape[1])
    found = metrics.count_back(owed, sales[:, :months], days[:, :months], rows.places)
    for row in np.flatnonzero((found.unexplained > 0) & ~np.isnan(owed)):
        left = in_text(int(found.unexplained[row]), rows.places)
        rows.note(int(row), "history-ends", days=f"{abs(found.days[row]):g}", amount=left)
    return found.days


def _effectiveness(rows: Rows) -> Column:
    opening, sales, closing, current = map(rows.amounts, ("opening", "sales", "closing", "closing_current"))
    for row in np.flatnonzero(opening + sales - current <= 0):
        rows.note(int(row), "nothing-collectable")
    return metrics.cei(opening, sales, closing, current)
