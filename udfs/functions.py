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

agency = cells("agency", doc="Rating agencies and scales, one column: allianz_trade, coface_dra, D&B PAYDEX …")
amount = cells("amount", doc="Amounts, one column")
amounts = cells("amounts", doc="Amounts of the customers, a range of any shape; credits are left out")
answers = cells("answers", doc="Answers, one row per customer, one column per characteristic of the scorecard")
as_of = cells("as_of", doc="As-of date: the day to look from")
balances = cells("balances", doc="Balances: a row per month, oldest first; a column per aging bucket, youngest first")
base = cells("base", doc="What the premium is reckoned on: turnover, exposures or limits, one column")
blacklist = cells("blacklist", doc="The blacklist: names in its first column, registration numbers in its second")
blocked = cells("blocked", doc="TRUE or x where a dunning block is set, one column")
cell_value = cells("cell_value", doc="Cell with an error that a credit function gave")
checks = cells(
    "checks",
    doc="A row per customer, a column per check: the date it was passed, no where it failed",
)
closing = cells("closing", doc="Receivables at the end of the month, one column")
closing_current = cells("closing_current", doc="Of these, what is not past due, one column")
compound = cells("compound", doc="TRUE where interest is compounded, one column; omitted: simple interest")
contract = cells("contract", doc="Values of the contracts, one column")
cover = cells("cover", doc="Insured shares, 0 to 1, one column")
current_receivables = cells("current_receivables", doc="Receivables that are not past due, one column")
customer = cells("customer", doc="Customers, one column")
days = cells("days", doc="Days that count: of the period the sales are of, or that a debt is late, one column")
days_beyond_terms = cells("days_beyond_terms", doc="Days beyond terms, negative where paid early, one column")
days_newest_first = cells(
    "days_newest_first", doc="Days of these months, newest first: one cell, row or column for all, or a row for each"
)
days_past_due = cells(
    "days_past_due", doc="Days past due, one column: of each item, or of each customer's oldest open item"
)
days_to_pay = cells(
    "days_to_pay", doc="Days each payment took, oldest first: one column for one customer, or a row for each customer"
)
discount_days = cells("discount_days", doc="Days within which the discount may be taken, one column")
document_date = cells("document_date", doc="Dates of the documents, one column")
due = cells("due", doc="Due dates, one column")
ebit = cells("ebit", doc="Earnings before interest and taxes, one column")
equity = cells("equity", doc="Book equity, one column; negative where debts exceed the assets")
every = cells(
    "every",
    doc="Time between instalments: week, fortnight, month, quarter, half-year, year, or days; omitted: month",
)
excess = cells("excess", doc="Excess deducted from each loss, one column; omitted: none")
excess_first = cells("excess_first", doc="TRUE where the excess is deducted before cover is taken, else after it")
exposure = cells("exposure", doc="Exposures, one column")
first_date = cells("first_date", doc="Due date of the first instalment, one column; the others are counted from it")
grade = cells("grade", doc="Credit grades, one column; blank where there is none")
guarantees = cells("guarantees", doc="Guarantees and collateral, one column; they take away what is owed, never more")
headers = cells("headers", doc="Names of the characteristics, one row as wide as the answers, in any order")
history = cells("history", doc="Orders of the months before: one row or column for all, or a row for each value")
instalments = cells("instalments", doc="Number of instalments, one column")
insured = cells("insured", doc="Insured parts, one column; they count where the policy says that cover is integral")
insured_limit = cells("insured_limit", doc="Insured limits, one column; blank where none is known")
lang = cells("lang", doc="Language of the words: en or zh")
last_stage = cells("last_stage", doc="Dunning stages reached before, one column; a blocked item keeps its own")
limit = cells(
    "limit", doc="Limits, one column; 0 allows nothing; blank: a credit limit is unlimited, an insured one unknown"
)
loss = cells("loss", doc="Losses, one column")
minimum = cells("minimum", doc="Least premiums, one column; omitted: none")
name = cells("name", doc="Customers' names, one column")
need = cells("need", doc="Credit each customer's business takes, one column")
net_days = cells("net_days", doc="Days until the whole amount is due, one column")
net_worth = cells("net_worth", doc="Net worth of each customer, one column; blank where it is not known")
open_items = cells("open_items", doc="Open items of each customer, one column")
opening = cells("opening", doc="Receivables at the beginning of the month, one column")
order = cells("order", doc="Values of the orders to be released, one column; credits are never held")
orders = cells("orders", doc="Open orders of each customer, not yet invoiced, one column")
paid = cells(
    "paid",
    doc="Payments, one column: their dates, or beside a column of dates their amounts; blank where there is none",
)
paid_on = cells("paid_on", doc="Day of the payment on each debt, one column; blank where nothing was paid")
policy = cells("policy", doc="Name of a policy, or the range of a Policy table; omitted: the active policy")
prepaid = cells("prepaid", doc="What has been prepaid, one column; blank is nothing")
rate = cells("rate", doc="Rates as shares (0.02 or 2%), one column")
rating = cells("rating", doc="Ratings as the agency writes them, one column; blank where there is none")
receivables = cells("receivables", doc="Receivables at the end of the period, one column")
regime = cells(
    "regime", doc="Regimes of the policy, one column: contract, eu, uk, cn_sme, cn_lpr, us; blank: the policy's own"
)
registration = cells("registration", doc="Registration numbers, one column; blank where not known")
retained_earnings = cells("retained_earnings", doc="Retained earnings, one column; negative after losses")
sales = cells(
    "sales", doc="Credit sales, one column: of the period the days are of; for CEI of the month, or of an average month"
)
sales_newest_first = cells(
    "sales_newest_first", doc="Sales by month, newest first: one row or column for all, or a row for each receivable"
)
score = cells("score", doc="Credit scores 0–100, one column")
terms = cells("terms", doc="Terms of payment as text, one column: net 30, 2/10 net 30, EOM+45, 月结30天")
top = cells("top", doc="How many of the largest, or a column of such numbers; omitted: the policy's (standard: 10)")
total_assets = cells("total_assets", doc="Total assets, one column")
total_liabilities = cells("total_liabilities", doc="Total liabilities, one column")
unbilled = cells("unbilled", doc="Drafts and work done that is not invoiced, one column")
valid_to = cells("valid_to", doc="Days on which the limits expire, one column; blank where they do not")
value = cells("value", doc="Orders of the month, one column")
working_capital = cells("working_capital", doc="Current assets less current liabilities, one column")
year_days = cells("year_days", doc="Days of a year, 365 or 360, one column; omitted: 365")
z2 = cells("z2", doc="Altman's Z'', one column")


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
@open_items
@orders
@unbilled
@guarantees
@table
def CREDIT_EXPOSURE(open_items, orders=None, unbilled=None, guarantees=None):
    """Exposure of each customer: open items, open orders and unbilled work, less guarantees."""
    return work.credit_exposure(open_items, orders, unbilled, guarantees)


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
    """RELEASE, or HOLD with every reason, for each order."""
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
@grade
@policy
@table
def CREDIT_TERMS(grade, policy=None):
    """Terms of each grade: net days, prepayment, discount, discount days, instalments, approver."""
    return work.credit_terms(grade, policy)


