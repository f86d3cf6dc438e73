"""What a builtin policy names has words in every language."""

from __future__ import annotations

import pytest

from xlcredit import policy
from xlcredit.locales import LANGUAGES, Words
from xlcredit.policy.contradictions import CAPPED, CHARACTERISTICS
from xlcredit.rules import order, plan
from xlcredit.rules.insurance import choice, claims, cover
from xlcredit.rules.limit import GRADE, MAXIMUM, NO_BASIS, NO_SCORE
from xlcredit.rules.signals import KINDS, OFF
from xlcredit.rules.signals import LEVELS as LEVELS_OF_SIGNALS
from xlcredit.rules.terms import ACTIONS, FLAGS, REVIEW_REASONS

POLICIES = [policy.load(name) for name in policy.builtin_names()]
LEVELS = [level for each in POLICIES for procedure in each.procedures.values() for level in procedure.levels]

NAMED = {
    "buckets": {key for each in POLICIES for key in each.buckets.keys},
    "actions": {level.action for level in LEVELS},
    "channels": {level.channel for level in LEVELS},
    "dunning_reasons": {reason for each in POLICIES for reason in each.cases.reasons},
    "dunning_steps": {step for each in POLICIES for step in each.cases.steps},
    "dunning_tasks": {task for each in POLICIES for tasks in each.cases.tasks.values() for task in tasks},
    "scorecards": {name for each in POLICIES for name in each.scorecards},
    "characteristics": set(CHARACTERISTICS),
    "letters": {level.letter for level in LEVELS if level.letter},
    "languages": {country.language for each in POLICIES for country in each.countries.values()},
    "approvers": {terms.approver for each in POLICIES for terms in each.terms.grades.values()}
    | {rank for each in POLICIES for rank in each.approval.ranks},
    "terms_actions": set(ACTIONS),
    "contract_flags": set(FLAGS),
    "contract_reasons": set(REVIEW_REASONS),
    "plan": set(plan.STATES),
    "order": {order.RELEASE, *order.REASONS},
    "order_limits": {order.OWN, order.GROUP, order.INSURED, order.TEMPORARY, order.NONE},
    "credit_statuses": set(order.STATUSES),
    "payment_methods": {method for each in POLICIES for method in each.order.risk_shares},
    "method_words": {method for each in POLICIES for method in each.order.risk_shares},
    "causes": {cause for each in POLICIES for cause in each.insurance.clock.waiting_days},
    "evidence": {claims.EVERY_CLAIM} | {document for each in POLICIES for document in each.insurance.evidence},
    "claims": {claims.FILE, claims.NOTIFY, claims.NOTIFY_LATE, claims.WAIT, claims.NOT_INSURED},
    "cover": {cover.COVERED, cover.PARTLY, cover.NOT_COVERED},
    "insurance_products": set(choice.PROPOSALS.values()),
    "signals": {"indicator", *KINDS},
    "signal_levels": {OFF, *LEVELS_OF_SIGNALS},
    "responses": {response.action for each in POLICIES for response in each.signals.responses.values()},
    "owners": {response.owner for each in POLICIES for response in each.signals.responses.values()},
    "constraints": {"need", "insured_limit", GRADE, MAXIMUM, NO_BASIS, NO_SCORE, *CAPPED},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", NAMED)
def test_every_name_has_a_word(lang, group):
    assert NAMED[group] - Words.of(lang).table[group].keys() == set()


@pytest.mark.parametrize(
    ("lang", "phrase", "unanswered"),
    [
        ("en", "Debt ratio: 62.0 % (9 of 15 points)", "Debt ratio: not known (7 of 15 points)"),
        ("zh", "资产负债率：62.0 %（9/15分）", "资产负债率：未知（7/15分）"),
    ],
)
def test_a_reason_reads_as_a_sentence(lang, phrase, unanswered):
    words = Words.of(lang)
    facts = {"characteristic": words("characteristics", "debt_ratio"), "best": 15}
    assert words("reasons", "phrase").format(**facts, answer="62.0 %", points=9) == phrase
    assert words("reasons", "unanswered").format(**facts, points=7) == unanswered
