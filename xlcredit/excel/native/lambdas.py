"""The worksheet functions as LAMBDAs over the Policy sheet: what they say is what the functions of Python say.

The engines that check them know no optional parameters, so every name takes all of its arguments; a blank one is
left out. The policy is the workbook's own: ``policy``, ``headers`` and ``lang`` are no arguments here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlcredit.excel.native.helpers import SAME
from xlcredit.excel.native.ranges import Ranges
from xlcredit.excel.native.spelling import text
from xlcredit.kernel.money import decimals
from xlcredit.policy import AUTO
from xlcredit.rules import order
from xlcredit.rules.aging import UNDATED
from xlcredit.rules.scorecard import Scorecard

DEFAULT_CARD: Final = "trade"
"""The scorecard where the policy leaves the choice to the data, which a formula cannot."""


def card_of(ranges: Ranges) -> Scorecard:
    """The scorecard that CREDIT_SCORE and CREDIT_POINTS ask."""
    name = ranges.policy.scorecard
    return ranges.policy.scorecards[DEFAULT_CARD if name == AUTO else name]


def by_row(readers: Mapping[str, str], body: str) -> str:
    """A LAMBDA over columns, row by row: parameter → how its cells are read, "@" for the cell.

    ``body`` names what was read in the row as the columns, with a "_" at the end, as may the readers after it. A cell
    that cannot be read is the row's result, whatever the others say; the first of them where there are more.
    """
    height = "MAX(" + ",".join(f"ROWS({name})" for name in readers) + ")"
    cells = ",".join(f"{name}_,{reader.replace('@', f'XLC_AT({name},place)')}" for name, reader in readers.items())
    read = "&".join(f"{name}_" for name in readers)
    row = f"LET({cells},read,{read},IF(ISERROR(read),read,{body}))"
    return f"LAMBDA({','.join(readers)},MAKEARRAY({height},1,LAMBDA(place,width,{row})))"


_NUMBER, _SCORE, _DAY, _FLAG = "XLC_NUMBER(@)", "XLC_SCORE(@)", "XLC_DAY(@)", "XLC_IS_SET(@)"


def _needed_with(other: str) -> str:
    """A day's reader: it may be blank only where the other is."""
    return f"XLC_NEEDED({_DAY},{other}_)"


def _amount(ranges: Ranges) -> str:
    return f"XLC_AMOUNT(@,{decimals(ranges.policy.currency)})"


def credit_points(ranges: Ranges, card: Scorecard) -> str:
    """Points of each answer, blank where the row answers nothing."""
    points = ",".join(_points(ranges, card, name, "INDEX(answers,place,width)") for name in card.names)
    return _by_answers(card, len(card.names), f"CHOOSE(width,{points})")


def credit_score(ranges: Ranges, card: Scorecard) -> str:
    """Score of each row of answers, blank where nothing is answered."""
    cells = {name: f"INDEX(answers,place,{place})" for place, name in enumerate(card.names, 1)}
    earned = "+".join(_points(ranges, card, name, cell) for name, cell in cells.items())
    left_out = "+".join(_left_out(ranges, card, name, cell) for name, cell in cells.items())
    # In whole hundredths, so that no binary fraction decides a half.
    scored = (
        f"LET(earned,ROUND(({earned})*100,0),whole,10000-ROUND(({left_out})*100,0),"
        "INT((20000*earned+whole)/(2*whole))/100)"
    )
    return _by_answers(card, 1, scored)


def _by_answers(card: Scorecard, width: int, found: str) -> str:
    """A LAMBDA over rows of answers: the first that cannot be read, blank where there is none, or what is found."""
    asked = len(card.names)
    read = "&".join(f"XLC_NUMBER(INDEX(answers,place,{place}))" for place in range(1, asked + 1))
    row = f'LET(read,{read},IF(ISERROR(read),read,IF(read="","",{found})))'
    return (
        f"LAMBDA(answers,MAKEARRAY(ROWS(answers),{width},LAMBDA(place,width,"
        f"IF(COLUMNS(answers)<>{asked},#VALUE!,{row}))))"
    )


def _points(ranges: Ranges, card: Scorecard, name: str, cell: str) -> str:
    band = ranges.band(f"scorecards.{card.name}.{name}")
    missing = ranges.cell(f"scorecards.{card.name}.{name}.missing")
    return f"XLC_POINTS({cell},{band.side},{band.bound},{band.value},{missing})"


