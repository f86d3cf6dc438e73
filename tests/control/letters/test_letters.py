"""Letters: a ledger goes in, the letters that are due come out, with what each of them claims."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import ledger
from xlcredit.control import review
from xlcredit.control.letters import letters, merge_list
from xlcredit.control.letters.languages import language
from xlcredit.control.lists.interest import late_interest
from xlcredit.kernel.errors import LedgerError
from xlcredit.kernel.money import decimals, in_text
from xlcredit.locales import Words
from xlcredit.policy import load

DAY = date(2026, 10, 31)
ITEMS = """
    document | customer | document_date | due_date   | amount   | currency | blocked | disputed        | last_stage
    R-1      | C1       | 2026-10-05    | 2026-11-04 |  1000.00 | EUR      |         |                 |
    R-2      | C1       | 2026-09-01    | 2026-10-01 |   500.00 | EUR      |         |                 |
    R-3      | C1       | 2026-09-10    | 2026-10-10 |   250.50 | USD      |         |                 |
    R-4      | C1       | 2026-10-20    | 2026-10-20 |  -120.00 | EUR      |         |                 |
    R-5      | C1       | 2026-06-01    | 2026-07-01 |   300.00 | EUR      | yes     |                 |
    R-6      | C2       | 2026-06-01    | 2026-07-01 | 10000.00 | EUR      |         |         2500.00 |
    R-7      | C2       | 2026-05-01    | 2026-06-01 |   800.00 | EUR      |         |          800.00 |
    R-8      | C3       | 2026-09-01    | 2026-10-01 |   900.00 | EUR      |         |                 |          2
"""
CUSTOMERS = """
    customer | name         | country | language
    C1       | Nordwind AG  | DE      |
    C2       | 青岛贸易公司 | CN      |
    C3       | Avignon SARL | FR      | zh-CN
"""
POLICY = ["currency=EUR"]


def written(sets=(), **options):
    return letters(review(ledger(ITEMS, CUSTOMERS), load(sets=[*POLICY, *sets]), DAY), "en", **options)


def summary(found):
    return [
        [
            letter.reference, letter.letter, letter.language, " ".join(item.document for item in letter.items),
            "; ".join(f"{code} {in_text(claim.total, decimals(code))}" for code, claim in letter.claims.items()),
        ]
        for letter in found.letters
    ]  # fmt: skip


def left_out(found):
    return {why: count for why, count in found.left_out.items() if count}


def test_one_letter_per_customer_and_level_from_polite_to_a_lawyer_s():
    """R-2 claims 500 × 10.15 % × 30 ÷ 365 = 4.17 EUR and 40 EUR, R-3 250.50 × 10.15 % × 21 ÷ 365 = 1.46 USD and 40 EUR."""
    assert summary(written()) == [
        ["C1-1-20261031", "reminder", "en", "R-1", "EUR 1000.00"],
        ["C1-2-20261031", "demand", "en", "R-2 R-3", "EUR 584.17; USD 251.96"],
        ["C2-3-20261031", "lawyer", "zh", "R-6", "EUR 7957.50"],
    ]


def test_what_is_blocked_disputed_or_told_before_is_in_no_letter():
    assert left_out(written()) == {"blocked": 1, "disputed": 1, "sent": 1}


SENT = "customer | document | date | stage\nC1 | R-2 | 2026-11-02 | 2"


def test_letters_of_a_day_before_the_last_notice_are_refused_but_not_its_review():
    """Edge case 36: they would dun twice; the review of a past day is that of the day."""
    found = review(ledger(ITEMS, CUSTOMERS, dunning=SENT), load(sets=POLICY), DAY)
    assert found.items.stage.tolist() == review(ledger(ITEMS, CUSTOMERS), load(sets=POLICY), DAY).items.stage.tolist()
    with pytest.raises(LedgerError, match="the last notice is of 2026-11-02"):
        letters(found, "en")
    on_its_day = review(ledger(ITEMS, CUSTOMERS, dunning=SENT), load(sets=POLICY), date(2026, 11, 2))
    assert [line[3] for line in summary(letters(on_its_day, "en"))] == ["R-1", "R-3", "R-6"]


def test_a_step_without_a_letter_has_none():
    found = written(["dunning.procedure=three-stage"])
    assert [letter.letter for letter in found.letters] == ["reminder"]
    assert left_out(found) == {"blocked": 1, "disputed": 1, "sent": 1, "no_letter": 1}


def test_the_part_in_dispute_is_not_demanded_and_bears_no_interest():
    """Of 10,000 EUR 7,500 are undisputed; at 0.05 % a day for 122 days they cost 457.50 EUR."""
    (letter,) = written(stages=[3]).letters
    (item,) = letter.items
    assert (item.demanded, item.disputed, item.interest) == (750_000, 250_000, 45_750)
    assert letter.disputed == {"EUR": 250_000}


def test_a_letter_names_credits_that_no_item_has_taken():
    assert [letter.credits for letter in written().letters] == [{"EUR": 12_000}, {"EUR": 12_000}, {}]


def test_a_polite_letter_claims_nothing_but_the_items_and_before_they_are_due_no_earlier_payment():
    (letter,) = written(stages=[1]).letters
    assert (letter.regime, letter.items[0].days_past_due, str(letter.reply_by)) == ("", -4, "2026-11-04")
    items = "customer | document | due_date | amount | currency\n" + "\n".join(
        f"C1 | {due} | {due} | 10 | EUR" for due in ("2026-10-30", "2026-11-04")
    )
    (letter,) = letters(review(ledger(items), load(sets=POLICY), DAY), "en").letters
    assert str(letter.reply_by) == "2026-11-14"


PLAN = """
    customer | plan | due        | amount | agreed     | currency
    C1       | P-1  | 2026-11-05 |    500 | 2026-10-15 | EUR
    C1       | P-1  | 2027-01-05 |   1500 | 2026-10-15 | EUR
