"""The currencies, and how many decimals each has.

The problem: 100 is one dollar or one hundred yen. The decision: the decimals of ISO 4217, as a table of our own, since
they decide amounts; other tables (CLDR, which people read money by) differ in a dozen places and change with releases.

Source: ISO 4217.
"""

from __future__ import annotations

from arledger.checks import check_instance, shown
from arledger.errors import UnknownName

# ISO 4217 as of 2026, and those that it withdrew since 2010, since old charges are still collected. Codes without a
# minor unit of their own (metals, XDR, testing) are not money that a charge can be in.
_CODES_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF BYR",
    2: """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    ANG BGN CUC EEK HRK LTL LVL MRO SLL STD USS VEF ZMK ZWL
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
DIGITS_BY_CURRENCY = {code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()}
"""The decimals of each currency, by its ISO 4217 code."""


def currency_digits(currency: str) -> int:
    """How many decimals a currency has by ISO 4217; an unknown code raises ``UnknownName``.

    >>> [currency_digits(code) for code in ("JPY", "CAD", "KWD")]
    [0, 2, 3]
    """
    check_instance(currency, str, "money", "currency", "pass an ISO 4217 code such as 'CAD'")
    digits = DIGITS_BY_CURRENCY.get(currency)
    if digits is None:
        known = currency.upper() in DIGITS_BY_CURRENCY
        hint = f"write {currency.upper()}" if known else "pass an ISO 4217 code such as CAD"
        raise UnknownName(f"unknown currency {shown(currency)}", field="currency", value=currency, hint=hint)
    return digits
