"""Money adds up exactly: every sum and comparison goes through integer minor units.

Columns stay ordinary floats in major units, as Excel and pandas hold them; *minor units* are
int64 counts of the currency's smallest unit (ISO 4217: cents for EUR, yen for JPY, fils for KWD).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xlcredit.kernel.bands import BLOCK

Minor = NDArray[np.int64]
Amounts = NDArray[np.float64]

EXACT = 2**50
"""From here on (11 million million in cents) an amount in major units no longer tells every minor unit."""

NEAR_HALF = 0.5 - 2.0**-11
"""Up to here no rounding of halves is in doubt."""

_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNH CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU "
    "UZS VES WST XCD YER ZAR ZMW ZWG",
}
CURRENCIES = {code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()}
"""Currency code → decimals (ISO 4217; CNH, the offshore yuan, beside it)."""


def decimals(currency: str) -> int:
    """Decimals of a currency's minor unit; 2 for a code that ISO 4217 does not list."""
    return CURRENCIES.get(currency, 2)


def decimals_of(currencies: Sequence[str]) -> NDArray[np.int64]:
    """Decimals of each row's currency."""
    return np.array([decimals(currency) for currency in currencies], dtype=np.int64)


def to_minor(amounts: ArrayLike, places: ArrayLike) -> Minor:
    """Amounts in minor units, halves away from zero as Excel's ROUND does; NaN counts nothing.

    Raises:
        OverflowError: an amount is too large for a float to tell its minor units.
    """
    column = np.atleast_1d(np.asarray(amounts, dtype=np.float64))
    factor = np.broadcast_to(10.0 ** np.asarray(places), column.shape)
    minor = np.empty(column.shape, dtype=np.int64)
    for start in range(0, len(column), BLOCK):
        stop = start + BLOCK
        minor[start:stop] = _round_half_away(column[start:stop] * factor[start:stop])
    return minor


def _round_half_away(scaled: Amounts) -> Amounts:
    whole = np.rint(scaled)
    with np.errstate(invalid="ignore"):  # infinity is refused with care
        nearly_half = float(np.abs(scaled - whole).max(initial=0.0)) >= NEAR_HALF
    largest = max(float(whole.max(initial=0.0)), -float(whole.min(initial=0.0)))
    # A comparison with NaN is false, so that blanks, too, take the careful way.
    if not nearly_half and largest < EXACT:
        return whole
    return _round_with_care(scaled)


def _round_with_care(scaled: Amounts) -> Amounts:
    np.nan_to_num(scaled, copy=False, nan=0.0)
    size = np.abs(scaled)
    if float(size.max(initial=0)) >= EXACT:
        raise OverflowError("an amount of 2^50 minor units or more cannot be added exactly")
    # 1.005 × 100 is 100.49999999999999 in binary: the nudge is as wide as that error, never as a real difference.
    whole = np.floor(size + 0.5 + np.minimum(size * 2.0**-51, 2.0**-12))
    return np.copysign(whole, scaled)


def to_major(minor: ArrayLike, places: ArrayLike) -> Amounts:
    """Minor units as amounts in major units."""
    return np.asarray(np.asarray(minor, dtype=np.int64) / 10.0 ** np.asarray(places), dtype=np.float64)


def rounded(amounts: Amounts, places: ArrayLike) -> Amounts:
    """Amounts rounded to their currency's minor unit; NaN stays NaN."""
    return np.where(np.isnan(amounts), np.nan, to_major(to_minor(amounts, places), places))


def sums(minor: Minor, groups: NDArray[np.intp], n_groups: int) -> Minor:
    """Exact sum of the minor units of each group, 0 for a group without rows.

    Raises:
        OverflowError: the sums could exceed what 64 bits hold.
    """
    weights = minor.astype(np.float64)
    turnover = float(np.abs(weights).sum())
    if turnover < 2.0**53:  # then every partial sum is a whole number that a float holds exactly
        return np.bincount(groups, weights=weights, minlength=n_groups).astype(np.int64)
    if turnover >= 2.0**63 * (1 - 2.0**-20):  # the margin covers the rounding of the float sum itself
        raise OverflowError("the amounts are too large to be added in 64 bits")
    totals = np.zeros(n_groups, dtype=np.int64)
    np.add.at(totals, groups, minor)
    return totals


def running(minor: Minor, groups: NDArray[np.intp]) -> Minor:
    """Sum so far of each group, whose rows stand together."""
    so_far, first = np.cumsum(minor), _begins(groups)
    return np.asarray(so_far - np.repeat((so_far - minor)[first], np.diff(np.r_[first, len(groups)])))


def increases(minor: Minor, groups: NDArray[np.intp], start: Minor | int = 0) -> Minor:
    """By how much each row exceeds the one before it in its group, whose rows stand together; the first the start."""
    before = np.r_[0, minor[:-1]][: len(minor)]
    first = _begins(groups)
    before[first] = np.broadcast_to(start, minor.shape)[first]
    return np.asarray(minor - before)


def _begins(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Row at which each group begins."""
    return np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]][: len(groups)])


def translate(amounts: Amounts, rates: Amounts, places: ArrayLike) -> Amounts:
    """Amounts times their rate, each line rounded to the target currency's minor unit.

    Rounding line by line, and not the sum, keeps translated buckets footing to translated totals.
    """
    return rounded(amounts * rates, places)


def in_text(minor: int, places: int) -> str:
    """Minor units as text with the currency's decimals: (-123456, 2) → -1234.56."""
    digits = f"{abs(minor):0{places + 1}d}"
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def grouped(amount: str) -> str:
    """Amount text with thousands separated: -1234567.80 → -1,234,567.80."""
    whole, point, fraction = amount.partition(".")
    return f"{int(whole):,}{point}{fraction}" if int(whole) else amount
