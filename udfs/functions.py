"""The worksheet functions: declarations alone; the work is done in ``xlcredit.excel.functions``.

One module serves every host: xlwings on Windows, xlwings Lite and Server; the add-in's wrappers, the functions of
LibreOffice and the reference page are made from these declarations. Names are Excel's; arguments are positional.
"""

from __future__ import annotations

from functools import partial

from udfs.lean import arg, func, ret
from xlcredit.excel import functions as work

# Two dimensions throughout: without them a row, a column and a single cell would all look alike. An error cell would
# otherwise arrive as None, the same as a blank.
cells = partial(arg, ndim=2, err_to_str=True)
table = ret(ndim=2)

amount = cells("amount", doc="Amounts, one column")
answers = cells("answers", doc="Answers, one row per customer, one column per characteristic of the scorecard")
as_of = cells("as_of", doc="As-of date: the day to look from")
blocked = cells("blocked", doc="TRUE or x where a dunning block is set, one column")
cell_value = cells("cell_value", doc="Cell with an error that a credit function gave")
customer = cells("customer", doc="Customers, one column")
days = cells("days", doc="Days late, one column; the due date is not counted, the last day is")
days_beyond_terms = cells("days_beyond_terms", doc="Days beyond terms, negative where paid early, one column")
days_past_due = cells("days_past_due", doc="Days past due of each customer's oldest open item, one column")
due = cells("due", doc="Due dates, one column")
exposure = cells("exposure", doc="Exposures, one column")
headers = cells("headers", doc="Names of the characteristics, one row as wide as the answers, in any order")
insured_limit = cells("insured_limit", doc="Insured limits, one column; blank where none is known")
lang = cells("lang", doc="Language of the words: en or zh")
last_stage = cells("last_stage", doc="Dunning stages reached before, one column; a blocked item keeps its own")
limit = cells("limit", doc="Credit limits, one column; 0 allows nothing, blank is unlimited")
need = cells("need", doc="Credit each customer's business takes, one column")
net_worth = cells("net_worth", doc="Net worth of each customer, one column; blank where it is not known")
order = cells("order", doc="Values of the orders to be released, one column; credits are never held")
paid = cells(
    "paid",
    doc="Payments, one column: their dates, or beside a column of dates their amounts; blank where there is none",
)
paid_on = cells("paid_on", doc="Day of the payment on each debt, one column; blank where nothing was paid")
policy = cells("policy", doc="Name of a policy, or the range of a Policy table; omitted: the active policy")
rate = cells("rate", doc="Rates of interest by the year, one column: 0.08 or 8%")
regime = cells(
    "regime", doc="Regimes of the policy, one column: contract, eu, uk, cn_sme, cn_lpr, us; blank: the policy's own"
)
score = cells("score", doc="Credit scores 0–100, one column")
valid_to = cells("valid_to", doc="Days on which the limits expire, one column; blank where they do not")
year_days = cells("year_days", doc="Days of a year, 365 or 360, one column; omitted: 365")


@func
@answers
@policy
@headers
@table
def CREDIT_SCORE(answers, policy=None, headers=None):
    """Credit score of each customer from 0 to 100, higher is safer; blank where nothing is answered."""
    return work.credit_score(answers, policy, headers)


@func
@score
@policy
@table
def CREDIT_GRADE(score, policy=None):
    """Credit grade of each score."""
    return work.credit_grade(score, policy)


@func
@answers
@policy
@headers
@table
def CREDIT_POINTS(answers, policy=None, headers=None):
    """Points of each answer, one column per characteristic of the scorecard; they explain the score."""
    return work.credit_points(answers, policy, headers)


@func
@answers
@policy
@headers
@lang
@table
def CREDIT_REASONS(answers, policy=None, headers=None, lang=None):
    """Reasons for each score in words: what cost the most points, the costliest first."""
    return work.credit_reasons(answers, policy, headers, lang)


@func
@score
@need
@net_worth
@insured_limit
@policy
@table
def CREDIT_LIMIT(score, need, net_worth=None, insured_limit=None, policy=None):
    """Suggested credit limit: the least of what the customer needs and what its means carry, scaled by its grade."""
    return work.credit_limit(score, need, net_worth, insured_limit, policy)