def _left_out(ranges: Ranges, card: Scorecard, name: str, cell: str) -> str:
    missing = ranges.cell(f"scorecards.{card.name}.{name}.missing")
    return f"XLC_LEFT_OUT({cell},{ranges.band(f'scorecards.{card.name}.{name}').value},{missing})"


def credit_grade(ranges: Ranges) -> str:
    """Grade of each score."""
    band = ranges.band("grades")
    return by_row({"score": _SCORE}, f'IF(score_="","",XLC_FALLING(score_,{band.side},{band.bound},{band.entry}))')


def credit_limit(ranges: Ranges) -> str:
    """Suggested limit: the constraints combined, scaled by grade, no more than the maximum, rounded down."""
    down = _rounded_down(ranges, decimals(ranges.policy.currency))
    return _suggested(ranges, f'IF(score_="","",IF(AND(known=0,factor<>0),"",{down}))')


def credit_limit_reason(ranges: Ranges) -> str:
    """The constraint that bound the limit, in words."""
    said = {key: text(ranges.words("constraints", key)) for key in _REASONS}
    maximum = ranges.cell("limit.maximum")
    least = (
        f'LET(bound,least*{SAME},IF(AND(first<>"",first<=bound),{said["need"]},'
        f'IF(AND(second<>"",second<=bound),{said["net_worth"]},{said["insured_limit"]})))'
    )
    bound = f"IF(IF(ISNUMBER({maximum}),scaled>{maximum}*{SAME},FALSE),{said['maximum']},{least})"
    graded = f"IF(factor=0,{said['grade']},IF(known=0,{said['no_basis']},{bound}))"
    return _suggested(ranges, f'IF(score_="",{said["no_score"]},{graded})')


def _suggested(ranges: Ranges, wanted: str) -> str:
    """A LAMBDA over what a limit is made of; ``wanted`` says what is made of what the constraints allow."""
    band, amount = ranges.band("grades"), _amount(ranges)
    share = ranges.cell("limit.caps.net_worth") if "net_worth" in ranges.policy.tree["limit"]["caps"] else '""'
    return by_row(
        {"score": _SCORE, "need": amount, "net_worth": amount, "insured_limit": amount},
        f"LET(first,XLC_ALLOWED(need_),"
        f'second,XLC_ALLOWED(IF(AND(ISNUMBER(net_worth_),ISNUMBER({share})),net_worth_*{share},"")),'
        f'third,XLC_ALLOWED(IF(insured_limit_="","",insured_limit_/{ranges.cell("insurance.cover")})),'
        'known,(first<>"")+(second<>"")+(third<>""),'
        'least,MIN(IF(first="",9E+307,first),IF(second="",9E+307,second),IF(third="",9E+307,third)),'
        f'basis,IF({ranges.cell("limit.combine")}="average",(N(first)+N(second)+N(third))/MAX(known,1),least),'
        f'factor,IF(score_="","",XLC_FALLING(score_,{band.side},{band.bound},{band.value})),'
        f'scaled,IF(score_="",0,IF(factor=0,0,basis*factor)),{wanted})',
    )


_REASONS: Final = ("no_score", "grade", "no_basis", "maximum", "need", "net_worth", "insured_limit")


def _rounded_down(ranges: Ranges, places: int) -> str:
    step, maximum = ranges.cell("limit.step"), ranges.cell("limit.maximum")
    # What is larger has no exact minor units, and no need of rounding.
    return (
        f"LET(capped,IF(ISNUMBER({maximum}),MIN(scaled,{maximum}),scaled),IF(capped>=2^50/10^{places},capped,"
        f"LET(minor,XLC_MINOR(capped,{places}),"
        f"unit,IF(ISNUMBER({step}),MAX(XLC_MINOR({step},{places}),1),"
        f'MAX(10^(LEN(TEXT(minor,"0"))-2),10^{places})),XLC_DOWN(minor,unit)/10^{places})))'
    )


def credit_headroom(ranges: Ranges) -> str:
    """Limit less exposure to the minor unit, blank where either is."""
    places, amount = decimals(ranges.policy.currency), _amount(ranges)
    rest = f"XLC_MINOR(limit_,{places})-XLC_MINOR(exposure_,{places})"
    # Two amounts that can each be told to the minor unit may lie too far apart for it.
    told = f"LET(rest,{rest},XLC_WITHIN(rest/10^{places},{places}))"
    return by_row({"limit": amount, "exposure": amount}, f'IF(OR(limit_="",exposure_=""),"",{told})')


