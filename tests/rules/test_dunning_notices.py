"""Dunning as a process: D1 to D12 and D15, edge cases 33 to 36."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import CENTS, DAYS
from xlcredit import policy
from xlcredit.kernel.bands import Bound
from xlcredit.kernel.errors import LedgerError
from xlcredit.rules import dunning
from xlcredit.rules.dunning import Level, Procedure

STANDARD = policy.load()
NEVER = float("nan")
LEVELS = (
    Level(Bound(1), "remind", "email", fee=0.0, letter="friendly"),
    Level(Bound(15), "call", "phone", fee=5.0, interest="contract", letter="firm"),
    Level(Bound(30), "agency", "agency", kind="agency", fee=40.0, interest="eu"),
    Level(Bound(60, "above"), "lawsuit", "court", kind="legal", interest="eu"),
    Level(Bound(90), "insurance_claim", "insurer", kind="claim"),
)
JUMP = Procedure("own", LEVELS)
SEQUENTIAL = Procedure("own", LEVELS, escalation="sequential")


def numbers(*values):
    return np.array(values, dtype=float)


def days(*texts):
    return np.array(texts, dtype="datetime64[D]")


def flags(*values):
    return np.array(values, dtype=bool)


def words(*values):
    return np.array(values, dtype=object)


def stages(procedure, late, last, blocked=None):
    held = np.zeros(len(late), dtype=bool) if blocked is None else blocked
    return dunning.stage(numbers(*late), np.full(len(late), 100_00), held, numbers(*last), procedure)


LADDERS = [
    # D, the article's own words, policy, days past due → stage
    ("D1", "到期前7天发送系统提醒", "prompt", {-8: 0, -7: 1}),
    ("D2", "逾期15天启动人工催收", "prompt", {14: 1, 15: 2}),
    ("D3", "超60天未回款启动法律程序", "prompt", {60: 2, 61: 3}),
    ("D4", "30天内友好协商 / 60天内专业催收 / 90天后法律途径", "three-stage", {1: 1, 30: 1, 31: 2, 60: 2, 61: 2, 90: 2, 91: 3}),
    ("D5", "逾期30天友好协商 / 60天律师函 / 90天法律诉讼", "stepped", {29: 0, 30: 1, 60: 2, 90: 3}),
    ("D6", "逾期超60天应启动法律催收程序", "prompt", {60: 2, 61: 3}),
]  # fmt: skip


@pytest.mark.parametrize(("capability", "words_", "name", "expected"), LADDERS)
def test_the_ladders_of_the_articles(capability, words_, name, expected):
    """D1 D2 D3 D4 D5 D6: each ladder at both sides of its bounds."""
    found = stages(STANDARD.procedures[name], list(expected), [NEVER] * len(expected))
    assert found.tolist() == [*expected.values()], capability


CLIMB = [
    # days past due, stage it had, jump, sequential
    (95, NEVER, 5, 1),
    (95, 0, 5, 1),
    (95, 1, 5, 2),
    (95, 4, 5, 5),
    (20, 1, 2, 2),
    (20, 4, 2, 2),  # a due date put off: no higher than its age
    (0, NEVER, 0, 0),
]


class TestEscalation:
    """Edge case 33: several stages passed since the last run."""

    @pytest.mark.parametrize(("late", "last", "jump", "sequential"), CLIMB)
    def test_a_jump_goes_to_the_level_of_its_age_a_sequence_one_level_on(self, late, last, jump, sequential):
        assert stages(JUMP, [late], [last]).tolist() == [jump]
        assert stages(SEQUENTIAL, [late], [last]).tolist() == [sequential]

    @given(DAYS, st.integers(0, 5), st.booleans())
    def test_a_sequence_never_climbs_more_than_one_level(self, late, last, blocked):
        found = stages(SEQUENTIAL, [late], [last], flags(blocked)).item()
        assert found <= last + (not blocked)
        assert found <= stages(JUMP, [late], [NEVER]).item()

    def test_the_next_level_of_a_sequence_comes_when_the_next_notice_may_go_out(self):
        unhurried = Procedure("own", LEVELS, escalation="sequential", days_between=10)
        due, as_of = days("2026-01-01", "2026-06-20", "2026-01-01"), days(*["2026-06-30"] * 3)
        for procedure, expected in (
            (JUMP, ["2026-01-16", "2026-07-05", "NaT"]),
            (SEQUENTIAL, ["2026-07-01", "2026-07-05", "NaT"]),
            (unhurried, ["2026-07-10", "2026-07-10", "NaT"]),
        ):
            found = dunning.next_dates(np.array([1, 1, 5]), due, as_of, procedure)
            np.testing.assert_array_equal(found, days(*expected))


class TestHeldBack:
    def test_a_second_run_on_the_same_day_gives_nothing_new(self):
        """Edge case 34, in a jump and in a sequence."""
        for procedure, first_stage in ((JUMP, 5), (SEQUENTIAL, 1)):
            first = stages(procedure, [95], [NEVER])
            assert (first.item(), dunning.is_new(first, numbers(NEVER)).item()) == (first_stage, True)
            again = stages(procedure, [95], first, dunning.too_soon(numbers(0), procedure))
            assert (again.item(), dunning.is_new(again, first.astype(float)).item()) == (first_stage, False)

    def test_so_many_days_pass_between_two_notices(self):
        patient = Procedure("own", LEVELS, days_between=10)
        assert dunning.too_soon(numbers(0, 9, 10, NEVER), patient).tolist() == [True, True, False, False]
        assert dunning.too_soon(numbers(0, 1, NEVER), JUMP).tolist() == [True, False, False]

    def test_a_ladder_switched_on_late_includes_old_items(self):
        """Edge case 35: the clock is the due date."""
        assert stages(JUMP, [2_000], [NEVER]).tolist() == [5]
        assert stages(SEQUENTIAL, [2_000], [NEVER]).tolist() == [1]

    def test_a_run_before_the_last_run_is_refused(self):
        """Edge case 36."""
        sent = days("2026-05-31", "2026-06-30", "NaT")
        dunning.check_run(np.datetime64("2026-06-30"), sent)
        dunning.check_run(np.datetime64("2026-06-29"), days("NaT"))
        with pytest.raises(LedgerError, match=r"Letters as of 2026-06-29 .* last notice is of 2026-06-30"):
            dunning.check_run(np.datetime64("2026-06-29"), sent)

    def test_a_promise_holds_back_until_its_day_then_dunning_goes_on(self):
        """OCA, metasfresh: a promise to pay; one that is broken is flagged."""
        promised, as_of = days("2026-07-01", "2026-06-30", "2026-06-29", "NaT"), np.datetime64("2026-06-30")
        waits = dunning.waiting(promised, as_of, JUMP)
        assert waits.tolist() == [True, True, False, False]
        assert stages(JUMP, [95] * 4, [2] * 4, waits).tolist() == [2, 2, 5, 5]
        assert dunning.broken(promised, np.array([1, 1, 1, 1]), as_of, JUMP).tolist() == [False, False, True, False]
        assert dunning.broken(promised, np.array([0, 0, 0, 0]), as_of, JUMP).tolist() == [False] * 4
        lenient = Procedure("own", LEVELS, promise_days=3)
        assert dunning.waiting(promised, as_of, lenient).tolist() == [True, True, True, False]


class TestAmounts:
    def test_the_disputed_part_is_left_out(self):
        """T10 and D8: a dispute of a part; credits stay as they are."""
        open_, disputed = np.array([100_00, 100_00, 100_00, -50_00, 0]), np.array([30_00, 100_00, 999_00, 10_00, 5_00])
        assert dunning.dunned(open_, disputed).tolist() == [70_00, 0, 0, -50_00, 0]

    @given(CENTS, CENTS)
    def test_what_is_dunned_is_never_more_than_is_open(self, open_minor, disputed):
        found = dunning.dunned(np.array([open_minor]), np.array([disputed])).item()
        assert min(open_minor, 0) <= found <= open_minor

    def test_a_customer_who_owes_less_than_the_minimum_is_not_dunned(self):
        stage = np.array([1, 2, 1, 0])
        minor, account = np.array([30_00, 20_00, 49_99, 999_00]), np.array([0, 0, 1, 1])
        assert dunning.worth_a_notice(stage, minor, account, 2, 50_00).tolist() == [1, 2, 0, 0]

    def test_fees_are_charged_once_with_the_notice(self):
        stage, new = np.array([0, 1, 2, 3, 3]), flags(False, True, True, True, False)
        assert dunning.fees(stage, new, JUMP).tolist() == [0.0, 0.0, 5.0, 40.0, 0.0]

    def test_the_agency_asks_a_share_of_what_is_handed_over(self):
        """D11: 与专业的催收机构合作."""
        assert dunning.of_kind(np.array([3, 2, 4]), JUMP, "agency").tolist() == [True, False, False]
        shares = np.array([STANDARD.cases.agency_fee, 0.25, 0.18, np.nan])
        fee = dunning.agency_fee(np.array([1000.0, 99.99, 600, 500]), shares)
        np.testing.assert_array_equal(fee, [250.0, 25.0, 108.0, np.nan])


class TestCustomers:
    TOGETHER = Procedure("own", LEVELS, per="customer")

    def test_a_customers_items_take_the_highest_level_of_any(self):
        stage, owner = np.array([1, 3, 0, 2, 1]), np.array([0, 0, 0, 1, 1])
        free = np.zeros(5, dtype=bool)
        assert dunning.of_customers(stage, free, owner, 2, self.TOGETHER).tolist() == [3, 3, 0, 2, 2]
        assert dunning.of_customers(stage, free, owner, 2, JUMP).tolist() == stage.tolist()

    def test_a_blocked_item_neither_lifts_nor_is_lifted(self):
        stage, owner = np.array([1, 3, 2]), np.array([0, 0, 0])
        assert dunning.of_customers(stage, flags(False, True, False), owner, 1, self.TOGETHER).tolist() == [2, 3, 2]
        assert dunning.of_customers(stage, flags(True, False, False), owner, 1, self.TOGETHER).tolist() == [1, 3, 3]


class TestLevels:
    STAGES = np.array([0, 1, 2, 3, 4, 5])

    def test_each_level_has_its_channel_letter_and_interest(self):
        """D7 D9: 催收函, 电话催收、书面催收."""
        assert dunning.channel(self.STAGES, JUMP).tolist() == ["", "email", "phone", "agency", "court", "insurer"]
        assert dunning.letter(self.STAGES, JUMP).tolist() == ["", "friendly", "firm", "", "", ""]
        assert dunning.interest(self.STAGES, JUMP).tolist() == ["", "", "contract", "eu", "eu", ""]

    def test_legal_steps_and_claims_are_stages_of_their_own_kind(self):
        """D10 I11: 提起诉讼; 必要时保险索赔."""
        assert dunning.of_kind(self.STAGES, JUMP, "legal").tolist() == [False] * 4 + [True, False]
        assert dunning.of_kind(self.STAGES, JUMP, "claim").tolist() == [False] * 5 + [True]
        assert not dunning.of_kind(self.STAGES, JUMP, "notice")[0]

    def test_a_policy_states_them_beside_its_levels(self, tmp_path):
        house = tmp_path / "house.toml"
        house.write_text(
            'dunning.procedure = "full"\n'
            "[dunning.procedures.full]\n"
            'escalation = "sequential"\ndays_between = 7\nper = "customer"\nminimum_per_customer = 50\npromise_days = 2\n'
            'levels = [{ from = 1, action = "remind" }, { from = 30, action = "lawsuit" },'
            ' { from = 90, action = "insurance_claim", channel = "insurer" }]\n'
            'level_fees = { "2" = 40 }\nlevel_interest = { "2" = "eu" }\nlevel_letters = { "1" = "friendly" }\n',
            encoding="utf-8",
        )
        levels = (
            Level(Bound(1), "remind", letter="friendly"),
            Level(Bound(30), "lawsuit", kind="legal", fee=40.0, interest="eu"),
            Level(Bound(90), "insurance_claim", "insurer", kind="claim"),
        )
        wanted = Procedure(
            "full", levels, escalation="sequential", days_between=7, minimum_per_customer=50.0, per="customer", promise_days=2
        )  # fmt: skip
        assert policy.load(house).dunning == wanted


class TestCases:
    RULE = STANDARD.cases

    def test_what_follows_from_the_reason_for_not_paying(self):
        """D8: 评估拖欠原因和客户偿付能力."""
        reasons = words("", "oversight", "dispute", "cash_shortage", "insolvency", "holidays")
        measured = dunning.measures(reasons, self.RULE)
        assert measured.tolist() == ["dun", "dun", "hold", "plan", "claim", "dun"]
        assert dunning.is_held(measured).tolist() == [False, False, True, True, False, False]
        assert dunning.unknown_reasons(reasons, self.RULE).tolist() == [False] * 5 + [True]

    def test_a_measure_goes_straight_to_the_level_of_its_kind(self):
        """I7 I11: an insolvency is claimed at once; a procedure without such a level stays as it is."""
        stage = np.array([1, 1, 2, 0, 5])
        measured = words("claim", "legal", "dun", "claim", "agency")
        assert dunning.as_measured(stage, measured, JUMP).tolist() == [5, 4, 2, 0, 5]
        prompt = STANDARD.procedures["prompt"]
        assert dunning.as_measured(np.array([1, 1]), words("claim", "legal"), prompt).tolist() == [1, 3]

    def test_things_are_done_in_their_order(self):
        """D15: 首先沟通，评估，调整条件，催收或法律."""
        done = np.array([[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 0, 1, 0], [1, 1, 1, 1, 1]], dtype=bool)
        assert self.RULE.steps == ("contact", "assess", "adjust_terms", "collect", "legal")
        assert dunning.next_step(done, self.RULE).tolist() == ["contact", "assess", "adjust_terms", ""]

    def test_a_legal_step_has_its_tasks_with_dates(self):
        """D10: 提起诉讼、申请财产保全."""
        assert dunning.tasks("lawsuit", np.datetime64("2026-06-30"), self.RULE) == (
            ("collect_evidence", np.datetime64("2026-06-30")),
            ("preserve_assets", np.datetime64("2026-07-07")),
            ("file_suit", np.datetime64("2026-07-14")),
        )
        assert dunning.tasks("remind", np.datetime64("2026-06-30"), self.RULE) == ()


@pytest.mark.parametrize("figure", ["days_between", "minimum_per_customer", "promise_days"])
def test_a_figure_below_0_is_refused(figure):
    with pytest.raises(
        ValueError, match="days between notices, days after a promise and the customer's minimum cannot"
    ):
        Procedure("own", LEVELS, **{figure: -1})
