"""The texts of drafts, whole: the table of all, and every step of each. Rules R18, R19 and R21."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from arledger import AutopayPolicy, BusinessDays, Category, Designation, PendingIncrease, Step, include, pull
from autopay_facts import JUNE, agreement, cad, charge, drafted, late_fee, of_two, paid, rent

MAY_20 = date(2026, 5, 20)


def test_a_draft_with_every_kind_of_reason() -> None:
    """R16, R19: arrears, a limit, new charges, a pending increase, a later period, another payer's, and what ended."""
    policy = AutopayPolicy(includes=include.PENDING_INCREASES, limit=cad(550))
    ended = agreement("C", pull.FIXED, stored=20, until=JUNE)
    entries = [rent(5, 180), rent(6), late_fee(), rent(7, posted=JUNE), charge("X", 9, Category.RENT, payer="Z")]
    increase = PendingIncrease("AGI-7", cad(30), effective=JUNE)
    drafts = drafted([*of_two(stored=500), ended], *entries, policy=policy, increases=[increase])
    assert str(drafts) == (
        "agreement  payer  agreed  pull in CAD  on          notice by   why nothing\n"
        "---------  -----  ------  -----------  ----------  ----------  -----------\n"
        "AP-A       A      500.00       550.00  2026-06-01  2026-05-22\n"
        "AP-B       B      500.00       412.00  2026-06-01  2026-05-22\n"
        "total                          962.00"
    )
    assert drafts.explanation == (
        "autopay of 2026-06-01 for 2026-06-01 up to 2026-07-01; included: pending increases\n"
        "\n"
        "AP-A, A: keep percent             by     CAD\n"
        "----------------------------  ------  ------\n"
        "keep percent                  618.00  618.00\n"
        "over the limit of 550.00 CAD  -68.00  550.00\n"
        "pulled                                550.00\n"
        "\n"
        "part  class       CAD\n"
        "----  -------  ------\n"
        "R-06  current  550.00\n"
        "\n"
        "held back            CAD  why\n"
        "----------------  ------  ----------------------------\n"
        "R-05              108.00  arrears are not included\n"
        "R-06               50.00  over the limit of 550.00 CAD\n"
        "L-05               30.00  new charges are not included\n"
        "AGI-7@2026-06-01   18.00  over the limit of 550.00 CAD\n"
        "R-07              600.00  of a later period\n"
        "\n"
        "AP-B, B: keep percent      by     CAD\n"
        "---------------------  ------  ------\n"
        "keep percent           412.00  412.00\n"
        "pulled                         412.00\n"
        "\n"
        "part              class                CAD\n"
        "----------------  ----------------  ------\n"
        "R-06              current           400.00\n"
        "AGI-7@2026-06-01  pending_increase   12.00\n"
        "\n"
        "held back     CAD  why\n"
        "---------  ------  ----------------------------\n"
        "R-05        72.00  arrears are not included\n"
        "L-05        20.00  new charges are not included\n"
        "R-07       400.00  of a later period\n"
        "\n"
        "held back   CAD  why\n"
        "---------  ----  ---------\n"
        "X          9.00  owed by Z\n"
        "\n"
        "agreement  left out, since\n"
        "---------  -------------------\n"
        "AP-C       it ended 2026-06-01"
    )


def test_a_draft_with_every_step() -> None:
    """R14, R15: of 1000 in thirds, A paid 100; 50 on hand are nobody's; rounded once."""
    by_hand = paid("P", 100, "A", designations=[Designation("R-06")])
    thirds = [agreement(payer, part=Fraction(1, 3)) for payer in "ABC"]
    drafts = drafted(thirds, rent(6), by_hand, paid("Q", 50, "Z", MAY_20), sweep_payments=False)
    assert str(drafts.drafts[0]) == (
        "AP-A, A: keep percent              by          CAD\n"
        "------------------------  -----------  -----------\n"
        "keep percent              333.3333...  333.3333...\n"
        "paid by its payer before      -100.00  233.3333...\n"
        "money on hand             -12.9629...  220.3703...\n"
        "rounding                   -0.0003...       220.37\n"
        "pulled                                      220.37\n"
        "\n"
        "part  class       CAD\n"
        "----  -------  ------\n"
        "R-06  current  220.37\n"
        "\n"
        "held back    CAD  why\n"
        "---------  -----  -------------\n"
        "R-06       50.00  money on hand"
    )
    assert drafts.drafts[1].steps == (
        Step("keep percent", Fraction(100000, 3), Fraction(100000, 3)),
        Step("money on hand", Fraction(-50000, 27), Fraction(850000, 27)),
        Step("rounding", Fraction(14, 27), Fraction(31482)),
    )
    assert [str(draft.amount.amount) for draft in drafts.drafts] == ["220.37", "314.82", "314.81"]


