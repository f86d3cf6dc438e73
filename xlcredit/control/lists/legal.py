"""Legal and agency: hand-overs made and due, tasks of legal steps, claim files of insolvencies, contracts to review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xlcredit.control.case import Case
from xlcredit.control.collection.handovers import (
    AGENCY,
    CONTRACT,
    INSOLVENCY,
    LEGAL,
    REVIEW_CONTRACT,
    STOP_LIMITATION,
    Handovers,
    handovers,
)
from xlcredit.control.collection.lapses import Lapses, amounts, first_days, lapses
from xlcredit.control.events import insolvent
from xlcredit.control.listing import Field, Listing, texts
from xlcredit.control.orders.contracts import contracts_to_review
from xlcredit.control.orders.openorders import open_orders
from xlcredit.control.review import Review
from xlcredit.kernel.dates import Date
from xlcredit.kernel.money import rounded, to_major
from xlcredit.ledger.tables import Days, Flags
from xlcredit.rules import country, dunning
from xlcredit.rules.insurance import claims

HAND_OVER: Final = "hand_over"
GIVEN, DONE, DUE, OVERDUE = "given", "done", "due", "overdue"
TASK_STATES: Final = (OVERDUE, DUE, GIVEN, DONE)
"""How a line stands, the most pressing first."""
_NO_DAY: Final = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class _Line:
    """A hand-over, a task or a document, as far as it is stated or due."""

    party: int
    kind: str
    task: str
    document: str = ""
    """Of a claim file."""
    due: Date = _NO_DAY
    done: Date = _NO_DAY
    given: Date = _NO_DAY
    partner: str = ""
    amount: float = np.nan
    fee: float = np.nan
    """Share of the amount."""
    status: str = ""
    reference: str = ""
    order: str = ""
    """Whose contract is to be reviewed."""
    reasons: tuple[str, ...] = ()

    def state(self, as_of: Date) -> str:
        """How the line stands on a day."""
        if not np.isnat(self.done):
            return DONE
        if not np.isnat(self.given):
            return GIVEN
        return OVERDUE if self.due < as_of else DUE


def legal_and_agency(review: Review) -> Listing:
    """One line per hand-over and task; overdue ones first."""
    case, found = review.case, review.customers
    told = handovers(case)
    claims = lapses(case)
    lines = [
        *_given(case, told),
        *_steps(case, told),
        *_limitations(case, claims),
        *_claim_files(case, told),
        *_contracts(review, told),
    ]
    strangers = open_orders(case).strangers
    customer, name = np.append(found.customer, strangers.customer), np.append(found.names_beside, strangers.name)
    state = [line.state(case.as_of) for line in lines]
    party = np.array([line.party for line in lines], dtype=np.intp)
    amount, fee = (np.array([getattr(line, name) for line in lines], dtype=np.float64) for name in ("amount", "fee"))
    none = len(strangers.customer)
    lapse = np.append(first_days(case, claims), np.repeat(np.datetime64("NaT", "D"), none))[party]
    codes = np.append(case.parties.text(case.ledger.customers.texts.get("country")), np.repeat("", none))[party]
    places, known = case.valuation.places, case.policy.countries
    made = Listing(
        "legal_and_agency",
        (
            Field("customer", "text", customer[party]),
            Field("name", "text", name[party]),
            Field("handover_kind", "text", texts([line.kind for line in lines]), "handover_kinds"),
            Field("task", "text", texts([line.task for line in lines]), "dunning_tasks"),
            Field("evidence", "text", texts([line.document for line in lines]), "evidence"),
            Field("order", "text", texts([line.order for line in lines])),
            Field("review_reasons", "text", texts([line.reasons for line in lines]), "contract_reasons"),
            Field("task_state", "text", texts(state), "task_states"),
            Field("due_date", "date", _days([line.due for line in lines])),
            Field("handed_over", "date", _days([line.given for line in lines])),
            Field("done_on", "date", _days([line.done for line in lines])),
            Field("partner", "text", texts([line.partner for line in lines])),
            Field("amount", "amount", amount, in_base=True),
            Field("fee_share", "percent", fee),
            Field("fee", "amount", dunning.agency_fee(amount, fee, places), in_base=True),
            Field("collection_cost", "amount", country.collection_cost(amount, codes, known, places), in_base=True),
            Field("lapses_on", "date", lapse),
            Field("days_to_lapse", "integer", country.days_to_lapse(lapse, case.as_of)),
            Field("status", "text", texts([line.status for line in lines])),
            Field("file_number", "text", texts([line.reference for line in lines])),
        ),
    )
    order = np.array([TASK_STATES.index(each) for each in state], dtype=np.int64)
    return made.by(order, made["due_date"], made["customer"].astype(str)).filled()


def _days(days: list[Date]) -> Days:
    return np.array(days, dtype="datetime64[D]")


def _given(case: Case, told: Handovers) -> Iterator[_Line]:
    """What was handed over (D11): an agency for which no share is stated asks the policy's."""
    sheet = told.records
    for row in told.given.tolist():
        kind, share, party = str(told.kind[row]), float(sheet.figure("fee")[row]), int(told.party[row])
        yield _Line(
            party, kind, HAND_OVER,
            given=sheet.day("date")[row],
            done=_by(case, sheet.day("done")[row]),
            partner=str(sheet.text("partner")[row]),
            amount=_in_base(case, sheet.figure("amount")[row], sheet.text("currency")[row], party),
            fee=case.policy.cases.agency_fee if np.isnan(share) and kind == AGENCY else share,
            status=str(sheet.text("status")[row]),
            reference=str(sheet.text("reference")[row]),
        )  # fmt: skip


