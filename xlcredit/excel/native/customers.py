"""A customer's points, score, limit and what bound it, as formulas over cells in its row and the Policy sheet.

They call functions that every spreadsheet program has; the native ones let our names look up points and grade.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlcredit.excel.additions import Formula
from xlcredit.excel.native import classic
from xlcredit.excel.native.helpers import SAME
from xlcredit.excel.native.ranges import Band, Ranges
from xlcredit.excel.native.spelling import filed, text
from xlcredit.kernel.money import EXACT, decimals
from xlcredit.rules.limit import GRADE, MAXIMUM, NO_BASIS, NO_SCORE
from xlcredit.rules.scorecard import Scorecard

EXPOSURE, OVERDUE, AVERAGE, CARD, SCORE, COMPLETENESS = 0, 1, 2, 3, 4, 5
GRADED, LIMIT, CONSTRAINT, HEADROOM, UTILIZATION, CHECK = 6, 7, 8, 9, 10, 11
"""Places of a customer's columns that formulas read or stand in."""
CHECKED = 4
"""How many columns the check reads."""
PLAIN = 13
"""How many columns a customer has without formulas; what the formulas read follows them."""


@dataclass(frozen=True, slots=True)
class CustomerFormulas:
    """The formulas of a block of customers' columns."""

    ranges: Ranges
    native: bool
    before: int
    """Columns of the block that stand before the customer's first."""
    cards: tuple[Scorecard, ...]
    answers: tuple[str, ...]
    allowed: tuple[str, ...]
    rated: bool
    """Whether there is a column of rates."""

    def cell(self, place: int) -> str:
        """The cell of a customer's column in the row."""
        return f"{{own[{self.before + place}]}}{{row}}"

    @property
    def rate(self) -> str:
        """The cell of the rate, "" where none is needed."""
        return self.cell(self._after_points) if self.rated else ""

    def points(self, name: str) -> Formula:
        """Points that the answer earns on the customer's card, blank where that does not ask."""
        earned = self._by_card(lambda card: self._points(card, name) if name in card.names else '""', '""')
        return Formula(filed(earned), dynamic=True) if self.native else Formula(earned)

    @property
    def score(self) -> Formula:
        """Points of what was answered, out of 100, to two decimals; in whole hundredths so that no binary decides."""
        left_out = self._by_card(lambda card: self._sum(card, self._left_out), "0")
        at_stake = f"MAX(1,10000-ROUND(100*{left_out},0))"
        earned = f"ROUND(100*SUM({self._all_points}),0)"
        silent = f'OR({self.cell(CARD)}="",COUNT({self._all_answers})=0)'
        return Formula(f'IF({silent},"",INT(10000*{earned}/{at_stake}+0.5)/100)')

    @property
    def completeness(self) -> Formula:
        """Share of the card's points that were answered."""
        return Formula(f"ROUND(100*{self._by_card(lambda card: self._sum(card, self._answered), '0')},0)/10000")

    @property
    def grade(self) -> Formula:
        """The grade of the score."""
        score = self.cell(SCORE)
        return Formula(f"CREDIT_GRADE({score})", dynamic=True) if self.native else classic.grade(self.ranges, score)

    @property
    def basis(self) -> Formula:
        """What the constraints allow together."""
        amounts, combine = self._all_allowed, self.ranges.cell("limit.combine")
        return Formula(f'IF(COUNT({amounts})=0,"",IF({combine}="average",AVERAGE({amounts}),MIN({amounts})))')

    @property
    def factor(self) -> Formula:
        """Share of the limit that the grade is given."""
        band, score = self.ranges.band("grades"), self.cell(SCORE)
        return Formula(f'IF(ISNUMBER({score}),{classic.falling(score, band, band.value)},"")')

    @property
    def scaled(self) -> Formula:
        """The basis scaled by grade; a grade that is given nothing gets nothing, whatever the basis."""
        basis, factor = self._basis, self._factor
        return Formula(f'IF({factor}="","",IF({factor}=0,0,IF({basis}="","",{basis}*{factor})))')

    @property
    def limit(self) -> Formula:
        """The scaled basis, no more than the maximum, rounded down."""
        places, step = decimals(self.ranges.policy.currency), self.ranges.cell("limit.step")
        capped = f"MIN({self._scaled},{self.ranges.cell('limit.maximum')})"  # MIN passes over a text such as unlimited
        minor = f"ROUND({capped}*10^{places},0)"
        stated = f"MAX(ROUND({step}*10^{places},0),1)"
        unit = f'IF(ISNUMBER({step}),{stated},MAX(10^(LEN(TEXT({minor},"0"))-2),10^{places}))'
        # What is larger has no exact minor units, and no need of rounding.
        down = f"IF({capped}>={EXACT}/10^{places},{capped},INT({minor}/{unit})*{unit}/10^{places})"
        return Formula(f'IF({self._scaled}="","",{down})')

    @property
    def constraint(self) -> Formula:
        """What bound the limit, in words."""
        said = {key: self._word("constraints", key) for key in (NO_SCORE, GRADE, NO_BASIS, MAXIMUM, *self.allowed)}
        maximum, first = self.ranges.cell("limit.maximum"), self._after_points + self.rated
        least = said[self.allowed[-1]]
        for place, key in reversed([*enumerate(self.allowed[:-1], first)]):
            binds = f"AND(ISNUMBER({self.cell(place)}),{self.cell(place)}<=MIN({self._all_allowed})*{SAME})"
            least = f"IF({binds},{said[key]},{least})"
        over = f"IF(ISNUMBER({maximum}),{self._scaled}>{maximum}*{SAME},FALSE)"
        bound = f'IF({self._basis}="",{said[NO_BASIS]},IF({over},{said[MAXIMUM]},{least}))'
        graded = f"IF({self._factor}=0,{said[GRADE]},{bound})"
        return Formula(f"IF(ISNUMBER({self.cell(SCORE)}),{graded},{said[NO_SCORE]})")

    @property
    def headroom(self) -> Formula:
        """What the limit leaves over the exposure."""
        limit, exposure = self.cell(LIMIT), self.cell(EXPOSURE)
        if self.native:
            return Formula(f"CREDIT_HEADROOM({limit},{exposure})", dynamic=True)
        return classic.headroom(self.ranges, limit, exposure)

    @property
    def utilization(self) -> Formula:
        """Share of the limit that is used."""
        limit, exposure = self.cell(LIMIT), self.cell(EXPOSURE)
        share = f'IF({exposure}<=0,0,IF({limit}=0,"",{exposure}/{limit}))'
        return Formula(f'IF(OR({exposure}="",{limit}=""),"",{share})')

    def exposure(self, open_items: str, parts: Sequence[str]) -> str:
        """What is open, ordered and not billed, less guarantees up to that; ``parts``: the columns at the end."""
        cells = {key: f"N({self.cell(self.after + CHECKED + at)})" for at, key in enumerate(parts)}
        secured = cells.pop("guarantees", "")
        gross = "+".join([open_items, *cells.values()])
        return f"{gross}-MIN(MAX({gross},0),MAX({secured},0))" if secured else gross

    @property
    def check(self) -> Formula:
        """RELEASE or HOLD with every reason, of the smallest further order."""
        limit, last_day, stopped, late = (self.cell(self.after + at) for at in range(CHECKED))
        exposure, ranges = self.cell(EXPOSURE), self.ranges
        if not self.native:
            return classic.check(ranges, exposure, limit, last_day, stopped, late)
        smallest, day = f"1/{10 ** decimals(ranges.policy.currency)}", ranges.as_of
        beyond = f'IF(N({late})>0,{ranges.cell("order.tolerance_days")}+1,"")'
        before, _, after = ranges.words("order", "hold").partition("{reason}")
        join = ranges.words("order", "join")
        alone = f"{text(before)}&{stopped}&{text(after)}"
        first = f"SUBSTITUTE(said,{text(before)},{text(before)}&{stopped}&{text(join)},1)"
        checked = f"CREDIT_CHECK({exposure},{limit},{smallest},{beyond},{last_day},{day})"
        found = f'IF({stopped}="",said,IF(said={text(ranges.words("order", "release"))},{alone},{first}))'
        return Formula(filed(f"LET(said,{checked},{found})"), dynamic=True)

    @property
    def after(self) -> int:
        """Place of the first column after those that score and limit are made of."""
        return self._after_points + self.rated + len(self.allowed) + 3 if self.answers else PLAIN

    @property
    def _after_points(self) -> int:
        return PLAIN + 2 * len(self.answers)

    @property
    def _all_answers(self) -> str:
        return self._range(PLAIN, len(self.answers))

    @property
    def _all_points(self) -> str:
        return self._range(PLAIN + len(self.answers), len(self.answers))

    @property
    def _all_allowed(self) -> str:
        return self._range(self._after_points + self.rated, len(self.allowed))

    @property
    def _basis(self) -> str:
        return self.cell(self._after_points + self.rated + len(self.allowed))

    @property
    def _factor(self) -> str:
        return self.cell(self._after_points + self.rated + len(self.allowed) + 1)

    @property
    def _scaled(self) -> str:
        return self.cell(self._after_points + self.rated + len(self.allowed) + 2)

    def _range(self, first: int, width: int) -> str:
        return f"{self.cell(first)}:{self.cell(first + width - 1)}"

    def _word(self, group: str, key: str) -> str:
        return text(self.ranges.words(group, key))

    def _by_card(self, of: Callable[[Scorecard], str], otherwise: str) -> str:
        """What one card gives or another, by the card that stands in the row."""
        out = otherwise
        for card in reversed(self.cards):
            out = f"IF({self.cell(CARD)}={self._word('scorecards', card.name)},{of(card)},{out})"
        return out

    def _sum(self, card: Scorecard, of: Callable[[str, str, str], str]) -> str:
        return f"({'+'.join(of(*self._asked(card, name)) for name in card.names)})"

    def _asked(self, card: Scorecard, name: str) -> tuple[str, str, str]:
        """A characteristic's answer, its most points, and what a missing answer earns."""
        return self._answer(name), f"MAX({self._band(card, name).value})", self._missing(card, name)

    def _answered(self, answer: str, best: str, _: str) -> str:
        return f"IF(ISNUMBER({answer}),{best},0)"

    def _left_out(self, answer: str, best: str, missing: str) -> str:
        return f"IF(OR(ISNUMBER({answer}),ISNUMBER({missing})),0,{best})"

    def _points(self, card: Scorecard, name: str) -> str:
        answer, band, missing = self._answer(name), self._band(card, name), self._missing(card, name)
        if self.native:
            return f"XLC_POINTS({answer},{band.side},{band.bound},{band.value},{missing})"
        return f"IF(ISNUMBER({answer}),{classic.rising(answer, band, band.value)},N({missing}))"

    def _answer(self, name: str) -> str:
        return self.cell(PLAIN + self.answers.index(name))

    def _band(self, card: Scorecard, name: str) -> Band:
        return self.ranges.band(f"scorecards.{card.name}.{name}")

    def _missing(self, card: Scorecard, name: str) -> str:
        return self.ranges.cell(f"scorecards.{card.name}.{name}.missing")
