"""Letters: which goes with a step, where it says to pay, and until when."""

from __future__ import annotations

from datetime import date

from xlcredit.policy import load

RULE = load(sets=["letters.accounts.any=A 1", "letters.accounts.EUR=E 2", "letters.accounts.USD="]).letters


def test_a_level_s_own_letter_goes_before_its_action_s():
    assert [RULE.letter("call", "friendly"), RULE.letter("call", ""), RULE.letter("lawsuit", "")] == [
        "friendly", "demand", "",
    ]  # fmt: skip


def test_a_currency_without_an_account_is_paid_to_the_one_for_any():
    assert [RULE.account(code) for code in ("EUR", "USD", "GBP")] == ["E 2", "A 1", "A 1"]
    assert load().letters.account("EUR") == ""


def test_each_letter_has_its_days_to_pay_and_one_that_only_a_procedure_names_has_ten():
    days = [RULE.reply_by(letter, date(2026, 12, 25)) for letter in ("reminder", "demand", "lawyer", "friendly")]
    assert days == [date(2027, 1, 8), date(2027, 1, 4), date(2027, 1, 1), date(2027, 1, 4)]


def test_only_firm_letters_claim_interest():
    assert [RULE.kind(letter).interest for letter in ("reminder", "demand", "lawyer", "friendly")] == [
        False, True, True, False,
    ]  # fmt: skip
