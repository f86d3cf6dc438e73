"""A single cell as a number, an amount, a day or a yes, as LAMBDAs.

A blank is missing, text that is a number is one, a truth value is none, and an error stays the error it is: as the
functions of Python have it. A text is read strictly: what is written in a way that only Python knows (1'234.50, EUR 5,
2 March 2026) is #VALUE! here, never another figure.
"""

from __future__ import annotations

import string
import unicodedata
from datetime import date
from typing import Final

from xlcredit.excel.native.spelling import text
from xlcredit.kernel.dates import EARLIEST, LATEST
from xlcredit.kernel.money import EXACT
from xlcredit.ledger.textcells import DASHES, NO

_POWER: Final = EXACT.bit_length() - 1
_YEARS: Final = (EARLIEST.year, LATEST.year)
_MARKS: Final = f"{string.punctuation} 。、·…“”‘’«»–—"
"""What counts for nothing in a word: n/a, No. and 无。"""


def _decorated() -> dict[str, str]:
    """Letter with an accent → the letter, of those that a no is made of: nö."""
    plain = {letter for word in NO for letter in word}
    found = {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in range(0xE0, 0x180)}
    return {letter: base for letter, base in found.items() if base != letter and letter.islower() and base in plain}


def _date(day: date) -> str:
    """A day as its serial, whichever day the workbook counts from."""
    return f"DATE({day.year},{day.month},{day.day})"


def _replaced(what: str, old: str, new: str, steps: int) -> str:
    """A text with one character after the other replaced; ``old`` and ``new`` name them by ``step``."""
    return f"REDUCE({what},SEQUENCE({steps}),LAMBDA(held,step,SUBSTITUTE(held,{old},{new})))"


def _without(what: str, characters: str) -> str:
    return _replaced(what, _each(characters), '""', len(characters))


def _each(characters: str) -> str:
    return f"MID({text(characters)},step,1)"


_LETTERS: Final = _decorated()
# １２％ as 12%: the block of full-width characters lies 65,248 above the ordinary ones.
_PLAIN: Final = _replaced("v", "UNICHAR(65280+step)", "CHAR(32+step)", 94)
_UNDECORATED: Final = _replaced("v", _each("".join(_LETTERS)), _each("".join(_LETTERS.values())), len(_LETTERS))

