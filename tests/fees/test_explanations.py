"""What an assessment says of itself: the rule's sentence, each step with its number, and what was left out, in full."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from account_facts import cad
from arledger import (
    BALANCE_EACH_PERIOD,
    DOWN,
    EACH_CHARGE_APART,
    Category,
    Charge,
    Dispute,
    FreeDays,
    FreeUntil,
    LateFeeRule,
    Limit,
    Percent,
    Rate,
    RateTable,
    fee,
    quarterly,
    where,
)
from fees.facts import FIVE_PERCENT, JAN_1, assessed, flat, jan, late_fee, pay, rent, rule_of

THIRTY_THEN_TEN = rule_of(
    flat("30") + fee.each_further_day(flat("10")),
    limits=[Limit(flat("50"), per="charge"), Limit(fee.percent(8, of=fee.RENT), per="period")],
    least=cad("100"),
    code="LF",
)


def test_an_explanation_has_each_step_with_its_number() -> None:
    """What is owed and why not more, the rule's parts, what was charged, each limit; and what was left out, and why."""
    entries = [
        rent(),
        Charge("T-1", cad("50"), due=JAN_1, category=Category.TAX, about="R-01"),
        Charge("U-01", cad("400"), due=JAN_1, category=Category.UTILITY, disputed=Dispute(cad("150"))),
        Charge("D-01", cad("500"), due=JAN_1, category=Category.DEPOSIT),
        rent("R-02", "900", jan(5)),
        rent("R-03", "900", jan(2), payer="agency"),
        late_fee("F-1", "30", jan(6), code="LF"),
        pay("P-1", "200.50", date(2025, 12, 20)),
    ]
    found = assessed(THIRTY_THEN_TEN, entries, jan(7), rent=cad("1000"), sweep_payments=False)
    assert found.explanation == (
        "30.00 CAD plus 10.00 CAD for each further day, after 4 free days, once for all that is due on one day,"
        " at most 50.00 CAD for a charge, at most 8% of the monthly rent a period,"
        " where at least 100.00 CAD is past due, a period being a calendar month, on 2026-01-07\n"
        "\n"
        "R-01 + T-1 + U-01, due 2026-01-01, 6 days late                      CAD\n"
        "--------------------------------------------------------------  -------\n"
        "payable                                                         1450.00\n"
        "less disputed                                                    150.00\n"
        "less money on hand                                               200.50\n"
        "owed                                                            1099.50\n"
        "30.00 CAD plus 10.00 CAD for each further day                     40.00\n"
        "  30.00 CAD                                                       30.00\n"
        "  10.00 CAD for each further day                                  10.00\n"
        "    10.00 CAD                                                     10.00\n"
        "the rule comes to                                                 40.00\n"
        "charged before                                                    30.00\n"
        "at most 50.00 CAD for a charge, 30.00 charged, leaves             20.00\n"
        "at most 8% of the monthly rent a period, 30.00 charged, leaves    50.00\n"
        "proposed                                                          10.00\n"
        "\n"
        "R-02, due 2026-01-05, 2 days late       CAD\n"
        "-----------------------------------  ------\n"
        "payable                              900.00\n"
        "owed                                 900.00\n"
        "proposed (no fee before 2026-01-10)    0.00\n"
        "\n"
        "left out  why\n"
        "--------  --------------\n"
        "D-01      not eligible\n"
        "R-03      owed by agency\n"
        "F-1       not eligible"
    )
    assert str(found) == (
        "charge              about  payer  due           CAD\n"
        "------------------  -----  -----  ----------  -----\n"
        "R-01/LF@2026-01-07  R-01          2026-01-07  10.00\n"
        "total                                         10.00"
    )


def test_an_explanation_of_interest_has_each_stretch() -> None:
    rates = RateTable([Rate(Percent(5)), Rate(Percent(7), since=jan(4))])
    rule = rule_of(fee.a_year(rates), category=Category.INTEREST, grace=FreeDays(0), rounding=DOWN)
    entries = [rent(), pay("P-1", "600", jan(6)), pay("P-2", "400", jan(8))]
    assert assessed(rule, entries, jan(9)).explanation == (
        "5%, 7% from 2026-01-04 a year of what is owed, by days over 365, from the day after the due date on,"
        " once for all that is due on one day, on 2026-01-09\n"
        "\n"
        "R-01, due 2026-01-01, 8 days late                                      CAD\n"
        "---------------------------------------------------------------  ---------\n"
        "payable                                                               0.00\n"
        "owed                                                                  0.00\n"
        "5%, 7% from 2026-01-04 a year of what is owed, by days over 365  0.9479...\n"
        "  1000.00 from 2026-01-01 at 5%, 3/365 days                      0.4109...\n"
        "  1000.00 from 2026-01-04 at 7%, 2/365 days                      0.3835...\n"
        "  400.00 from 2026-01-06 at 7%, 2/365 days                       0.1534...\n"
        "the rule comes to                                                     0.94\n"
        "charged before                                                        0.00\n"
        "proposed                                                              0.94"
    )


