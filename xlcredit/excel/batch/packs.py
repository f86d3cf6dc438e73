"""Button that makes the credit pack: a workbook of its own, beside the ledger's file."""

from __future__ import annotations

from dataclasses import replace

from xlcredit.control.lists import lists_of
from xlcredit.excel.batch.press import Answer, Press
from xlcredit.excel.batch.reviews import reviewed, told
from xlcredit.excel.pack.book import build_anew
from xlcredit.excel.pack.place import free_place


def credit_pack(press: Press) -> Answer:
    """The pack of the ledger as it stands, what is not saved of it included; the workbook itself stays as it is."""
    target = free_place(press.workbook)
    if target.exists() and not press.ask(press.say("pack_replace", file=target.name)):
        return Answer(press.say("pack_kept", file=target.name))
    _, found = reviewed(press)
    answer = told(press, build_anew(found, lists_of(found), target, press.words.lang))
    written = press.words.phrase("written", file=target)
    return replace(answer, text=f"{answer.text} {written}", opens=target)
