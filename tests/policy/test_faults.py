"""Every fault a policy can have: where it is, what it says, and all of them at once."""

from __future__ import annotations

import re

import pytest

from xlcredit import policy
from xlcredit.kernel.errors import PolicyError
from xlcredit.locales import Words


def _card(*characteristics):
    return "[scorecards.own]\ncharacteristics = [\n" + "".join(f"  {{ {c} }},\n" for c in characteristics) + "]"


RISING = "[{ points = 0 }, { from = 1, points = 100 }]"
BEST = f'name = "net_margin", better = "higher", attributes = {RISING}'

FAULTS = [
    # code, policy, place, message
    (
        "policy-unknown-key",
        "limit.stepp = 5",
        "limit.stepp (house.toml)",
        "There is no key stepp here; the nearest is step. Correct or remove it; known here: combine, step,",
    ),
    ("policy-unknown-key", "colour = 1", "colour (house.toml)", "There is no key colour here; the nearest is "),
    (
        "policy-unknown-key",
        'grades = [{ grade = "A", form = 5, limit_factor = 1 }]',
        "grades.A.form (house.toml)",
        "no key form here; the nearest is from.",
    ),
    (
        "policy-missing-key",
        '[[grades]]\ngrade = "A"\nfrom = 5\n[[grades]]\ngrade = "B"\nlimit_factor = 0',
        "grades.A.limit_factor (house.toml)",
        "limit_factor is missing.",
    ),
    (
        "policy-missing-key",
        "[dunning.procedures.own]\ngrace_days = 3",
        "dunning.procedures.own.levels (house.toml)",
        "levels is missing.",
    ),
    (
        "policy-out-of-range",
        "metrics.months = 121",
        "metrics.months (house.toml)",
        "121 is out of range. Give a number ≥ 1, ≤ 120.",
    ),
    ("policy-not-a-table", "limit = 5", "limit (house.toml)", "5 stands where a table of keys belongs."),
    ("policy-not-a-table", "limit.caps = 0.1", "limit.caps (house.toml)", "0.1 stands where a table of keys belongs."),
    (
        "policy-not-a-list",
        'grades = "A"',
        "grades (house.toml)",
        '"A" stands where a list with at least one entry belongs.',
    ),
    ("policy-not-a-list", "grades = []", "grades", "[ … ] (0) stands where a list"),
    ("policy-not-a-list", "scoring.order = []", "scoring.order", "[ … ] (0) stands where a list"),
    (
        "policy-not-text",
        "version = 2",
        "version (house.toml)",
        "2 stands where text belongs. Put it in quotation marks.",
    ),
    ("policy-not-text", "extends = 2", "extends (house.toml)", "2 stands where text belongs."),
    ("policy-empty-text", 'name = ""', "name (house.toml)", "The text is empty."),
    (
        "policy-strange-character",
        'name = "a\\u0007"',
        "name (house.toml)",
        "The text holds the control character U+0007.",
    ),
    (
        "policy-not-a-number",
        'limit.tax = "1,000"',
        "limit.tax (house.toml)",
        '"1,000" stands where a number belongs. Give a number without quotation marks',
    ),
    ("policy-not-a-number", "limit.tax = true", "limit.tax (house.toml)", "true stands where a number belongs."),
    ("policy-not-a-number", "limit.tax = nan", "limit.tax (house.toml)", "stands where a number belongs."),
    (
        "policy-not-a-number",
        "limit.tax = 2026-10-31",
        "limit.tax (house.toml)",
        "2026-10-31 stands where a number belongs.",
    ),
    (
        "policy-not-a-number-or-word",
        'limit.maximum = "none"',
        "limit.maximum (house.toml)",
        '"none" stands where a number or "unlimited" belongs.',
    ),
    (
        "policy-not-a-number-or-word",
        "limit.maximum = inf",
        "limit.maximum (house.toml)",
        'stands where a number or "unlimited" belongs.',
    ),
    (
        "policy-not-whole",
        "measures.window_days = 30.5",
        "measures.window_days (house.toml)",
        "30.5 is no whole number.",
    ),
    (
        "policy-out-of-range",
        "insurance.cover = 1.01",
        "insurance.cover (house.toml)",
        "1.01 is out of range. Give a number > 0, ≤ 1.",
    ),
    ("policy-out-of-range", "limit.step = -5", "limit.step (house.toml)", "-5 is out of range. Give a number > 0."),
    ("policy-out-of-range", "limit.step = 0", "limit.step (house.toml)", "0 is out of range. Give a number > 0."),
    (
        "policy-out-of-range",
        "limit.maximum = 1e300",
        "limit.maximum (house.toml)",
        "1E+300 is out of range. Give a number ≥ 0, ≤ 1000000000000.",
    ),
    ("policy-too-many-decimals", f"[limit]\ntax = 1e-{10**9}", "limit.tax (house.toml)", "has more than 30 decimals."),
    (
        "policy-too-many-decimals",
        _card('name = "net_margin", better = "higher", attributes = [{ points = 0 }, { from = 1, points = 99.999 }]'),
        "scorecards.own.characteristics.net_margin.attributes.2.points (house.toml)",
        "99.999 has more than 2 decimals.",
    ),
    (
        "policy-not-a-choice",
        'limit.combine = "least"',
        "limit.combine (house.toml)",
        '"least" is not known here; the nearest is lowest. Give one of: lowest, average.',
    ),
    (
        "policy-not-a-choice",
        'dunning.procedure = "steped"',
        "dunning.procedure (house.toml)",
        '"steped" is not known here; the nearest is stepped. Give one of: prompt, stepped, three-stage.',
    ),
    (
        "policy-not-a-choice",
        'scoring.scorecard = "finance"',
        "scoring.scorecard (house.toml)",
        '"finance" is not known here; the nearest is financial. Give one of: auto, behaviour, financial, newcomer, trade.',
    ),
    (
        "policy-not-a-choice",
        'scoring.order = ["trade", "behavior"]',
        "scoring.order.2 (house.toml)",
        '"behavior" is not known here; the nearest is behaviour.',
    ),
    (
        "policy-unknown-currency",
        'currency = "eur"',
        "currency (house.toml)",
        '"eur" is no currency code of ISO 4217; the nearest is EUR.',
    ),
    (
        "policy-unknown-figure",
        "limit.caps.networth = 0.1",
        "limit.caps.networth (house.toml)",
        "A cap on networth: no money figure of a customers sheet is called that; the nearest is net_worth.",
    ),
    (
        "policy-unknown-figure",
        "limit.caps.need = 0.1",
        "limit.caps.need (house.toml)",
        "A cap on need: no money figure",
    ),
    (
        "policy-unknown-characteristic",
        _card(BEST.replace("net_margin", "profit_margin")),
        "scorecards.own.characteristics.profit_margin (house.toml)",
        "The characteristic profit_margin is no measure of the ledger, no figure of a customers sheet or statement, and no judgement; the nearest is net_margin.",
    ),
    (
        "policy-stands-twice",
        'grades = [{ grade = "A", from = 5, limit_factor = 1 }, { grade = "A", limit_factor = 0 }]',
        "grades.A (house.toml)",
        "A stands twice.",
    ),
    (
        "policy-stands-twice",
        'scoring.order = ["trade", "trade"]',
        "scoring.order.trade (house.toml)",
        "trade stands twice.",
    ),
    (
        "policy-stands-twice",
        _card(BEST.replace("100", "50"), BEST.replace("100", "50")),
        "scorecards.own.characteristics.net_margin (house.toml)",
        "net_margin stands twice.",
    ),
    (
        "policy-reserved-name",
        'aging.buckets = [{ key = "fresh" }, { key = "undated", from = 1 }]',
        "aging.buckets.undated (house.toml)",
        "The name undated is taken by xlcredit itself.",
    ),
    (
        "policy-reserved-name",
        _card(BEST).replace("own", "auto"),
        "scorecards.auto (house.toml)",
        "The name auto is taken",
    ),
    (
        "policy-two-bounds",
        '[[aging.buckets]]\nkey = "x"\n[[aging.buckets]]\nkey = "y"\nfrom = 1\nabove = 2',
        "aging.buckets.y (house.toml)",
        "The bound is given twice: from 1 and above 2.",
    ),
    (
        "policy-bound-missing",
        "[dunning.procedures.own]\nlevels = [{ action = 'call' }]",
        "dunning.procedures.own.levels.1 (house.toml)",
        "It does not say where it begins.",
    ),
    (
        "policy-bound-unneeded",
        'aging.buckets = [{ key = "x", from = 1 }]',
        "aging.buckets.x (house.toml)",
        "It begins at ≥ 1, but must hold everything below the others.",
    ),
    (
        "policy-bound-unneeded",
        'grades = [{ grade = "A", from = 5, limit_factor = 1 }]',
        "grades.A (house.toml)",
        "It begins at ≥ 5, but must hold everything",
    ),
    (
        "policy-bounds-not-rising",
        'aging.buckets = [{ key = "x" }, { key = "y", above = 30 }, { key = "z", from = 30 }]',
        "aging.buckets.z (house.toml)",
        "It begins at ≥ 30, which is not beyond the > 30 of the entry before.",
    ),
    (
        "policy-bounds-not-rising",
        "[dunning.procedures.own]\nlevels = [{ from = 30, action = 'call' }, { from = 15, action = 'call' }]",
        "dunning.procedures.own.levels.2 (house.toml)",
        "It begins at ≥ 15, which is not beyond the ≥ 30",
    ),
    (
        "policy-grades-not-falling",
        'grades = [{ grade = "A", from = 5, limit_factor = 1 }, { grade = "B", from = 50, limit_factor = 1 }, { grade = "C", limit_factor = 0 }]',
        "grades.A (house.toml)",
        "It begins at ≥ 5, which is not beyond the ≥ 50 of the riskier grade after it.",
    ),
    (
        "policy-limit-factor-rises",
        'grades = [{ grade = "A", from = 5, limit_factor = 0.5 }, { grade = "B", limit_factor = 0.6 }]',
        "grades.B.limit_factor (house.toml)",
        "The riskier grade would be given more of the limit, 0.6, than the safer one before it, 0.5.",
    ),
    (
        "policy-points-not-rising",
        _card(BEST.replace("points = 0 }, { from = 1, points = 100", "points = 100 }, { from = 1, points = 0")),
        "scorecards.own.characteristics.net_margin.attributes (house.toml)",
        "Higher is better here, but the points run 100, 0.",
    ),
    (
        "policy-points-not-falling",
        _card(BEST.replace("higher", "lower")),
        "scorecards.own.characteristics.net_margin.attributes (house.toml)",
        "Lower is better here, but the points run 0, 100.",
    ),
    (
        "policy-points-sum",
        _card(BEST.replace("100", "99.5")),
        "scorecards.own (house.toml)",
        "The best answers add up to 99.5 points, not to 100.",
    ),
    (
        "policy-missing-above-best",
        _card(
            BEST.replace("100", "60") + ", missing = 61", BEST.replace("100", "40").replace("net_margin", "quick_ratio")
        ),
        "scorecards.own.characteristics.net_margin.missing (house.toml)",
        "A missing answer would earn 61 points, more than the best answer's 60.",
    ),
    (
        "policy-terms-milder",
        "terms.grades.C.net_days = 46",
        "terms.grades.C.net_days (house.toml)",
        "milder terms, 46, than the safer one before it, 45.",
    ),
    (
        "policy-terms-milder",
        "terms.grades.D.prepayment = 0.29",
        "terms.grades.D.prepayment (house.toml)",
        "milder terms, 0.29, than the safer one before it, 0.3.",
    ),
    (
        "policy-discount-after-due",
        "terms.grades.D.discount_days = 15",
        "terms.grades.D.discount_days (house.toml)",
        "The discount runs 15 days, but the net amount is due after 15.",
    ),
    (
        "policy-not-a-choice",
        "terms.grades.c = { net_days = 30, prepayment = 0 }",
        "terms.grades.c (house.toml)",
        '"c" is not known here; the nearest is C.',
    ),
    (
        "policy-span",
        "insurance.premium_from = 0.02",
        "insurance.premium_from (house.toml)",
        "0.02 is more than the 0.012 of premium_to.",
    ),
    (
        "policy-not-a-choice",
        'insurance.holidays = "XX"',
        "insurance.holidays (house.toml)",
        '"XX" is not known here',
    ),
    (
        "policy-not-a-choice",
        'insurance.evidence.photo = "fire"',
        "insurance.evidence.photo (house.toml)",
        '"fire" is not known here; the nearest is transfer',
    ),
    (
        "policy-bucket-without-rate",
        'aging.buckets = [{ key = "not_due" }, { key = "overdue", from = 1 }]',
        "aging.buckets.overdue (house.toml)",
        "The aging bucket overdue has no loss rate. Add it to provision.rates.",
    ),
    (
        "policy-not-a-choice",
        "provision.segments.retail.1-29 = 0.02",
        "provision.segments.retail.1-29 (house.toml)",
        '"1-29" is not known here; the nearest is',
    ),
    (
        "policy-not-a-choice",
        "insurance.rates.BB = 0.005",
        "insurance.rates.BB (house.toml)",
        '"BB" is not known here; the nearest is B.',
    ),
    (
        "policy-not-a-choice",
        "provision.pd.AA = 0.02",
        "provision.pd.AA (house.toml)",
        '"AA" is not known here; the nearest is A.',
    ),
    (
        "policy-span",
        "measures.recent_days = 400",
        "measures.recent_days (house.toml)",
        "400 is more than the 365 of window_days.",
    ),
    (
        "policy-points-not-falling",
        '[ratings.agencies.own]\nbetter = "lower"\nreading = "numbers"\nvalues = { "1" = 0, "10" = 100 }',
        "ratings.agencies.own.values (house.toml)",
        "Lower is better here, but the points run 0, 100.",
    ),
    (
        "policy-rating-no-number",
        '[ratings.agencies.own]\nbetter = "higher"\nreading = "numbers"\nvalues = { "1" = 0, "AAA" = 100 }',
        "ratings.agencies.own.values.AAA (house.toml)",
        'The rating "AAA" is no number, but the scale reads numbers.',
    ),
    (
        "policy-out-of-range",
        '[ratings.agencies.own]\nbetter = "higher"\nvalues = { "1" = 0, "2" = 101 }',
        "ratings.agencies.own.values.2 (house.toml)",
        "101 is ",
    ),
    (
        "policy-span",
        "[admission.tiers]\ntop = 0.6",
        "admission.tiers.top (house.toml)",
        "0.6 is more than the 0.5 of middle.",
    ),
    (
        "policy-span",
        "[statements]\nz2_grey_from = 3",
        "statements.z2_grey_from (house.toml)",
        "3 is more than the 2.6 of z2_safe_above.",
    ),
    (
        "policy-indicator-silent",
        '[signals.indicators.own]\nbetter = "lower"\nthreshold = "off"\nlevel = "warn"',
        "signals.indicators.own (house.toml)",
        "The indicator own has neither a threshold nor a change",
    ),
    (
        "policy-span",
        "metrics.dso_months = 13",
        "metrics.dso_months (house.toml)",
        "13 is more than the 12 of months.",
    ),
    (
        "policy-not-a-choice",
        'approval.matrix.A.0 = "sales manager"',
        "approval.matrix.A.0 (house.toml)",
        '"sales manager" is not known here; the nearest is sales_manager. Give one of: ',
    ),
    (
        "policy-not-a-choice",
        'approval.matrix.a.0 = "sales_manager"',
        "approval.matrix.a (house.toml)",
        '"a" is not known here; the nearest is A. Give one of: A, B, C, D, E, other.',
    ),
    (
        "policy-key-not-an-amount",
        'approval.matrix.A.much = "sales_manager"',
        "approval.matrix.A.much (house.toml)",
        "much is no amount.",
    ),
    (
        "policy-not-a-choice",
        'interest.regime = "ue"',
        "interest.regime (house.toml)",
        '"ue" is not known here; the nearest is eu. Give one of: cn_lpr, cn_sme, contract, eu, uk, us.',
    ),
    (
        "policy-not-a-choice",
        'interest.regimes.eu.reference = "ecb"',
        "interest.regimes.eu.reference (house.toml)",
        '"ecb" is not known here; the nearest is ecb_main. Give one of: ',
    ),
    (
        "policy-key-not-a-date",
        "interest.references.ecb_main.20260101 = 0.02",
        "interest.references.ecb_main.20260101 (house.toml)",
        "20260101 is no date.",
    ),
    (
        "policy-key-not-an-amount",
        "interest.regimes.uk.fixed_sums.-5 = 20",
        "interest.regimes.uk.fixed_sums.-5 (house.toml)",
        "-5 is no amount.",
    ),
    (
        "policy-stands-twice",
        'interest.regimes.uk.fixed_sums."1000.0" = 20',
        'interest.regimes.uk.fixed_sums."1000.0" (house.toml)',
        "1000.0 stands twice.",
    ),
    (
        "policy-unknown-level",
        "dunning.procedures.stepped.level_letters.4 = 'last'",
        "dunning.procedures.stepped.level_letters.4 (house.toml)",
        "The procedure has no level 4. Give the number of one of its levels: 1, 2, 3.",
    ),
    (
        "policy-not-a-choice",
        "dunning.procedures.stepped.level_interest.2 = 'ue'",
        "dunning.procedures.stepped.level_interest.2 (house.toml)",
        '"ue" is not known here; the nearest is eu.',
    ),
    (
        "policy-not-a-choice",
        "letters.actions.call = 'demnd'",
        "letters.actions.call (house.toml)",
        '"demnd" is not known here; the nearest is demand.',
    ),
    (
        "policy-not-a-choice",
        "letters.accounts.EURO = 'DE89 3704'",
        "letters.accounts.EURO (house.toml)",
        '"EURO" is not known here; the nearest is EUR.',
    ),
    (
        "policy-key-not-a-country",
        'countries.de = { regime = "eu", limitation_years = 3, language = "de", usual_days = 30, collection_cost = 0 }',
        "countries.de (house.toml)",
        "de is no country code.",
    ),
    (
        "policy-not-a-choice",
        'countries.DE.regime = "bgb"',
        "countries.DE.regime (house.toml)",
        '"bgb" is not known here',
    ),
]