"""
IN_PLAN = """
    document | customer | document_date | due_date   | amount  | currency
    P-1      | C1       | 2026-08-01    | 2026-09-01 | 1000.00 | EUR
    P-2      | C1       | 2026-08-01    | 2026-09-02 | 1000.00 | EUR
"""


def test_of_a_payment_plan_that_is_kept_the_next_instalment_is_asked_for_by_its_day_and_of_no_other_item():
    found = letters(review(ledger(IN_PLAN, plans=PLAN), load(sets=POLICY), DAY), "en")
    (letter,) = found.letters
    assert [(item.document, item.demanded, str(item.due_date), item.days_past_due) for item in letter.items] == [
        ("P-1", 50_000, "2026-11-05", -5)
    ]
    assert (str(letter.reply_by), left_out(found)) == ("2026-11-05", {"planned": 1})


def test_interest_on_an_old_reference_rate_is_to_be_checked_and_without_any_none_is_claimed():
    assert [letter.doubts for letter in written().letters] == [(), ("last_known_rate",), ()]
    early = ledger(ITEMS.replace("2026-", "2020-"), CUSTOMERS)
    found = letters(review(early, load(sets=POLICY), date(2020, 10, 31)), "en", stages=[2])
    assert [(letter.doubts, letter.claims["EUR"].interest) for letter in found.letters] == [(("no_rate",), 0)]


def test_the_fixed_sum_of_the_statute_is_claimed_as_in_the_interest_list_by_the_debts_size_in_its_currency():
    """40, 70 or 100 GBP (uk-bands): 1,500 USD are 1,125 GBP and 150,000 JPY 789 GBP; without a rate nobody knows."""
    items = """
        document | customer | document_date | due_date   | amount  | currency
        G-1      | G1       | 2026-09-01    | 2026-10-01 | 1500.00 | USD
        G-2      | G1       | 2026-09-01    | 2026-10-01 | 150000  | JPY
        G-3      | G2       | 2026-09-01    | 2026-10-01 | 900.00  | GBP
        G-4      | G3       | 2026-09-01    | 2026-10-01 | 900.00  | CHF
    """
    people = "customer | name | country\nG1 | One | GB\nG2 | Two | GB\nG3 | Three | GB"
    rates = "currency | rate | date\nUSD | 0.75 | 2026-10-30\nJPY | 0.00526 | 2026-10-30"
    found = review(ledger(items, people, rates=rates), load(sets=["currency=GBP"]), DAY)
    made = letters(found, "en").letters
    assert [letter.claims["GBP"].fixed_sum if "GBP" in letter.claims else 0 for letter in made] == [11_000, 4_000, 0]
    assert [letter.doubts for letter in made] == [("last_known_rate",)] * 2 + [("no_fixed_sum", "last_known_rate")]
    listed = late_interest(found)
    assert dict(zip(listed["customer"], map(str, listed["fixed_sum"]), strict=True)) == {
        "G1": "110.0", "G2": "40.0", "G3": "nan",
    }  # fmt: skip


def test_a_debt_in_the_fixed_sum_s_own_currency_takes_no_rate():
    items = "document | customer | due_date | amount | currency\nG-1 | G1 | 2026-10-01 | 12000 | GBP"
    people = "customer | country\nG1 | GB"
    (letter,) = letters(review(ledger(items, people), load(sets=["currency=CNY"]), DAY), "en").letters
    assert (letter.claims["GBP"].fixed_sum, letter.doubts) == (10_000, ("no_name", "last_known_rate"))


def test_interest_under_the_usual_regime_is_to_be_checked_where_no_country_tells_which_law_holds():
    items = "document | customer | due_date | amount | currency\nU-1 | U1 | 2026-10-01 | 12000 | EUR"
    for people, sets, doubts in (
        ("customer | name\nU1 | One", (), ("usual_regime",)),
        ("customer | name | country\nU1 | One | XX", (), ("usual_regime",)),
        ("customer | name | country\nU1 | One | CN", (), ()),
        ("customer | name\nU1 | One", ("dunning.procedures.prompt.level_interest.2=us",), ()),
    ):
        (letter,) = letters(review(ledger(items, people), load(sets=[*POLICY, *sets]), DAY), "en").letters
        assert letter.doubts == doubts


def test_a_level_s_own_regime_fee_and_letter_go_before_the_usual():
    own = "dunning.procedures.prompt.level_"
    found = written([f"{own}interest.1=us", f"{own}fees.1=15", f"{own}letters.1=friendly"], stages=[1])
    (letter,) = found.letters
    assert (letter.letter, letter.regime, letter.claims["EUR"].fee, letter.claims["EUR"].total) == (
        "friendly", "us", 1_500, 101_500,
    )  # fmt: skip


def test_one_language_for_all_goes_before_the_customers():
    assert {letter.language for letter in written(["letters.language=zh"]).letters} == {"zh"}


def test_a_language_is_known_by_its_code_or_name_and_english_stands_in_for_others():
    said = ("zh-CN", "ZH", "Chinese", "中文", "English", "en_US", "de", "français", "")
    assert [language(text) for text in said] == ["zh"] * 4 + ["en"] * 5


def test_the_merge_list_has_a_line_per_letter():
    made = merge_list(written().letters, ["a.docx", "b.docx", "c.docx"])
    keys = ("reference", "letter", "stage", "channel", "items", "EUR", "USD", "file")
    assert [" ".join(str(made[key][line]) for key in keys) for line in range(len(made))] == [
        "C1-1-20261031 reminder 1.0 email 1.0 1000.0 nan a.docx",
        "C1-2-20261031 demand 2.0 phone 2.0 584.17 251.96 b.docx",
        "C2-3-20261031 lawyer 3.0 lawyer 1.0 7957.5 nan c.docx",
    ]
    doubts = next(field for field in made.fields if field.key == "doubts")
    assert doubts.said(Words.of("en"))[1].startswith("interest at the last reference rate")


KIND = st.sampled_from(["", "blocked", "disputed", "promised", "planned", "sent", "credit"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B"]), st.integers(-40, 200), st.integers(1, 9_000_000), KIND,
                  st.sampled_from(["EUR", "JPY", "KWD"])),
        min_size=1, max_size=12,
    ),
    st.sampled_from(["prompt", "stepped", "three-stage"]),
    st.sampled_from(["0", "50"]),
    st.sampled_from([(), (1,), (2, 3)]),
)  # fmt: skip
def test_letters_foot_and_with_what_is_left_out_they_are_all_that_is_late_or_in_dunning(rows, name, least, stages):
    table = f"{HEADING}\n" + "\n".join(row(number, *each) for number, each in enumerate(rows))
    procedure = [f"dunning.procedure={name}", f"dunning.procedures.{name}.minimum_amount={least}"]
    found = review(ledger(table), load(sets=[*POLICY, *procedure]), DAY)
    made = letters(found, "en", stages)
    told = [item for letter in made.letters for item in letter.items]
    late = (found.items.days_past_due > 0) & (found.items.open_minor > 0)
    assert len({item.document for item in told}) == len(told)
    assert len(told) + sum(made.left_out.values()) == (late | (found.items.stage > 0)).sum()
    opened = dict(zip(found.ledger.items.document, found.items.open_minor, strict=True))
    assert all(item.demanded == opened[item.document] > 0 for item in told)
    kinds = {f"D{number}": each[3] for number, each in enumerate(rows)}
    assert {kinds[item.document] for item in told} <= {"", "sent", "planned"}
    for letter in made.letters:
        assert not stages or letter.stage in stages
        for code, claim in letter.claims.items():
            theirs = [item for item in letter.items if item.currency == code]
            assert claim.items == sum(item.demanded for item in theirs)
            assert claim.interest == sum(item.interest for item in theirs)
            assert claim.total == claim.items + claim.interest + claim.fixed_sum + claim.fee


HEADING = "document | customer | due_date | amount | currency | blocked | disputed | promised_date | planned_date | last_stage"


def row(number, customer, days, minor, kind, code):
    amount = in_text(-minor if kind == "credit" else minor, decimals(code))
    told = {
        "blocked": "yes | | | | ", "disputed": f"| {amount} | | | ", "promised": "| | 2026-11-20 | | ",
        "planned": "| | | 2026-12-20 | ", "sent": "| | | | 2",
    }.get(kind, "| | | | ")  # fmt: skip
    return f"D{number} | {customer} | {date.fromordinal(DAY.toordinal() - days)} | {amount} | {code} | {told}"