def test_an_explanation_of_what_is_composed() -> None:
    ladder = fee.by_part(fee.OWED, fee.Tier(flat("10"), up_to=cad("500")), fee.Tier(fee.percent("2.5", of=fee.OWED)))
    amount = fee.greater_of(flat("15"), ladder) + fee.from_day(10, FIVE_PERCENT)
    text = "by the part of what is owed: up to 500.00 CAD 10.00 CAD, above 2.5% of what is owed"
    found = assessed(rule_of(amount, occurs=EACH_CHARGE_APART), [rent(amount="1000.01")], jan(6))
    rows = [line.rsplit(" ", 1) for line in found.explanation.splitlines()[4:]]
    assert [(step.rstrip(), number) for step, number in rows] == [
        ("payable", "1000.01"),
        ("owed", "1000.01"),
        (f"(the greater of 15.00 CAD and ({text})) plus 5% of what is owed from 10 days late on", "22.50025"),
        (f"  the greater of 15.00 CAD and ({text})", "22.50025"),
        ("    15.00 CAD", "15.00"),
        (f"    {text}", "22.50025"),
        ("      what is owed", "1000.01"),
        ("      10.00 CAD", "10.00"),
        ("      2.5% of what is owed", "12.50025"),
        ("        what is owed", "500.01"),
        ("  5% of what is owed from 10 days late on: 5 days late", "0.00"),
        ("the rule comes to", "22.50"),
        ("charged before", "0.00"),
        ("proposed", "22.50"),
    ]


def test_an_explanation_where_nothing_is_late() -> None:
    found = assessed(rule_of(flat("20")), [], jan(6))
    assert found.explanation == ("20.00 CAD, after 4 free days, once for all that is due on one day, on 2026-01-06")
    assert (
        str(found)
        == "charge  about  payer  due   CAD\n------  -----  -----  ---  ----\ntotal                      0.00"
    )
    assert (found.total, found.items, found.left_out) == (cad("0"), (), ())


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            rule_of(flat("20"), occurs=BALANCE_EACH_PERIOD, grace=FreeUntil(5)),
            (
                "20.00 CAD, after the 5th of the month, once a period for the whole balance,"
                " a period being a calendar month"
            ),
        ),
        (
            rule_of(flat("20"), occurs=BALANCE_EACH_PERIOD, period=quarterly(1)),
            "20.00 CAD, after 4 free days, once a period for the whole balance, by quarterly(1, month=1)",
        ),
        (
            rule_of(flat("20"), eligible=where.rent, limits=Limit(fee.RENT, per="ever")),
            (
                "20.00 CAD, after 4 free days, once for all that is due on one day, at most the monthly rent in all,"
                " on where.rent"
            ),
        ),
        (
            rule_of(FIVE_PERCENT, since=jan(1), until=date(2027, 1, 1), occurs=EACH_CHARGE_APART),
            (
                "5% of what is owed, after 4 free days, once for each charge, of what is due from 2026-01-01 on,"
                " of what is due before 2027-01-01"
            ),
        ),
    ],
)
def test_a_rule_reads_as_a_sentence(rule: LateFeeRule, text: str) -> None:
    assert str(rule) == text


def test_a_rule_and_what_it_comes_to_are_values() -> None:
    entries = [rent(), rent("R-02", due=jan(2))]
    found = assessed(THIRTY_THEN_TEN, entries, jan(20), rent=cad("1000"))
    again = pickle.loads(pickle.dumps(found))
    assert (again, again.explanation, again.rule) == (found, found.explanation, THIRTY_THEN_TEN)
    assert hash(pickle.loads(pickle.dumps(THIRTY_THEN_TEN))) == hash(THIRTY_THEN_TEN)
    assert pickle.loads(pickle.dumps(Limit(flat("50"), per="charge"))) == Limit(flat("50"), per="charge")