def credit_check(ranges: Ranges) -> str:
    """RELEASE, or HOLD with every reason; blank where there is no order."""
    release, join = (ranges.words("order", key) for key in (order.RELEASE, "join"))
    before, _, after = ranges.words("order", "hold").partition("{reason}")
    amount, tolerance = _amount(ranges), ranges.cell("order.tolerance_days")
    owed, allowed, asked = (
        f"XLC_MINOR({name}_,{decimals(ranges.policy.currency)})" for name in ("exposure", "limit", "order")
    )
    holds = {
        order.EXPIRED: 'IF(OR(limit_="",valid_to_=""),FALSE,valid_to_<as_of_)',
        order.UNKNOWN: 'IF(limit_="",FALSE,exposure_="")',
        order.EXCEEDED: f'IF(OR(limit_="",exposure_=""),FALSE,{owed}+{asked}>{allowed})',
        order.OVERDUE: f'IF(days_late_="",FALSE,days_late_>{tolerance})',
    }
    # Each reason with the mark before it; the first mark is then cut off.
    reasons = "&".join(
        f'IF({holds[key]},{text(join + ranges.words("order", key))},"")' for key in order.REASONS if key in holds
    )
    found = (
        f'LET(held,{reasons},IF(held="",{text(release)},{text(before)}&MID(held,{len(join) + 1},999)&{text(after)}))'
    )
    readers = {"exposure": amount, "limit": amount, "order": amount}
    readers |= {"days_late": _NUMBER, "valid_to": _DAY, "as_of": _needed_with("valid_to")}
    return by_row(readers, f'IF(order_="","",IF({asked}<=0,{text(release)},{found}))')


def days_past_due() -> str:
    """Days from each due date to the day."""
    return by_row(_DATES, _LATE)


_DATES: Final = {"due": _DAY, "as_of": _needed_with("due")}
_LATE: Final = 'IF(due_="","",as_of_-due_)'


def aging_bucket(ranges: Ranges) -> str:
    """Bucket of each due date, in the words of the Policy sheet."""
    band = ranges.band("aging.buckets")
    undated = text(ranges.words("buckets", UNDATED))
    found = f"XLC_RISING(late,{band.side},{band.bound},{band.meaning})"
    return by_row(_DATES, f'LET(late,{_LATE},IF(late="",{undated},{found}))')


def dunning_stage(ranges: Ranges) -> str:
    """Number of the level each item has reached."""
    return by_row(_item(ranges), f"LET({_stage(ranges)},stage)")


def dunning_action(ranges: Ranges) -> str:
    """What is to be done at each item's stage, in the words of the Policy sheet."""
    band = ranges.band(_levels(ranges))
    return by_row(_item(ranges), f'LET({_stage(ranges)},IF(stage=0,"",INDEX({band.meaning},stage)))')


def _item(ranges: Ranges) -> dict[str, str]:
    return {**_DATES, "amount": _amount(ranges), "blocked": _FLAG, "last_stage": _NUMBER}


def _levels(ranges: Ranges) -> str:
    return f"dunning.procedures.{ranges.policy.procedure}.levels"


def _stage(ranges: Ranges) -> str:
    procedure = f"dunning.procedures.{ranges.policy.procedure}"
    band, grace = ranges.band(_levels(ranges)), ranges.cell(f"{procedure}.grace_days")
    least = ranges.cell(f"{procedure}.minimum_amount")
    places = decimals(ranges.policy.currency)
    return (
        f'late,{_LATE},since,IF(late="","",IF(AND(late>0,late<={grace}),0,late)),'
        f'aged,IF(late="",0,XLC_REACHED(since,{band.side},{band.bound})),had,MAX(INT(N(last_stage_)),0),'
        f'reached,IF({ranges.cell(f"{procedure}.escalation")}="sequential",MIN(aged,had+1),aged),'
        "kept,IF(blocked_,MIN(had,reached),reached),"
        # What no amount is known of is owed.
        f'owed,IF(amount_="",TRUE,XLC_MINOR(amount_,{places})>=MAX(XLC_MINOR({least},{places}),1)),'
        "stage,IF(owed,kept,0)"
    )