@pytest.mark.parametrize(("code", "text", "place", "message"), FAULTS)
def test_a_fault_names_its_place_its_value_and_its_remedy(tmp_path, code, text, place, message):
    house = tmp_path / "house.toml"
    house.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(f"{place}: ") + ".*" + re.escape(message)) as caught:
        policy.load(house)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    house = tmp_path / "house.toml"
    house.write_text(
        """
        currency = "EURO"
        [limit]
        stepp = 500
        step = -1
        combine = 3
        [limit.caps]
        equity = 0.1
        [insurance]
        cover = 90
        [dunning]
        procedure = "gentle"
        [dunning.procedures.own]
        levels = [{ from = 30 }, { above = 15, action = "call" }]
        [[grades]]
        grade = "A"
        from = "80"
        limit_factor = 0.5
        [[grades]]
        grade = "B"
        limit_factor = 1
        [scorecards.own]
        characteristics = [
          { name = "net_margin", better = "higher", missing = 99, attributes = [{ points = 9 }, { from = 1, from_ = 2, points = 8 }] },
          5,
        ]
        """,
        encoding="utf-8",
    )
    with pytest.raises(
        PolicyError, match=r"^house\.toml: The policy has faults: 18\. Correct each and run again\.\n"
    ) as caught:
        policy.load(house, sets=["limit.tax=much", "limit.taxes=0", "step"])
    assert sorted((fault.code, fault.where) for fault in caught.value.faults) == sorted(
        [
            ("policy-unknown-currency", "currency"),
            ("policy-unknown-key", "limit.stepp"),
            ("policy-out-of-range", "limit.step"),
            ("policy-not-text", "limit.combine"),
            ("policy-unknown-figure", "limit.caps.equity"),
            ("policy-out-of-range", "insurance.cover"),
            ("policy-not-a-choice", "dunning.procedure"),
            ("policy-missing-key", "dunning.procedures.own.levels.1.action"),
            ("policy-bounds-not-rising", "dunning.procedures.own.levels.2"),
            ("policy-not-a-number", "grades.A.from"),
            ("policy-limit-factor-rises", "grades.B.limit_factor"),
            ("policy-missing-above-best", "scorecards.own.characteristics.net_margin.missing"),
            ("policy-points-not-rising", "scorecards.own.characteristics.net_margin.attributes"),
            ("policy-unknown-key", "scorecards.own.characteristics.net_margin.attributes.2.from_"),
            ("policy-not-a-table", "scorecards.own.characteristics.2"),
            ("policy-not-a-number", "limit.tax"),
            ("policy-unknown-key", "limit.taxes"),
            ("policy-set-malformed", "--set"),
        ]
    )