def _in_base(case: Case, amount: float, currency: str, party: int) -> float:
    """An amount in the review's currency; one that names none is in that of the customer's figures."""
    factor = case.valuation.factors.get(currency, np.nan) if currency else case.to_base[party]
    return float(rounded(np.array([amount * factor]), case.valuation.places)[0])


def _steps(case: Case, told: Handovers) -> Iterator[_Line]:
    """What the stages of an agency and of legal steps ask for: the hand-over, and the tasks with their days (D10).

    Nobody sues who has to register a claim: of insolvent customers the claim file is all that is asked for.
    """
    procedure, places = case.policy.dunning, case.valuation.places
    is_solvent = np.isnat(insolvent(case))
    for kind in (AGENCY, LEGAL):
        there = dunning.of_kind(case.found.dunned.stage, procedure, kind)
        owed = case.of_party(case.valuation.in_base(np.where(there, case.found.dunned.dunned_minor, 0)))
        amounts, given = to_major(owed, places), told.is_given(kind, len(case.parties))
        stage, began = _stages(case, there)
        fee = case.policy.cases.agency_fee if kind == AGENCY else np.nan
        for party in np.flatnonzero((owed > 0) & is_solvent).tolist():
            if not given[party]:
                yield _Line(party, kind, HAND_OVER, due=began[party], amount=float(amounts[party]), fee=fee)
            for task, due in dunning.tasks(procedure.actions[stage[party]], began[party], case.policy.cases):
                yield _task(case, told, task, _Line(party, kind, task, due=due))


def _limitations(case: Case, found: Lapses) -> Iterator[_Line]:
    """Whose limitation period has to be stopped, by which day, for how much (X1); insolvent customers are not sued."""
    first, is_solvent = first_days(case, found), np.isnat(insolvent(case))
    owed = to_major(amounts(case, found.soon), case.valuation.places)
    soon = case.of_party(found.soon.astype(np.int64)) > 0
    for party in np.flatnonzero(soon & is_solvent).tolist():
        yield _Line(party, LEGAL, STOP_LIMITATION, due=first[party], amount=float(owed[party]) or np.nan)


def _stages(case: Case, there: Flags) -> tuple[NDArray[np.int64], Days]:
    """Highest stage of each party among some items, and the day on which that of the first of them began.

    That is the day of its notice, else the one that its age tells.
    """
    dunned, owner = case.found.dunned, case.parties.owner[there]
    first_days = np.array([0, *case.policy.dunning.first_days])[dunned.stage[there]].astype("timedelta64[D]")
    stated, noticed = dunned.standing.last_dunned[there], dunned.standing.last_stage[there]
    began = np.where(noticed == dunned.stage[there], stated, _NO_DAY)
    began = np.where(np.isnat(began), np.minimum(dunned.due[there] + first_days, case.as_of), began)
    stage, since = np.zeros(len(case.parties), dtype=np.int64), np.full(len(case.parties), _NO_DAY)
    np.maximum.at(stage, owner, dunned.stage[there])
    np.fmin.at(since, owner, began)
    return stage, since


def _claim_files(case: Case, told: Handovers) -> Iterator[_Line]:
    """The documents that the claim on an insolvent customer takes (D14)."""
    evidence, since = case.policy.insurance.evidence, insolvent(case)
    documents = np.array([*evidence], dtype=object)
    wanted = claims.needed(evidence, np.array([claims.INSOLVENCY], dtype=object))[0]
    owed = case.of_party(np.maximum(case.found.open_minor, 0))
    for party in np.flatnonzero(~np.isnat(since) & (owed > 0)).tolist():
        for document in documents[wanted].tolist():
            yield _task(case, told, document, _Line(party, INSOLVENCY, "", document, due=since[party]))


def _contracts(review: Review, told: Handovers) -> Iterator[_Line]:
    """The contracts that a lawyer has to review (T6) by the day of their order; a review before it was of another."""
    for contract in contracts_to_review(review):
        day = review.case.as_of if np.isnat(contract.agreed) else contract.agreed
        line = _Line(
            contract.party, CONTRACT, REVIEW_CONTRACT,
            due=day, amount=contract.amount, order=contract.order, reasons=contract.reasons,
        )  # fmt: skip
        found = _task(review.case, told, REVIEW_CONTRACT, line)
        yield line if found.done < contract.agreed else found


def _task(case: Case, told: Handovers, name: str, line: _Line) -> _Line:
    """A task, due as the sheet says where it does, and done on the day it states."""
    row = told.rows_of_tasks.get((line.party, name))
    if row is None:
        return line
    stated = told.records.day("date")[row]
    due = line.due if np.isnat(stated) else stated
    return replace(line, due=due, done=_by(case, told.records.day("done")[row]))


def _by(case: Case, day: Date) -> Date:
    """A day that had come by the review's, else none."""
    return _NO_DAY if day > case.as_of else day