@func
@score
@need
@net_worth
@insured_limit
@policy
@table
def CREDIT_LIMIT_REASON(score, need, net_worth=None, insured_limit=None, policy=None):
    """Constraint that bound the suggested credit limit, in words."""
    return work.credit_limit_reason(score, need, net_worth, insured_limit, policy)


@func
@limit
@exposure
@table
def CREDIT_HEADROOM(limit, exposure):
    """Limit less exposure, negative where the limit is exceeded; blank where the limit is unlimited."""
    return work.credit_headroom(limit, exposure)


@func
@exposure
@limit
@order
@days_past_due
@valid_to
@as_of
@policy
@table
def CREDIT_CHECK(exposure, limit, order, days_past_due=None, valid_to=None, as_of=None, policy=None):
    """RELEASE, or HOLD with the reason, for each order."""
    return work.credit_check(exposure, limit, order, days_past_due, valid_to, as_of, policy)


@func
@due
@as_of
@table
def DAYS_PAST_DUE(due, as_of):
    """Days from each due date to the as-of date; 0 on the day itself, negative before it."""
    return work.days_past_due(due, as_of)


@func
@due
@as_of
@policy
@lang
@table
def AGING_BUCKET(due, as_of, policy=None, lang=None):
    """Aging bucket of each due date as of a day."""
    return work.aging_bucket(due, as_of, policy, lang)


@func
@customer
@due
@amount
@as_of
@policy
@table
def AGING_TABLE(customer, due, amount, as_of, policy=None):
    """Aging table: customers by bucket, with headings and totals that foot to the cent."""
    return work.aging_table(customer, due, amount, as_of, policy)


@func
@due
@as_of
@amount
@blocked
@last_stage
@policy
@table
def DUNNING_STAGE(due, as_of, amount=None, blocked=None, last_stage=None, policy=None):
    """Dunning stage of each open item: the number of the level it has reached, 0 before the first."""
    return work.dunning_stage(due, as_of, amount, blocked, last_stage, policy)


@func
@due
@as_of
@amount
@blocked
@last_stage
@policy
@table
def DUNNING_ACTION(due, as_of, amount=None, blocked=None, last_stage=None, policy=None):
    """What is to be done about each open item at its stage, and through which channel."""
    return work.dunning_action(due, as_of, amount, blocked, last_stage, policy)


@func
@due
@as_of
@amount
@blocked
@last_stage
@policy
@table
def NEXT_DUNNING_DATE(due, as_of, amount=None, blocked=None, last_stage=None, policy=None):
    """Day on which the next dunning stage of each open item begins; blank on the last stage and under a block."""
    return work.next_dunning_date(due, as_of, amount, blocked, last_stage, policy)


@func
@amount
@days
@rate
@year_days
@table
def SIMPLE_INTEREST(amount, days, rate, year_days=None):
    """Simple interest to the cent: amount x rate x days / days of the year; none for days below 0."""
    return work.simple_interest(amount, days, rate, year_days)


@func
@amount
@due
@as_of
@regime
@paid_on
@paid
@policy
@table
def LATE_INTEREST(amount, due, as_of, regime=None, paid_on=None, paid=None, policy=None):
    """Late-payment interest of each debt from the day after it is due, and the fixed sum; part payments count."""
    return work.late_interest(amount, due, as_of, regime, paid_on, paid, policy)


@func
@due
@paid
@amount
@table
def AVG_DAYS_LATE(due, paid, amount=None):
    """Average days late over all payments, weighted by amount; early payments count negative."""
    return work.avg_days_late(due, paid, amount)


@func
@days_beyond_terms
@amount
@table
def PAYDEX(days_beyond_terms, amount=None):
    """Payment index over all payments, weighted by amount: 80 is prompt, more is early, less is late."""
    return work.paydex(days_beyond_terms, amount)


@func
@policy
@table
def CREDIT_POLICY(policy=None):
    """Name, version and fingerprint of the policy in force."""
    return work.credit_policy(policy)


@func
@cell_value
@table
def CREDIT_EXPLAIN(cell_value):
    """What an error means and what to do about it."""
    return work.credit_explain(cell_value)