def test_each_fault_is_a_line_that_names_the_source():
    with pytest.raises(PolicyError, match="faults: 2") as caught:
        policy.load(sheet={"limit": {"tax": "x"}}, sets=["insurance.cover=2"])
    assert str(caught.value).splitlines()[1:] == [
        (
            '  limit.tax (Policy sheet): "x" stands where a number belongs. Give a number without quotation marks, '
            "thousands separators or %: 10 % is 0.10."
        ),
        "  insurance.cover (--set): 2 is out of range. Give a number > 0, ≤ 1.",
    ]


SETTINGS = [
    ("limit.step", "--set: limit.step is no setting. Write key=value, for example --set limit.step=500."),
    ("=5", "--set: =5 is no setting."),
    ("limit..step=5", "--set: limit..step=5 is no setting."),
    ("limit.stp=5", "limit.stp (--set): There is no key stp here; the nearest is step."),
    (
        "grades.F.from=5",
        "grades.F (--set): There is no key F here; the nearest is A. Correct or remove it; known here: A, B, C, D, E.",
    ),
    (
        "dunning.procedures.steped.grace_days=3",
        "dunning.procedures.steped (--set): There is no key steped here; the nearest is stepped.",
    ),
    (
        "dunning.procedures.prompt.levels.4.from=99",
        "dunning.procedures.prompt.levels.4 (--set): There is no key 4 here",
    ),
    ("limit.step.size=5", "limit.step (--set): size stands where a table of keys belongs."),
    (
        "limit.tax=1\n[terms]\nprepayment=1",
        'limit.tax (--set): "1\n[terms]\nprepayment=1" stands where a number belongs.',
    ),
    ("limit=5", "limit (--set): 5 stands where a table of keys belongs."),
    (
        "grades.B.from=85",
        "grades.A (builtin standard): It begins at ≥ 80, which is not beyond the ≥ 85 of the riskier grade",
    ),
    ("name=", "name (--set): The text is empty."),
]


