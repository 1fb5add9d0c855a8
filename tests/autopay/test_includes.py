"""What autopay takes besides the regular part: the boxes, joined and as a row. Rule R12."""

from __future__ import annotations

import pytest

from arledger import Includes, IncreaseState, ItemClass, include


def test_boxes_are_joined() -> None:
    """R12: each box is a value, in any order, and twice is once."""
    joined = include.NEW_CHARGES | include.DEPOSITS | include.NEW_CHARGES
    assert joined == include.DEPOSITS | include.NEW_CHARGES == include.classes(ItemClass.NEW, ItemClass.DEPOSIT)
    assert joined.classes == (ItemClass.DEPOSIT, ItemClass.NEW)
    assert include.NOTHING | joined == joined
    assert include.classes() == include.NOTHING == Includes()
    assert (
        Includes([ItemClass.ONE_TIME_ADJUSTMENT], nets_adjustments=True, nets_credits=True)
        == include.NEGATIVE_CHARGES | include.LEASE_ADJUSTMENTS
    )


def test_other_fees_are_as_though_increases_and_adjustments_were_ticked() -> None:
    """R12: deposits apart."""
    assert (
        Includes(
            [
                ItemClass.ARREARS,
                ItemClass.ONE_TIME_ADJUSTMENT,
                ItemClass.NEW,
                ItemClass.OTHER,
                ItemClass.PENDING_INCREASE,
            ],
            nets_adjustments=True,
            pays_everything=True,
        )
        == include.OTHER_FEES
    )
    assert include.OTHER_FEES | include.PENDING_INCREASES | include.LEASE_ADJUSTMENTS == include.OTHER_FEES


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("deposits", include.DEPOSITS),
        ("pending_increases", include.PENDING_INCREASES),
        ("lease_adjustments", include.LEASE_ADJUSTMENTS),
        ("other_fees", include.OTHER_FEES),
        ("new_positive_charges", include.NEW_CHARGES),
        ("other_negative_charges", include.NEGATIVE_CHARGES),
    ],
)
def test_a_row_of_boxes_is_what_they_are_together(box: str, expected: Includes) -> None:
    """R12: the vendor's check boxes, for hosts that have them so."""
    assert include.boxes(**{box: True}) == expected
    assert include.boxes(**{box: False}) == include.NOTHING
    assert include.boxes(**{"deposits": True, box: True}) == expected | include.DEPOSITS


@pytest.mark.parametrize(
    ("includes", "text"),
    [
        (include.NOTHING, "nothing else"),
        (include.DEPOSITS, "deposits"),
        (include.PENDING_INCREASES | include.DEPOSITS, "deposits and pending increases"),
        (include.LEASE_ADJUSTMENTS, "one-time adjustments and credits that are adjustments"),
        (include.NEGATIVE_CHARGES, "credits"),
        (Includes(pays_everything=True), "whatever the stored amount"),
        (
            include.OTHER_FEES | include.DEPOSITS,
            (
                "arrears, deposits, one-time adjustments, new charges, other charges, pending increases, "
                "credits that are adjustments and whatever the stored amount"
            ),
        ),
        (include.classes(ItemClass.CURRENT, ItemClass.ARREARS), "arrears and current charges"),
    ],
    ids=str,
)
def test_what_is_included_as_a_sentence_says_it(includes: Includes, text: str) -> None:
    assert str(includes) == text


def test_states_and_classes_print_as_their_names() -> None:
    assert repr([ItemClass.NEW, IncreaseState.PENDING]) == "[ItemClass.NEW, IncreaseState.PENDING]"