def test_steps_of_what_is_payable_and_of_the_payers_own_money() -> None:
    """R12, R15: 400 of nobody's are applied to the rent, and lower both; 70 of A to nothing, and lower A by just that.

    50 of somebody else's, which settle nothing either, then lower both again.
    """
    entries = [rent(6), paid("P", 400, designations=[Designation("R-06")]), paid("Q", 70, "A", MAY_20)]
    found = drafted(of_two(), *entries, sweep_payments=False).drafts
    ana, ben = (str(draft).split("\n\n")[0] for draft in found)
    assert ana == (
        "AP-A, A: keep percent            by     CAD\n"
        "--------------------------  -------  ------\n"
        "keep percent                 600.00  600.00\n"
        "what is payable of it       -240.00  360.00\n"
        "money on hand of its payer   -70.00  290.00\n"
        "pulled                               290.00"
    )
    assert ben == (
        "AP-B, B: keep percent       by     CAD\n"
        "---------------------  -------  ------\n"
        "keep percent            400.00  400.00\n"
        "what is payable of it  -160.00  240.00\n"
        "pulled                          240.00"
    )
    more = drafted(of_two(), *entries, paid("S", 50, "C", MAY_20), sweep_payments=False).drafts[0]
    assert str(more).split("\n\n")[0].splitlines()[-3:] == [
        "money on hand               -27.3584...  262.6415...",
        "rounding                     -0.0015...       262.64",
        "pulled                                        262.64",
    ]


def test_drafts_without_a_payer_a_notice_or_a_part() -> None:
    """R18, R21: the stored amount is what was agreed, and what is pulled; on a day on which banks are open."""
    given = [
        agreement(None, pull.FIXED, stored=20),
        agreement("B", pull.KEEP_UNCHANGED, stored=40, agreed=date(2026, 7, 1)),
    ]
    policy = AutopayPolicy(business_days=BusinessDays("following"), least=cad(50))
    drafts = drafted(given, rent(11), on=date(2026, 11, 1), policy=policy)
    assert str(drafts) == (
        "agreement  payer  agreed  pull in CAD  on          notice by  why nothing\n"
        "---------  -----  ------  -----------  ----------  ---------  --------------------\n"
        "AP-0               20.00        20.00  2026-11-02\n"
        "AP-B       B       40.00         0.00  2026-11-02             less than 50.00 CAD\n"
        "total                           20.00"
    ).replace("--------------------", "-------------------")
    assert drafts.explanation == (
        "autopay of 2026-11-01 for 2026-11-01 up to 2026-12-01; included: nothing else\n"
        "\n"
        "AP-0: fixed amount     by    CAD\n"
        "------------------  -----  -----\n"
        "fixed amount        20.00  20.00\n"
        "pulled                     20.00\n"
        "\n"
        "AP-B, B: keep unchanged           by    CAD\n"
        "----------------------------  ------  -----\n"
        "keep unchanged                 40.00  40.00\n"
        "less than 50.00 CAD           -40.00   0.00\n"
        "pulled (less than 50.00 CAD)           0.00\n"
        "\n"
        "held back      CAD  why\n"
        "---------  -------  -------------------\n"
        "R-11       1000.00  less than 50.00 CAD"
    )


def test_a_run_without_drafts() -> None:
    """R19: what is open is held by nobody, and the agreement says since when it stands."""
    later = agreement(None, pull.FIXED, stored=20, agreed=date(2026, 7, 1))
    drafts = drafted(later, rent(6))
    assert str(drafts) == (
        "agreement  payer  agreed  pull in CAD  on  notice by  why nothing\n"
        "---------  -----  ------  -----------  --  ---------  -----------\n"
        "total                            0.00"
    )
    assert drafts.explanation == (
        "autopay of 2026-06-01 for 2026-06-01 up to 2026-07-01; included: nothing else\n"
        "\n"
        "held back      CAD  why\n"
        "---------  -------  ------------------------------\n"
        "R-06       1000.00  no agreement has a share of it\n"
        "\n"
        "agreement  left out, since\n"
        "---------  --------------------\n"
        "AP-0       agreed on 2026-07-01"
    )


def test_a_run_of_nothing() -> None:
    """The shortest explanation there is."""
    assert drafted([]).explanation == ("autopay of 2026-06-01 for 2026-06-01 up to 2026-07-01; included: nothing else")
