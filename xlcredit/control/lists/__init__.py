"""The lists of a review: what to do about it, in the order it is to be done, and the key figures behind it.

Each list is a function of the review; a new one is added to ``LISTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xlcredit.control.capabilities import capabilities
from xlcredit.control.listing import Listing, Lists
from xlcredit.control.lists.admission import admission
from xlcredit.control.lists.blacklist import blacklist
from xlcredit.control.lists.calls import calls
from xlcredit.control.lists.claims import claims
from xlcredit.control.lists.concentration import concentration
from xlcredit.control.lists.defaults import default_rates
from xlcredit.control.lists.discounts import discounts
from xlcredit.control.lists.disputes import disputes
from xlcredit.control.lists.earlycash import early_cash
from xlcredit.control.lists.gathered import countries, groups
from xlcredit.control.lists.insurance import insurance_contract, insurance_cover
from xlcredit.control.lists.interest import interest_statement, late_interest
from xlcredit.control.lists.keyfigures import key_figures
from xlcredit.control.lists.legal import legal_and_agency
from xlcredit.control.lists.limits import limit_changes
from xlcredit.control.lists.lossrates import loss_rates
from xlcredit.control.lists.orders import orders
from xlcredit.control.lists.plans import payment_plans, plans_anew
from xlcredit.control.lists.provisions import provision_matrix, provisions
from xlcredit.control.lists.reviews import reviews_due
from xlcredit.control.lists.rolls import roll_rates
from xlcredit.control.lists.signals import signals
from xlcredit.control.lists.statements import statement_analysis
from xlcredit.control.lists.termchanges import terms_changes
from xlcredit.control.lists.tiers import tiers
from xlcredit.control.lists.uninsured import uninsured
from xlcredit.control.review import Review

LISTS: Mapping[str, Callable[[Review], Listing]] = {
    "calls": calls,
    "payment_plans": payment_plans,
    "plans_anew": plans_anew,
    "disputes": disputes,
    "legal_and_agency": legal_and_agency,
    "orders": orders,
    "limit_changes": limit_changes,
    "terms_changes": terms_changes,
    "claims": claims,
    "signals": signals,
    "reviews": reviews_due,
    "admission": admission,
    "tiers": tiers,
    "statements": statement_analysis,
    "blacklist": blacklist,
    "interest": late_interest,
    "interest_items": interest_statement,
    "groups": groups,
    "countries": countries,
    "uninsured": uninsured,
    "insurance_cover": insurance_cover,
    "insurance_contract": insurance_contract,
    "provisions": provisions,
    "provision_matrix": provision_matrix,
    "key_figures": key_figures,
    "discounts": discounts,
    "early_cash": early_cash,
    "default_rates": default_rates,
    "concentration": concentration,
    "roll_rates": roll_rates,
    "loss_rates": loss_rates,
    "capabilities": capabilities,
}
"""Key → what makes the list, in the order they are shown."""

KEYS = tuple(LISTS)


def lists_of(review: Review) -> Lists:
    """Every list that has a line."""
    made = {key: make(review) for key, make in LISTS.items()}
    return {key: listing for key, listing in made.items() if len(listing)}
