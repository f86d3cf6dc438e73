"""Order: is it released, or held because it would take the customer too far? And every reason to hold it.

A credit, or an order of nothing, is never held. A limit of NaN is unlimited, 0 allows nothing, and what reaches the
limit exactly passes. Sources: what ERP systems check when an order is released (ERPNext, Tryton, Dynamics 365:
limit used, expired limit, days overdue beyond a tolerance, account status, release by override).
"""

from __future__ import annotations

from xlcredit.rules.order.limits import Effective, Limits, effective, group_room, is_new
from xlcredit.rules.order.methods import LETTER_OF_CREDIT, risk_shares
from xlcredit.rules.order.release import (
    BLACKLISTED,
    BLOCKED,
    EXCEEDED,
    EXPIRED,
    NEAR_LISTED,
    OVERDUE,
    PREPAYMENT_SHORT,
    REASONS,
    RELEASE,
    UNKNOWN,
    UNKNOWN_CUSTOMER,
    Decisions,
    Order,
    check,
    holds_for_list,
)
from xlcredit.rules.order.rule import (
    CASH_ONLY,
    GROUP,
    INSURED,
    NONE,
    ON_HOLD,
    OPEN,
    OWN,
    REDUCED,
    STATUSES,
    TEMPORARY,
    OrderRule,
)

__all__ = [
    "BLACKLISTED",
    "BLOCKED",
    "CASH_ONLY",
    "EXCEEDED",
    "EXPIRED",
    "GROUP",
    "INSURED",
    "LETTER_OF_CREDIT",
    "NEAR_LISTED",
    "NONE",
    "ON_HOLD",
    "OPEN",
    "OVERDUE",
    "OWN",
    "PREPAYMENT_SHORT",
    "REASONS",
    "REDUCED",
    "RELEASE",
    "STATUSES",
    "TEMPORARY",
    "UNKNOWN",
    "UNKNOWN_CUSTOMER",
    "Decisions",
    "Effective",
    "Limits",
    "Order",
    "OrderRule",
    "check",
    "effective",
    "group_room",
    "holds_for_list",
    "is_new",
    "risk_shares",
]
