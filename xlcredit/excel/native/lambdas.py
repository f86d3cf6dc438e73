"""The worksheet functions as LAMBDAs over the Policy sheet: what they say is what the functions of Python say.

The engines that check them know no optional parameters, so every name takes all of its arguments; a blank one is
left out. The policy is the workbook's own: ``policy``, ``headers`` and ``lang`` are no arguments here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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


def by_row(parameters: str, body: str) -> str:
    """A LAMBDA over columns, row by row; ``body`` names the cells in the row as the columns, with a "_" at the end."""
    names = parameters.split(",")
    height = "MAX(" + ",".join(f"ROWS({name})" for name in names) + ")"
    cells = ",".join(f"{name}_,XLC_AT({name},place)" for name in names)
    return f"LAMBDA({parameters},MAKEARRAY({height},1,LAMBDA(place,width,LET({cells},{body}))))"


def credit_points(ranges: Ranges, card: Scorecard) -> str:
    """Points of each answer, blank where the row answers nothing."""
    width = len(card.names)
    cell = "INDEX(answers,place,width)"
    points = ",".join(_points(ranges, card, name, cell) for name in card.names)
    faults = "+".join(f"N(XLC_NUMBER(INDEX(answers,place,{at})))" for at in range(1, width + 1))
    silent = _silent(f"INDEX(answers,place,{at})" for at in range(1, width + 1))
    chosen = f'LET(faults,{faults},IF(ISERROR(faults),faults,IF({silent},"",CHOOSE(width,{points}))))'
    shape = f"MAKEARRAY(ROWS(answers),{width},LAMBDA(place,width,IF(COLUMNS(answers)<>{width},#VALUE!,{chosen})))"
    return f"LAMBDA(answers,{shape})"


def credit_score(ranges: Ranges, card: Scorecard) -> str:
    """Score of each row of answers, blank where nothing is answered."""
    width = len(card.names)
    cells = {name: f"INDEX(answers,place,{place})" for place, name in enumerate(card.names, 1)}
    earned = "+".join(_points(ranges, card, name, cell) for name, cell in cells.items())
    left_out = "+".join(_left_out(ranges, card, name, cell) for name, cell in cells.items())
    # In whole hundredths, so that no binary fraction decides a half.
    scored = (
        f"LET(earned,ROUND(({earned})*100,0),whole,10000-ROUND(({left_out})*100,0),"
        'IF(ISERROR(earned),earned,IF(silent,"",INT((20000*earned+whole)/(2*whole))/100)))'
    )
    return (
        f"LAMBDA(answers,MAKEARRAY(ROWS(answers),1,LAMBDA(place,width,IF(COLUMNS(answers)<>{width},#VALUE!,"
        f"LET(silent,{_silent(cells.values())},{scored})))))"
    )


def _silent(cells: Iterable[str]) -> str:
    return "*".join(f'(XLC_NUMBER({cell})="")' for cell in cells)


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
    return by_row(
        "score",
        f'LET(figure,XLC_SCORE(score_),IF(figure="","",XLC_FALLING(figure,{band.side},{band.bound},{band.entry})))',
    )


def credit_limit(ranges: Ranges) -> str:
    """Suggested limit: the constraints combined, scaled by grade, no more than the maximum, rounded down."""
    return by_row("score,need,net_worth,insured_limit", _suggested(ranges, "limit"))


def credit_limit_reason(ranges: Ranges) -> str:
    """The constraint that bound the limit, in words."""
    return by_row("score,need,net_worth,insured_limit", _suggested(ranges, "reason"))


def _suggested(ranges: Ranges, wanted: str) -> str:
    band, maximum = ranges.band("grades"), ranges.cell("limit.maximum")
    places = decimals(ranges.policy.currency)
    share = ranges.cell("limit.caps.net_worth") if "net_worth" in ranges.policy.tree["limit"]["caps"] else '""'
    said = {key: text(ranges.words("constraints", key)) for key in _REASONS}
    reason = (
        f'IF(figure="",{said["no_score"]},IF(factor=0,{said["grade"]},IF(known=0,{said["no_basis"]},'
        f'IF(IF(ISNUMBER({maximum}),scaled>{maximum},FALSE),{said["maximum"]},IF(AND(first<>"",first=least),{said["need"]},'
        f'IF(AND(second<>"",second=least),{said["net_worth"]},{said["insured_limit"]}))))))'
    )
    limit = f'IF(figure="","",IF(AND(known=0,factor<>0),"",{_rounded_down(ranges, places)}))'
    return (
        f"LET(figure,XLC_SCORE(score_),first,XLC_SHARE(need_,1),second,XLC_SHARE(net_worth_,{share}),"
        f"third,XLC_SHARE(insured_limit_,1/{ranges.cell('insurance.cover')}),"
        'known,(first<>"")+(second<>"")+(third<>""),'
        'least,MIN(IF(first="",9E+307,first),IF(second="",9E+307,second),IF(third="",9E+307,third)),'
        f'basis,IF({ranges.cell("limit.combine")}="average",(N(first)+N(second)+N(third))/MAX(known,1),least),'
        f'factor,IF(figure="","",XLC_FALLING(figure,{band.side},{band.bound},{band.value})),'
        f'scaled,IF(figure="",0,IF(factor=0,0,basis*factor)),{limit if wanted == "limit" else reason})'
    )


_REASONS: Final = ("no_score", "grade", "no_basis", "maximum", "need", "net_worth", "insured_limit")


def _rounded_down(ranges: Ranges, places: int) -> str:
    step, maximum = ranges.cell("limit.step"), ranges.cell("limit.maximum")
    # What is larger has no exact minor units, and no need of rounding.
    return (
        f"LET(capped,IF(ISNUMBER({maximum}),MIN(scaled,{maximum}),scaled),IF(capped>=2^50/10^{places},capped,"
        f"LET(minor,XLC_MINOR(capped,{places}),"
        f"unit,IF(ISNUMBER({step}),MAX(XLC_MINOR({step},{places}),1),"
        f'MAX(10^(LEN(TEXT(minor,"0"))-2),10^{places})),INT(minor/unit)*unit/10^{places})))'
    )


def credit_headroom(ranges: Ranges) -> str:
    """Limit less exposure to the minor unit, blank where either is."""
    places = decimals(ranges.policy.currency)
    left = f"(XLC_MINOR(most,{places})-XLC_MINOR(owed,{places}))/10^{places}"
    return by_row(
        "limit,exposure",
        f'LET(most,XLC_NUMBER(limit_),owed,XLC_NUMBER(exposure_),IF((most="")+(owed="")>0,"",{left}))',
    )


def credit_check(ranges: Ranges) -> str:
    """RELEASE, or HOLD with every reason; blank where there is no order."""
    release, join = (ranges.words("order", key) for key in (order.RELEASE, "join"))
    before, _, after = ranges.words("order", "hold").partition("{reason}")
    places, tolerance = decimals(ranges.policy.currency), ranges.cell("order.tolerance_days")
    over = f"XLC_MINOR(owed,{places})+XLC_MINOR(asked,{places})>XLC_MINOR(most,{places})"
    holds = {
        order.EXPIRED: 'IF(most="",FALSE,expired)',
        order.UNKNOWN: 'IF(most="",FALSE,owed="")',
        order.EXCEEDED: f'IF(OR(most="",owed=""),FALSE,{over})',
        order.OVERDUE: f'IF(late="",FALSE,late>{tolerance})',
    }
    # Each reason with the mark before it; the first mark is then cut off.
    reasons = "&".join(
        f'IF({holds[key]},{text(join + ranges.words("order", key))},"")' for key in order.REASONS if key in holds
    )
    found = (
        f'LET(held,{reasons},IF(held="",{text(release)},{text(before)}&MID(held,{len(join) + 1},999)&{text(after)}))'
    )
    return by_row(
        "exposure,limit,order,days_late,valid_to,as_of",
        "LET(owed,XLC_NUMBER(exposure_),most,XLC_NUMBER(limit_),asked,XLC_NUMBER(order_),late,XLC_NUMBER(days_late_),"
        'last,XLC_DAY(valid_to_),until,XLC_DAY(as_of_),expired,IF(last="",FALSE,IF(until="",#VALUE!,last<until)),'
        "told,owed&most&asked&late&expired,"
        f'IF(ISERROR(told),told,IF(asked="","",IF(asked<=0,{text(release)},{found}))))',
    )


def days_past_due() -> str:
    """Days from each due date to the day."""
    return by_row("due,as_of", f"LET({_DAYS},late)")


_DAYS: Final = (
    "from,XLC_DAY(due_),until,XLC_DAY(as_of_),"
    'late,IF(from="",IF(ISERROR(until),until,""),IF(until="",#VALUE!,until-from))'
)


def aging_bucket(ranges: Ranges) -> str:
    """Bucket of each due date, in the words of the Policy sheet."""
    band = ranges.band("aging.buckets")
    undated = text(ranges.words("buckets", UNDATED))
    found = f"XLC_RISING(late,{band.side},{band.bound},{band.meaning})"
    return by_row("due,as_of", f'LET({_DAYS},IF(late="",{undated},{found}))')


def dunning_stage(ranges: Ranges) -> str:
    """Number of the level each item has reached."""
    return by_row(_ITEM, f"LET({_stage(ranges)},stage)")


def dunning_action(ranges: Ranges) -> str:
    """What is to be done at each item's stage, in the words of the Policy sheet."""
    band = ranges.band(_levels(ranges))
    return by_row(_ITEM, f'LET({_stage(ranges)},IF(stage=0,"",INDEX({band.meaning},stage)))')


_ITEM: Final = "due,as_of,amount,blocked,last_stage"


def _levels(ranges: Ranges) -> str:
    return f"dunning.procedures.{ranges.policy.procedure}.levels"


def _stage(ranges: Ranges) -> str:
    procedure = f"dunning.procedures.{ranges.policy.procedure}"
    band, grace = ranges.band(_levels(ranges)), ranges.cell(f"{procedure}.grace_days")
    least = ranges.cell(f"{procedure}.minimum_amount")
    places = decimals(ranges.policy.currency)
    return (
        f"{_DAYS},owed,XLC_NUMBER(amount_),last,XLC_NUMBER(last_stage_),"
        f'since,IF(late="","",IF(AND(late>0,late<={grace}),0,late)),'
        f'aged,IF(late="",0,XLC_REACHED(since,{band.side},{band.bound})),had,MAX(INT(N(last)),0),'
        f'reached,IF({ranges.cell(f"{procedure}.escalation")}="sequential",MIN(aged,had+1),aged),'
        "kept,IF(XLC_IS_SET(blocked_),MIN(had,reached),reached),"
        f'stage,IF(owed="",kept,IF(owed>0,IF(XLC_MINOR(owed,{places})>=XLC_MINOR({least},{places}),kept,0),0))'
    )
