"""What money is for, as a cell writes it; test_bad_rows has what is refused."""

from __future__ import annotations

import pytest

from arledger import Category, Designation, Money, where
from arledger.interchange.targets import designation_of

FIVE = Money("5.00", "CAD")


def read_cad(text: str) -> Money:
    return Money(text, "CAD")


@pytest.mark.parametrize(
    ("text", "designation"),
    [
        ("R-03", Designation("R-03")),
        ("R-03=5.00", Designation("R-03", FIVE)),
        (" R-03 = 5 ", Designation("R-03", FIVE)),
        ("charge:R-03", Designation("R-03")),
        ("charge:R:03=5", Designation("R:03", FIVE)),
        ("a=b=5", Designation("a=b", FIVE)),
        ("code:PARK", Designation(where.code("PARK"))),
        ("Code : PARK = 5.00", Designation(where.code("PARK"), FIVE)),
        ("invoice:17", Designation(where.invoice("17"))),
        ("category:Late fee", Designation(where.category(Category.LATE_FEE))),
        ("tag:subsidised=5", Designation(where.tagged("subsidised"), FIVE)),
    ],
)
def test_targets(text: str, designation: Designation) -> None:
    assert designation_of(text, read_cad) == designation