READERS: Final = {
    # Such a text need not be gone through letter by letter; half of a surrogate pair, which is no character, is none.
    "XLC_IS_ASCII": 'LAMBDA(v,IF(v="",TRUE,'
    "REDUCE(0,SEQUENCE(LEN(v)),LAMBDA(held,step,MAX(held,IFERROR(UNICODE(MID(v,step,1)),128))))<128))",
    "XLC_PLAIN": "LAMBDA(v,TRIM(IF(XLC_IS_ASCII(v),v,"
    f'SUBSTITUTE(SUBSTITUTE({_PLAIN},UNICHAR(160)," "),UNICHAR(12288)," "))))',
    # The number that digits alone make; a sign, a space or an exponent among them is none.
    "XLC_DIGITS": "LAMBDA(v,most,IF(OR(LEN(v)=0,LEN(v)>most),#VALUE!,"
    'IF(SUM(LEN(v)-LEN(SUBSTITUTE(v,SEQUENCE(10)-1,"")))=LEN(v),VALUE(v),#VALUE!)))',
    # Whether a comma is what the decimals stand behind: 1.234,50 and 1,5 and 1.234.567, but not 1,234.
    "XLC_COMMA": 'LAMBDA(v,LET(commas,LEN(v)-LEN(SUBSTITUTE(v,",","")),dots,LEN(v)-LEN(SUBSTITUTE(v,".","")),'
    'at,IFERROR(FIND(",",v),0),IF(commas=0,dots>1,IF(commas>1,FALSE,'
    'IF(dots>0,at>IFERROR(FIND(".",v),0),OR(LEN(v)-at<>3,at>4,at=1,LEFT(v)="0"))))))',
    # Digits without the marks that set off their thousands; where these stand elsewhere it is no number.
    "XLC_WHOLE": 'LAMBDA(v,mark,LET(bare,SUBSTITUTE(v,mark,""),marks,LEN(v)-LEN(bare),'
    "IF(marks=0,v,IF(marks<>INT((LEN(bare)-1)/3),#VALUE!,"
    "IF(SUM((MID(v,LEN(v)+1-4*SEQUENCE(marks),1)=mark)*1)=marks,bare,#VALUE!)))))",
    # More than 15 digits no cell tells.
    "XLC_UNSIGNED": 'LAMBDA(v,LET(comma,XLC_COMMA(v),at,IFERROR(FIND(IF(comma,",","."),v),LEN(v)+1),'
    'behind,MID(v,at+1,99),XLC_DIGITS(XLC_WHOLE(LEFT(v,at-1),IF(comma,".",","))&behind,15)/10^LEN(behind)))',
    "XLC_SIGNED": 'LAMBDA(v,LET(front,LEFT(v),size,XLC_UNSIGNED(IF(OR(front="-",front="+"),MID(v,2,99),v)),'
    'IF(front="-",-size,size)))',
    "XLC_READ": 'LAMBDA(v,LET(said,XLC_PLAIN(v),IF(said="","",'
    'IF(RIGHT(said)="%",XLC_SIGNED(TRIM(LEFT(said,LEN(said)-1)))/100,XLC_SIGNED(said)))))',
    # A number of which hundredths are told, whatever it counts.
    "XLC_NUMBER": 'LAMBDA(v,IF(ISNUMBER(v),XLC_WITHIN(v,2),IF(v="","",IF(ISLOGICAL(v),#VALUE!,'
    "XLC_WITHIN(XLC_READ(v),2)))))",
    "XLC_WITHIN": f'LAMBDA(v,places,IF(v="","",IF(ABS(v)<2^{_POWER}/10^places,v,#VALUE!)))',
    # Money that a currency of so many places can tell to the last of them.
    "XLC_AMOUNT": "LAMBDA(v,places,XLC_WITHIN(XLC_NUMBER(v),MAX(places,2)))",
    "XLC_SCORE": 'LAMBDA(v,LET(figure,XLC_NUMBER(v),IF(figure="","",IF(OR(figure<0,figure>100),#VALUE!,figure))))',
    # A day as its serial; text counts as one where it is written year first, or says which is the month.
    "XLC_DAY": 'LAMBDA(v,IF(ISNUMBER(v),XLC_SERIAL(v),IF(v="","",IF(ISLOGICAL(v),#VALUE!,'
    'LET(said,XLC_PLAIN(v),IF(said="","",XLC_DATE(said)))))))',
    # A number from 19800101 on is a day in eight digits, no serial.
    "XLC_SERIAL": "LAMBDA(v,IF(v>=19800101,IF(v=INT(v),XLC_VALID(INT(v/10^4),INT(MOD(v,10^4)/100),MOD(v,100)),#VALUE!),"
    f"IF(AND(v>={_date(EARLIEST)},v<{_date(LATEST)}+1),INT(v),#VALUE!)))",
    "XLC_DATE": "LAMBDA(v,LET(dashed,"
    'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(v,"年","-"),"月","-"),"/","-"),".","-"),'
    'one,FIND("-",dashed),two,FIND("-",dashed,one+1),marks,MID(v,one,1)&MID(v,two,1),'
    "first,LEFT(v,one-1),second,XLC_DIGITS(MID(v,one+1,two-one-1),2),third,MID(v,two+1,99),"
    "IF(LEN(first)=4,XLC_YEAR_FIRST(first,second,third,marks),XLC_YEAR_LAST(first,second,third,marks))))",
    "XLC_YEAR_FIRST": 'LAMBDA(y,m,d,marks,IF(OR(LEFT(marks)="月",RIGHT(marks)="年"),#VALUE!,'
    'XLC_VALID(XLC_DIGITS(y,4),m,XLC_DIGITS(IF(RIGHT(d)="日",LEFT(d,LEN(d)-1),d),2))))',
    "XLC_YEAR_LAST": 'LAMBDA(first,second,y,marks,IF(SUBSTITUTE(SUBSTITUTE(marks,"年",""),"月","")<>marks,#VALUE!,'
    "LET(one,XLC_DIGITS(first,2),last,IF(LEN(y)=4,XLC_DIGITS(y,4),#VALUE!),IF(one>12,XLC_VALID(last,second,one),"
    "IF(OR(second>12,one=second),XLC_VALID(last,one,second),#VALUE!)))))",
    "XLC_VALID": f"LAMBDA(y,m,d,IF(OR(y<{_YEARS[0]},y>{_YEARS[1]}),#VALUE!,LET(serial,DATE(y,m,d),"
    "IF(AND(YEAR(serial)=y,MONTH(serial)=m,DAY(serial)=d),serial,#VALUE!))))",
    # Whether a block is set: TRUE, a number but 0, or any text but a no.
    "XLC_IS_SET": 'LAMBDA(v,IF(ISNUMBER(v),v<>0,IF(v="",FALSE,IF(ISLOGICAL(v),v,LET(said,XLC_WORD(v),'
    f'IF(said="",{_without("v", DASHES)}<>"",ISERROR(FIND("|"&said&"|",{text("|".join([*sorted(NO), ""]))}))))))))',
    # What a text says without capitals, the accents of Latin letters, spaces and marks.
    "XLC_WORD": f"LAMBDA(v,{_without('XLC_UNDECORATED(LOWER(XLC_PLAIN(v)))', _MARKS)})",
    "XLC_UNDECORATED": f"LAMBDA(v,IF(XLC_IS_ASCII(v),v,{_UNDECORATED}))",
}
"""Name → LAMBDA."""