@pytest.mark.parametrize(("setting", "message"), SETTINGS)
def test_a_setting_that_cannot_be_made_says_why(setting, message):
    with pytest.raises(PolicyError, match=re.escape(message)):
        policy.load(sets=[setting])


FILES = [
    (
        "policy-syntax",
        b"[limit]\nstep = 1,000\n",
        "house.toml:2:9: house.toml is no TOML from line 2, column 9 on: Expected newline or end of document after a statement.",
    ),
    (
        "policy-syntax",
        b'name = "a',
        "house.toml:1:10: house.toml is no TOML from line 1, column 10 on: Unterminated string.",
    ),
    (
        "policy-syntax",
        b"a = 1\na = 2\n",
        "house.toml:2:6: house.toml is no TOML from line 2, column 6 on: Cannot overwrite a value.",
    ),
    ("policy-syntax", b"a = " + b"1" * 5000, "house.toml is no TOML from line 1"),
    ("policy-syntax", b"a = " + b"[" * 5000, "house.toml is no TOML from line 1"),
    (
        "policy-not-utf8",
        'name = "政策"'.encode("gbk"),
        "house.toml is not UTF-8 text, as it must be.",
    ),
    (
        "unknown-policy",
        b'extends = "group.toml"',
        "house.toml: There is no policy group.toml: no such file, and no builtin policy of that name",
    ),
    (
        "policy-extends-itself",
        b'extends = "house.toml"',
        "house.toml: The policy extends itself: house.toml → house.toml. Let one of them",
    ),
]