@func
@document_date
@terms
@table
def DUE_DATE(document_date, terms):
    """Due date of each document under its terms of payment; blank without a date or terms."""
    return work.due_date(document_date, terms)


@func
@rate
@discount_days
@net_days
@year_days
@compound
@table
def DISCOUNT_COST(rate, discount_days, net_days, year_days=None, compound=None):
    """Yearly cost of not taking each discount; the second column says the base it is reckoned on."""
    return work.discount_cost(rate, discount_days, net_days, year_days, compound)


@func
@contract
@prepaid
@grade
@policy
@table
def PREPAYMENT_GAP(contract, prepaid, grade=None, policy=None):
    """What is missing of the share of each contract that is to be prepaid, by grade; 0 where it is reached."""
    return work.prepayment_gap(contract, prepaid, grade, policy)


@func
@amount
@instalments
@first_date
@every
@table
def PAYMENT_PLAN(amount, instalments, first_date, every=None):
    """Payment plan: due date, amount and rest of each instalment; the last takes the remainder."""
    return work.payment_plan(amount, instalments, first_date, every)


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
@checks
@policy
@table
def ADMISSION(checks, policy=None):
    """Whether each new customer may receive a limit or pays in cash, and beside it the checks still to be passed."""
    return work.admission(checks, policy)


@func
@agency
@rating
@policy
@table
def MAP_RATING(agency, rating, policy=None):
    """Own score 0–100 of each external rating, higher is safer; the amount where an agency's ratings are amounts."""
    return work.map_rating(agency, rating, policy)


