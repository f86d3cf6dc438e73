"""Buttons about the policy: its sheet, its faults, and reading it anew."""

from __future__ import annotations

from xlcredit.excel.batch.press import Answer, Press
from xlcredit.excel.configuration import active_policy, reload
from xlcredit.excel.policysheet import MARK, PACKED, policy_sheet
from xlcredit.policy import Policy, fingerprint


def open_policy_sheet(press: Press) -> Answer:
    """Leads to the Policy sheet; where there is none, one that holds the policy in force is made."""
    for mark in (MARK, PACKED):
        if press.workbook.own_sheet(mark) is not None:
            return Answer(press.say("policy_opened"), mark=mark)
    sheet = policy_sheet(press.policy, press.as_of, press.words)
    press.workbook.add(sheets=[sheet])
    return Answer(press.say("policy_made", sheet=sheet.name), mark=MARK)


def validate_policy(press: Press) -> Answer:
    """Says that the policy of this workbook is sound; its faults, each with its cell, are the error."""
    return Answer(press.say("policy_sound", policy=_named(press.policy), as_of=press.as_of), "read")


def reload_policy(press: Press) -> Answer:
    """Reads configuration and policies anew."""
    reload()
    return Answer(press.say("policy_read", policy=_named(active_policy())))


def _named(policy: Policy) -> str:
    return f"{policy.name} {policy.version} ({fingerprint(policy)})"
