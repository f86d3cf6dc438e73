"""The pieces that our LAMBDAs share: the cell of a row, positions among bounds, points, minor units."""

from __future__ import annotations

from typing import Final

from xlcredit.excel.native.reading import READERS

SAME: Final = "(1+2^-50)"
"""Times a limit's amount: up to here only binary tells another one apart from it, as the rule has it."""
HELPERS: Final = {
    **READERS,
    # The cell of a column in a row; a single cell serves every row, what a shorter column lacks is #N/A.
    "XLC_AT": "LAMBDA(cells,place,IF(COLUMNS(cells)>1,#VALUE!,IF(ROWS(cells)>1,IF(place>ROWS(cells),NA(),"
    "INDEX(cells,place,1)),"
    "IF(TYPE(cells)=64,INDEX(cells,1,1),cells))))",
    # A figure without which another says nothing.
    "XLC_NEEDED": 'LAMBDA(v,other,IF(AND(v="",other<>""),#VALUE!,v))',
    # How many bounds a number has reached.
    "XLC_REACHED": 'LAMBDA(v,sides,bounds,SUM((sides="from")*(v>=bounds)+(sides="above")*(v>bounds)))',
    # The outcome below the bounds that rise down the sheet, or, with risk rising downwards, that fall.
    "XLC_RISING": "LAMBDA(v,sides,bounds,outcomes,INDEX(outcomes,1+XLC_REACHED(v,sides,bounds)))",
    "XLC_FALLING": "LAMBDA(v,sides,bounds,outcomes,INDEX(outcomes,ROWS(outcomes)-XLC_REACHED(v,sides,bounds)))",
    "XLC_POINTS": "LAMBDA(v,sides,bounds,points,missing,LET(figure,XLC_NUMBER(v),"
    'IF(figure="",IF(ISNUMBER(missing),missing,0),XLC_RISING(figure,sides,bounds,points))))',
    # The points at stake that an unanswered characteristic takes out of the reckoning.
    "XLC_LEFT_OUT": 'LAMBDA(v,points,missing,IF(ISNUMBER(missing),0,IF(XLC_NUMBER(v)="",MAX(points),0)))',
    # A figure as a constraint: not below 0, "" where it is not known.
    "XLC_ALLOWED": 'LAMBDA(v,IF(v="","",MAX(v,0)))',
    # Whole minor units, halves away from zero; the nudge undoes what binary does to 1.005. INT may take what is nearly
    # the next whole number for it: the remainder is negative then, and sets that right.
    "XLC_MINOR": "LAMBDA(v,places,LET(size,ABS(v)*10^places,whole,INT(size),"
    "SIGN(v)*(whole+N(size-whole+MIN(size*2^-51,2^-12)>=0.5))))",
    # Whole units of so many minor units, rounded down.
    "XLC_DOWN": "LAMBDA(v,unit,LET(whole,INT(v/unit)*unit,IF(whole>v,whole-unit,whole)))",
}
"""Name → LAMBDA. They are defined names beside the functions."""
