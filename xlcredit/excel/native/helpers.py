"""The pieces that our LAMBDAs share: cells as numbers and days, positions among bounds, points.

They say of a single cell what the functions of Python say: a blank is missing, text that is a number is one, a
truth value is none, and an error stays the error it is.
"""

from __future__ import annotations

from typing import Final

_FULL_WIDTH: Final = "REDUCE(v,SEQUENCE(94),LAMBDA(said,step,SUBSTITUTE(said,UNICHAR(65280+step),CHAR(32+step))))"
"""１２％ as 12%: the block of full-width characters lies 65,248 above the ordinary ones."""

HELPERS: Final = {
    # The cell of a column in a row; a single cell serves every row, what a shorter column lacks is #N/A.
    "XLC_AT": "LAMBDA(cells,place,IF(COLUMNS(cells)>1,#VALUE!,IF(ROWS(cells)>1,IF(place>ROWS(cells),NA(),"
    "INDEX(cells,place,1)),"
    "IF(TYPE(cells)=64,INDEX(cells,1,1),cells))))",
    # Whether a comma is what the decimals stand behind: 1.234,50 and 1,5 and 1.234.567, but not 1,234.
    "XLC_COMMA": 'LAMBDA(said,LET(body,SUBSTITUTE(SUBSTITUTE(said,"%",""),"-",""),'
    'commas,LEN(body)-LEN(SUBSTITUTE(body,",","")),dots,LEN(body)-LEN(SUBSTITUTE(body,".","")),'
    'at,IFERROR(FIND(",",body),0),IF(commas=0,dots>1,IF(commas>1,FALSE,'
    'IF(dots>0,at>IFERROR(FIND(".",body),0),OR(LEN(body)-at<>3,at>4,at=1,LEFT(body)="0"))))))',
    "XLC_NUMBER": "LAMBDA(v,IF(ISNUMBER(v),v,IF(ISERROR(v),v,IF(ISLOGICAL(v),#VALUE!,"
    f'IF(TRIM(v)="","",LET(said,TRIM({_FULL_WIDTH}),IF(XLC_COMMA(said),NUMBERVALUE(said,",","."),NUMBERVALUE(said,'
    f'".",","))))))))',
    "XLC_SCORE": 'LAMBDA(v,LET(figure,XLC_NUMBER(v),IF(figure="","",IF(OR(figure<0,figure>100),#VALUE!,figure))))',
    # A day as its serial; text counts as one where it is written year first, or says which is the month.
    "XLC_DAY": "LAMBDA(v,IF(ISNUMBER(v),INT(v),IF(ISERROR(v),v,IF(ISLOGICAL(v),#VALUE!,"
    f'IF(TRIM(v)="","",XLC_DATE(TRIM({_FULL_WIDTH})))))))',
    "XLC_DATE": "LAMBDA(v,LET(said,"
    'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(v,"年","-"),"月","-"),"日",""),'
    '"/","-"),".","-"),one,FIND("-",said),two,FIND("-",said,one+1),'
    "first,VALUE(LEFT(said,one-1)),second,VALUE(MID(said,one+1,two-one-1)),third,VALUE(MID(said,two+1,9)),"
    "IF(first>31,XLC_VALID(first,second,third),IF(first>12,XLC_VALID(third,second,first),"
    "IF(OR(second>12,first=second),XLC_VALID(third,first,second),#VALUE!)))))",
    "XLC_VALID": "LAMBDA(y,m,d,LET(serial,DATE(y,m,d),IF(AND(YEAR(serial)=y,MONTH(serial)=m,DAY(serial)=d),serial,"
    "#VALUE!)))",
    # How many bounds a number has reached.
    "XLC_REACHED": 'LAMBDA(v,sides,bounds,SUM((sides="from")*(v>=bounds)+(sides="above")*(v>bounds)))',
    # The outcome below the bounds that rise down the sheet, or, with risk rising downwards, that fall.
    "XLC_RISING": "LAMBDA(v,sides,bounds,outcomes,INDEX(outcomes,1+XLC_REACHED(v,sides,bounds)))",
    "XLC_FALLING": "LAMBDA(v,sides,bounds,outcomes,INDEX(outcomes,ROWS(outcomes)-XLC_REACHED(v,sides,bounds)))",
    "XLC_POINTS": "LAMBDA(v,sides,bounds,points,missing,LET(figure,XLC_NUMBER(v),"
    'IF(figure="",IF(ISNUMBER(missing),missing,0),XLC_RISING(figure,sides,bounds,points))))',
    # The points at stake that an unanswered characteristic takes out of the reckoning.
    "XLC_LEFT_OUT": 'LAMBDA(v,points,missing,IF(ISNUMBER(missing),0,IF(XLC_NUMBER(v)="",MAX(points),0)))',
    # A share of a figure as a constraint: not below 0, "" where either is not known.
    "XLC_SHARE": 'LAMBDA(v,share,LET(figure,XLC_NUMBER(v),IF(figure="","",IF(ISNUMBER(share),MAX(figure*share,0),'
    '""))))',
    # Whether a block is set: TRUE, a number but 0, or a mark.
    "XLC_IS_SET": "LAMBDA(v,IF(ISNUMBER(v),v<>0,IF(ISLOGICAL(v),v,"
    'IF(TRIM(v)="",FALSE,ISERROR(FIND("|"&LOWER(TRIM(v))&"|","|n|no|none|not|never|false|f|na|-|--|0|否|无|不是|"))))))',
    # Whole minor units, halves away from zero; the nudge undoes what binary does to 1.005.
    "XLC_MINOR": "LAMBDA(v,places,LET(size,ABS(v)*10^places,SIGN(v)*INT(size+0.5+MIN(size*2^-51,2^-12))))",
}
"""Name → LAMBDA. They are defined names beside the functions."""