@pytest.mark.parametrize(("code", "content", "message"), FILES)
def test_a_file_that_is_no_policy_says_why(tmp_path, code, content, message):
    house = tmp_path / "house.toml"
    house.write_bytes(content)
    with pytest.raises(PolicyError, match=re.escape(message)) as caught:
        policy.load(house)
    assert caught.value.code == code


def test_a_circle_of_files_is_told_whole(tmp_path):
    (tmp_path / "a.toml").write_text('extends = "b.toml"')
    (tmp_path / "b.toml").write_text('extends = "a.toml"')
    with pytest.raises(PolicyError, match=re.escape("extends itself: a.toml → b.toml → a.toml.")):
        policy.load(tmp_path / "a.toml")


@pytest.mark.parametrize("name", ["steped", "/no/such/steped", ".", "a" * 300, "a\0b"])
def test_an_unknown_policy_names_the_builtin_ones(name):
    known = "Give a TOML file or one of: prompt, standard, stepped, three-stage."
    with pytest.raises(
        PolicyError, match=re.escape(f"There is no policy {name}: no such file") + ".*" + re.escape(known)
    ):
        policy.load(name)


def test_a_file_that_cannot_be_read_says_so(tmp_path, monkeypatch):
    house = tmp_path / "house.toml"
    house.write_text("")

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(house), "read_bytes", refuse)
    with pytest.raises(PolicyError, match=r"house\.toml cannot be read: Permission denied\."):
        policy.load(house)


def test_every_fault_has_words_in_both_languages():
    codes = (
        {code for code, *_ in FAULTS}
        | {code for code, *_ in FILES}
        | {"policy-faults", "policy-not-readable", "policy-set-malformed", "policy-sheet-no-headings"}
    )
    for lang in ("en", "zh"):
        known = {
            code for code in Words.of(lang).table["problems"] if code.startswith("policy-") or code == "unknown-policy"
        }
        assert known == codes, "a code without a case here, or a case without words"


def test_faults_are_told_in_chinese_too():
    with pytest.raises(PolicyError, match="faults: 1") as caught:
        policy.load(sets=["limit.stp=5"])
    assert caught.value.in_words(Words.of("zh")) == (
        "builtin standard：信用政策有 1 处错误。请逐一更正后重新运行。\n"
        "  limit.stp (--set)：此处没有键 stp，最接近的是 step。请更正或删除；此处可用：combine, step, maximum, tax, caps。"
    )
