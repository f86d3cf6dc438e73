"""Random rows for the worksheet functions, the cells as careless as people type them; the same seed, the same rows."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xlcredit.kernel.money import decimals
from xlcredit.policy import Policy
from xlcredit.rules.scorecard import Scorecard

Cell = object
Draw = random.Random
TODAY = date(2026, 6, 30)

NUMBERS = {
    "12.5": 12.5, " 7 ": 7.0, "-3": -3.0, "+4": 4.0, "1,234": 1234.0, "1.234": 1.234, "1,234.50": 1234.5, "0.1": 0.1,
    "1.234,50": 1234.5, "1,5": 1.5, "0,123": 0.123, "1.234.567": 1234567.0, "1,234,567": 1234567.0, ".5": 0.5,
    ",5": 0.5, "5.": 5.0, "45%": 0.45, "4.5 %": 0.045, "-1,5%": -0.015, "１２．５％": 0.125, "８０": 80.0, "1234,567": 1234.567,
    "\u00a012\u00a0": 12.0, "\u300012": 12.0, "007": 7.0, "99999999999.99": 99999999999.99,
}  # fmt: skip
"""Texts that Python and the names read as the same number."""
NUMBERS_OF_PYTHON = {
    "1 234,50": 1234.5, "1\u00a0234,50": 1234.5, "1'234.50": 1234.5, "12,34,567": 1234567.0, "(5)": -5.0, "5-": -5.0,
    "- 5": -5.0, "−5": -5.0, "1e3": 1000.0, "€5": 5.0, "EUR 5": 5.0, "5 CR": -5.0, "25,--": 25.0, "-": 0.0, "—": 0.0,
    "5\t": 5.0, "0.1000000000000000055": 0.1, "²": 2.0,
}  # fmt: skip
"""Texts that Python alone reads as a number: with spaces, apostrophes, hundreds in twos, brackets, a sign behind or
apart, an exponent, a currency, dashes for cents or for nothing, a tab, more than 15 digits."""
NO_NUMBERS = (
    "n/a", ".", ",", "1,2,3", "1.2.3,4", "1,23,4567", "12%%", "%5", "--5", "+-5", "1..5", "five", "1,234,", "'",
    "1:30",
)  # fmt: skip
"""Texts that are no number to anybody."""

DAYS = {
    "2026-06-28": date(2026, 6, 28), "2026/6/2": date(2026, 6, 2), "2026.06.15": date(2026, 6, 15),
    "2026年6月27日": date(2026, 6, 27), "2026年6月27": date(2026, 6, 27), "２０２６－０６－２８": date(2026, 6, 28),
    "26/06/2026": date(2026, 6, 26), "6/26/2026": date(2026, 6, 26), "04.04.2026": date(2026, 4, 4),
    " 2026-01-31 ": date(2026, 1, 31), "29-2-2024": date(2024, 2, 29),
}  # fmt: skip
"""Texts that Python and the names read as the same day."""
DAYS_OF_PYTHON = {
    "2026-06-28 13:05": date(2026, 6, 28), "20260628": date(2026, 6, 28), "46201": date(2026, 6, 28),
    "28.06.26": date(2026, 6, 28), "28 06 2026": date(2026, 6, 28), "28 June 2026": date(2026, 6, 28),
    "28. Juni 2026": date(2026, 6, 28), "Jun 28, 2026": date(2026, 6, 28), "2026 - 06 - 28": date(2026, 6, 28),
    "2026-06-28.": date(2026, 6, 28), "2026–06–28": date(2026, 6, 28), "-": None, "00.00.0000": None,
}  # fmt: skip
"""Texts that Python alone reads as a day, or as none: with a time, without marks, a year in two digits, a month in
words, spaces beside or for the marks, a full stop behind, long dashes, ways to write no date."""
NO_DAYS = (
    "soon", "03/04/2026", "2026-02-30", "31.04.2026", "1979-12-31", "2101-01-01", "13/13/2026", "2026-6", "2026月6年2",
    "6年27月2026", "99-1-1", "2026-1-2-3", "26/06/2026日", "2026--06-28",
)  # fmt: skip
"""Texts that are no day to anybody, or leave it open which is the month."""

SET = (
    "x", "Yes", "disputed", "✓", "是", "争议", "Qualität", "!", ".", "nicht", "NÃO", "非", "no way", "#1", "1", "2.0",
)  # fmt: skip
NOT_SET = (
    "no", "No.", "N/A", "n.a.", "None", "Nein", "nö", "never", "false", "0", "00", "-", "--", "— –", "_0_",
    "not disputed", "Not-Blocked", "open", "Active", "否", "无。", "不是", "正常", "ＮＯ", "n o", "未争议",
)  # fmt: skip
"""Texts that set a block, and that set none."""
ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!")
ABSURD = (1e300, -1e300, 2.0**50, 2**50 / 100, -(2**50) / 100, 1e14, -1e15, 9.9e12, -1.1e13, 2**50 / 1000)
NO_SERIALS = (0, -1, 0.5, 29220.9, 73416, 1e6, 19_800_100, 20_260_230, 20_260_628.5, 21_010_101, 1e9, 1e300)
SERIALS = (29221, 29221.99, 73415, 73415.5, 46203.75, 20_260_628, 19_800_101, 21_001_231)
"""Numbers that count days from 1980 to 2100, or are such days in eight digits."""


class ForPythonAlone(str):
    """A text that only Python reads: to a name it is an error."""

    __slots__ = ()


@dataclass(frozen=True)
class Drawn:
    """How the arguments of a function are drawn: one cell of each a row."""

    cells: tuple[Callable[[Draw], Cell], ...]
    one_block: bool = False
    """Whether the cells of a row are one argument."""

    def rows(self, count: int, seed: int) -> list[list[Cell]]:
        """Rows of cells."""
        draw = Draw(seed)
        return [[cell(draw) for cell in self.cells] for _ in range(count)]

    def arguments(self, rows: list[list[Cell]]) -> list[list[list[Cell]]]:
        """Rows as the arguments of one call."""
        return [rows] if self.one_block else [[[row[place]] for row in rows] for place in range(len(self.cells))]


def drawn(policy: Policy, card: Scorecard) -> Mapping[str, Drawn]:
    """Every function that is a name, with cells about the bounds of the policy."""
    grades = [bound.value for bound in policy.grades.bands.bounds]
    score = _often(_number(grades, 0, 100), _number(grades, -5, 105))
    unit = 10.0 ** -decimals(policy.currency)
    money = _number([0, unit, unit / 2, 1.5 * unit, 1.005, 1000, 50_000, 1e6, 1e9], -2_000, 90_000)
    limit = Drawn((score, money, money, money))
    due, tolerance = _day(policy), policy.order.tolerance_days
    levels = [level.bound.value for level in policy.dunning.levels]
    item = Drawn((due, _today(), money, _flag(), _number([0, 1, 2, 3, 0.5], -1, len(levels) + 2)))
    answers = [[bound.value for bound in each.bands.bounds] for each in card.characteristics]
    asked = Drawn(tuple(_number(bounds, -1, max(bounds) * 1.5) for bounds in answers), one_block=True)
    return {
        "CREDIT_SCORE": asked,
        "CREDIT_POINTS": asked,
        "CREDIT_GRADE": Drawn((score,)),
        "CREDIT_LIMIT": limit,
        "CREDIT_LIMIT_REASON": limit,
        "CREDIT_HEADROOM": Drawn((money, money)),
        "CREDIT_CHECK": Drawn((money, money, money, _number([tolerance, 0], -5, 60), due, _today())),
        "DAYS_PAST_DUE": Drawn((due, _today())),
        "AGING_BUCKET": Drawn((due, _today())),
        "DUNNING_STAGE": item,
        "DUNNING_ACTION": item,
    }


def _often(usual: Callable[[Draw], Cell], odd: Callable[[Draw], Cell]) -> Callable[[Draw], Cell]:
    return lambda draw: odd(draw) if draw.random() < 0.1 else usual(draw)


def _number(bounds: list[float], low: float, high: float) -> Callable[[Draw], Cell]:
    """A number's cell: at a bound, just below or above, anywhere, blank, as a text; and now and then none at all."""

    def cell(draw: Draw) -> Cell:
        kind = draw.random()
        if kind < 0.4:
            return _beside(draw, draw.choice(bounds))
        if kind < 0.72:
            anywhere = draw.uniform(low, high)
            return draw.choice([_told(anywhere), round(anywhere, 2), round(anywhere)])
        if kind < 0.82:
            return draw.choice(["", "", " "])
        if kind < 0.94:
            return draw.choice([*NUMBERS, f"{draw.uniform(low, high):,.2f}", f"{draw.uniform(low, high):.3f}"])
        return _odd(draw, draw.choice([NO_NUMBERS, tuple(map(ForPythonAlone, NUMBERS_OF_PYTHON)), ABSURD]))

    return cell


