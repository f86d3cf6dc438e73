"""The same columns with functions that every Excel, LibreOffice and WPS knows: no LAMBDA, no name, nothing spills.

Each cell holds one ordinary formula that looks its figures up on the Policy sheet.
"""

from __future__ import annotations

from xlcredit.excel.additions import Formula
from xlcredit.excel.native import spelling
from xlcredit.excel.native.ranges import Band, Ranges
from xlcredit.excel.recalculated.itemcells import ItemCells
from xlcredit.kernel.money import decimals
from xlcredit.ledger.textcells import NO
from xlcredit.rules import order

_NO = f"|{'|'.join(sorted(NO))}|"


def item_formulas(ranges: Ranges, cells: ItemCells) -> tuple[Formula, ...]:
    """Days, bucket, stage, action and open amount of the ledger's items, in the order of its columns."""
    buckets, levels = ranges.band("aging.buckets"), ranges.band(_levels(ranges))
    late, age = f"({ranges.as_of}-{cells.due})", f"({ranges.as_of}-{cells.aged_from})"
    undated = ranges.words("buckets", "undated").replace('"', '""')
    bucket = rising(age, buckets, buckets.meaning)
    stage = "{own[2]}{row}"
    action = f"INDEX({levels.meaning},{stage})"
    texts = (
        f'IF({cells.owed}=0,"",IF({cells.due}="","",{late}))',
        f'IF({cells.owed}=0,"",IF({cells.aged_from}="","{undated}",{bucket}))',
        f'IF({{own[1]}}{{row}}="","",IF({cells.due}="",0,{_stage(ranges, cells, late, levels)}))',
        f'IF(N({stage})=0,"",LEFT({action},FIND(" · ",{action}&" · ")-1))',
    )
    return tuple(Formula(text) for text in (*texts, cells.owed))


def grade(ranges: Ranges, score: str) -> Formula:
    """The grade of the score in a cell."""
    band = ranges.band("grades")
    return Formula(f'IF(ISNUMBER({score}),{falling(score, band, band.entry)},"")')


def headroom(ranges: Ranges, limit: str, exposure: str) -> Formula:
    """What a limit leaves over an exposure, to the minor unit."""
    places = decimals(ranges.policy.currency)
    left = f"ROUND(ROUND({limit},{places})-ROUND({exposure},{places}),{places})"
    return Formula(f'IF(AND(ISNUMBER({limit}),ISNUMBER({exposure})),{left},"")')


def check(ranges: Ranges, exposure: str, limit: str, last_day: str, stopped: str, late: str) -> Formula:
    """RELEASE, or HOLD with every reason, of the smallest further order: one minor unit."""
    unit, join = 10 ** decimals(ranges.policy.currency), ranges.words("order", "join")
    over = f"ROUND({exposure}*{unit},0)+1>ROUND({limit}*{unit},0)"
    holds = {
        order.EXPIRED: f'IF(OR({limit}="",{last_day}=""),FALSE,{last_day}<{ranges.as_of})',
        order.UNKNOWN: f'IF({limit}="",FALSE,{exposure}="")',
        order.EXCEEDED: f'IF(OR({limit}="",{exposure}=""),FALSE,{over})',
        order.OVERDUE: f"N({late})>0",
    }
    told = [f'IF({stopped}="","",{spelling.text(join)}&{stopped})']
    said = {key: spelling.text(join + ranges.words("order", key)) for key in order.REASONS}
    told += [f'IF({holds[key]},{said[key]},"")' for key in said if key in holds]
    reasons, release = "&".join(told), spelling.text(ranges.words("order", order.RELEASE))
    before, _, after = ranges.words("order", "hold").partition("{reason}")
    held = f"{spelling.text(before)}&MID({reasons},{len(join) + 1},999)&{spelling.text(after)}"
    return Formula(f'IF({reasons}="",{release},{held})')


def rising(value: str, band: Band, outcomes: str) -> str:
    """The outcome below the bounds that rise down the sheet."""
    return f"INDEX({outcomes},1+{_reached(value, band)})"


def falling(value: str, band: Band, outcomes: str) -> str:
    """The same where bounds fall, the riskiest grade last."""
    return f"INDEX({outcomes},ROWS({outcomes})-{_reached(value, band)})"


def _levels(ranges: Ranges) -> str:
    return f"dunning.procedures.{ranges.policy.procedure}.levels"


def _reached(value: str, band: Band) -> str:
    """How many bounds a number has reached."""
    bounds = f'({band.side}="from")*({value}>={band.bound})+({band.side}="above")*({value}>{band.bound})'
    return f"SUMPRODUCT({bounds})"


def _stage(ranges: Ranges, cells: ItemCells, late: str, levels: Band) -> str:
    procedure = f"dunning.procedures.{ranges.policy.procedure}"
    grace, least = ranges.cell(f"{procedure}.grace_days"), ranges.cell(f"{procedure}.minimum_amount")
    since = f"IF(AND({late}>0,{late}<={grace}),0,{late})"
    had, escalation = f"MAX(INT(N({cells.last_stage})),0)", ranges.cell(f"{procedure}.escalation")
    reached = f'MIN({_reached(since, levels)},IF({escalation}="sequential",{had}+1,ROWS({levels.bound})))'
    if cells.blocked != "0":
        kept = f"MIN({had},{reached})"
        reached = f"IF({_is_set(cells.blocked)},{kept},{reached})"
    owed = cells.dunned
    return f"IF({owed}>0,IF({owed}>={least},{reached},0),0)"


def _is_set(cell: str) -> str:
    text = f'ISERROR(FIND("|"&LOWER(TRIM({cell}))&"|","{_NO}"))'
    return f"IF(ISNUMBER({cell}),{cell}<>0,IF(ISLOGICAL({cell}),{cell},{text}))"
