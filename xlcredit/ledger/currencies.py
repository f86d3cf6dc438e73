"""Currency names and signs as ledgers write them → ISO 4217 codes.

A sign that several currencies share ($, ¥, kr) names none of them.
"""

from __future__ import annotations

from types import MappingProxyType

from xlcredit.kernel.money import CURRENCIES

SHARED = frozenset(("$", "¥", "KR", "KR.", "本位币", "本币", "原币"))
_NAMES = {
    "CNY": "元 人民币 人民币元 RMB CN¥ RMB¥", "USD": "US$ 美元 USDOLLAR", "EUR": "€ 欧元 EURO EUROS",
    "GBP": "£ 英镑 STG", "JPY": "円 日元 JP¥", "HKD": "HK$ 港币 港元", "TWD": "NT$ 新台币", "AUD": "A$ AU$ 澳元",
    "CAD": "C$ CA$ 加元", "SGD": "S$ 新加坡元", "BRL": "R$", "INR": "₹ RS RS.", "ILS": "₪ NIS", "KRW": "₩ 韩元",
    "RUB": "₽ 卢布", "TRY": "₺ TL", "VND": "₫", "PHP": "₱", "THB": "฿ 泰铢", "PLN": "ZŁ", "CZK": "KČ",
    "CHF": "FR. SFR SFR. 瑞士法郎", "ZAR": "R", "MYR": "RM",
}  # fmt: skip
_CODES = MappingProxyType(
    {name: code for code, names in _NAMES.items() for name in names.split()}
    | {code: code for code in CURRENCIES}
    | dict.fromkeys(SHARED, "")
)


def code_of(name: str) -> str | None:
    """The code of a currency's name, sign or code; empty where the sign is shared; None where there is none such."""
    return _CODES.get(name.strip().upper())