def _beside(draw: Draw, bound: float) -> float:
    """A bound, or what lies beside it: as little as the 15 digits of a cell tell, a minor unit, one."""
    least = 10.0 ** (math.floor(math.log10(abs(bound))) - 13) if bound else 1e-15
    by = draw.choice([0, 0, least, 1e-9, 1e-4, 0.0004, 0.004, 0.01, 1])
    return _told(bound + draw.choice([-1, 1]) * by)


def _told(value: float) -> float:
    """A number as a cell tells it, in 15 digits."""
    return float(f"{value:.15g}")


def _odd(draw: Draw, cells: tuple[Cell, ...]) -> Cell:
    return draw.choice([draw.choice(cells), draw.choice(cells), draw.choice(ERRORS), draw.choice([True, False])])


def _day(policy: Policy) -> Callable[[Draw], Cell]:
    """A day's cell: as many days before today as a bucket or level begins, just before or after, anywhere, none."""
    bounds = [bound.value for bands in (policy.buckets.bands, policy.dunning.bands) for bound in bands.bounds]

    def cell(draw: Draw) -> Cell:
        kind = draw.random()
        if kind < 0.5:
            return TODAY - timedelta(int(draw.choice(bounds)) + draw.choice([-1, 0, 0, 1]))
        if kind < 0.7:
            return draw.choice(
                [TODAY - timedelta(draw.randint(-400, 900)), draw.randint(45_000, 47_000), draw.choice(SERIALS)]
            )
        if kind < 0.8:
            return draw.choice(["", " "])
        if kind < 0.93:
            return draw.choice([*DAYS])
        return _odd(draw, draw.choice([NO_DAYS, tuple(map(ForPythonAlone, DAYS_OF_PYTHON)), NO_SERIALS]))

    return cell


def _today() -> Callable[[Draw], Cell]:
    def cell(draw: Draw) -> Cell:
        if draw.random() < 0.9:
            return TODAY
        return draw.choice(["", *DAYS, draw.choice(NO_DAYS), draw.choice(SERIALS), draw.choice(ERRORS)])

    return cell


def _flag() -> Callable[[Draw], Cell]:
    """A flag's cell: mostly blank."""

    def cell(draw: Draw) -> Cell:
        if draw.random() < 0.7:
            return draw.choice(["", " "])
        return draw.choice([*SET, *NOT_SET, *NOT_SET, True, False, 0, 1, -0.5, draw.choice(ERRORS)])

    return cell