@func
@name
@registration
@blacklist
@policy
@table
def BLACKLIST_MATCH(name, registration, blacklist, policy=None):
    """What finds each customer on the blacklist: number, name or a similar name; likeness 0–100; the name listed."""
    return work.blacklist_match(name, registration, blacklist, policy)


@func
@working_capital
@retained_earnings
@ebit
@equity
@total_assets
@total_liabilities
@table
def ALTMAN_Z2(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities):
    """Altman's Z'' of each statement, higher is safer; not for banks and insurers. Blank where a figure is missing."""
    return work.altman_z2(working_capital, retained_earnings, ebit, equity, total_assets, total_liabilities)


@func
@z2
@policy
@table
def ALTMAN_ZONE(z2, policy=None):
    """Zone of each Altman Z'': safe, grey or distress."""
    return work.altman_zone(z2, policy)


@func
@exposure
@limit
@cover
@table
def INSURED_AMOUNT(exposure, limit, cover):
    """Insured part of each exposure: cover times the lesser of exposure and insured limit; blank where not known."""
    return work.insured_amount(exposure, limit, cover)


@func
@base
@rate
@minimum
@table
def PREMIUM(base, rate, minimum=None):
    """Insurance premium: base times rate, no less than the minimum."""
    return work.premium(base, rate, minimum)


@func
@loss
@limit
@cover
@excess
@excess_first
@table
def INDEMNITY(loss, limit, cover, excess=None, excess_first=None):
    """What the insurer pays of each loss: cover times the lesser of loss and insured limit, less the excess."""
    return work.indemnity(loss, limit, cover, excess, excess_first)


@func
@document_date
@due
@policy
@table
def NOTIFY_BY(document_date, due, policy=None):
    """Last day to notify the insurer of each unpaid invoice, counted as the policy says: from invoice or due date."""
    return work.notify_by(document_date, due, policy)


@func
@amount
@days_past_due
@grade
@insured
@policy
@table
def EXPECTED_LOSS(amount, days_past_due, grade=None, insured=None, policy=None):
    """Expected credit loss of each amount, by its bucket's loss rate, or by PD times LGD where its grade has a PD."""
    return work.expected_loss(amount, days_past_due, grade, insured, policy)


@func
@balances
@table
def ROLL_RATES(balances):
    """Roll rates over all months, pooled: share of each bucket's balance that stands in the next one a month later."""
    return work.roll_rates(balances)


@func
@days_to_pay
@policy
@table
def PAYMENT_TREND(days_to_pay, policy=None):
    """Whether days to pay grow (Mann-Kendall): signal, growth in days per payment, probability by chance."""
    return work.payment_trend(days_to_pay, policy)


@func
@history
@value
@policy
@table
def ORDER_ANOMALY(history, value, policy=None):
    """Robust z of the month's orders against those before, and whether they are unusual, up or down."""
    return work.order_anomaly(history, value, policy)


@func
@amounts
@top
@table
def CONCENTRATION(amounts, top=None):
    """Share of the largest customers in all that is owed, from 0 to 1."""
    return work.concentration(amounts, top)


@func
@amounts
@table
def HHI(amounts):
    """Concentration index of all amounts from 0 to 1, one customer; times 10,000 in percent points squared."""
    return work.hhi(amounts)


@func
@receivables
@sales
@days
@table
def DSO(receivables, sales, days):
    """Days sales outstanding: receivables over sales of the period, times its days; #N/A without sales."""
    return work.dso(receivables, sales, days)


@func
@receivables
@sales_newest_first
@days_newest_first
@table
def DSO_COUNTBACK(receivables, sales_newest_first, days_newest_first):
    """Days sales outstanding counted back month by month; #N/A with the least days where the months do not suffice."""
    return work.dso_countback(receivables, sales_newest_first, days_newest_first)


@func
@current_receivables
@sales
@days
@table
def BEST_DSO(current_receivables, sales, days):
    """Best possible days sales outstanding: what they would be with nothing past due; #N/A without sales."""
    return work.best_dso(current_receivables, sales, days)


@func
@receivables
@current_receivables
@sales
@days
@table
def DAYS_DELINQUENT(receivables, current_receivables, sales, days):
    """Average days delinquent: days sales outstanding less the best possible."""
    return work.days_delinquent(receivables, current_receivables, sales, days)


@func
@opening
@sales
@closing
@closing_current
@table
def CEI(opening, sales, closing, closing_current):
    """Collection effectiveness index in percent: what was collected of what could be; 100 leaves nothing past due."""
    return work.cei(opening, sales, closing, closing_current)


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
