"""A table of bad lease files, each with every mistake that is told of it."""

from __future__ import annotations

import pickle

import pytest

from arledger import Mistake, SettingErrors, read_lease

BASE = 'id = "L-1"\ncurrency = "CAD"\nmove_in = 2026-08-20\n'
RENT = '[[items]]\nid = "rent"\nprice = 1'

NO_TOML = "write numbers without thousands separators, texts in quotation marks, and lists as [[items]]"

CASES = [
    pytest.param(
        "",
        [
            ("currency", "is missing", "write it"),
            ("items", "is missing", "write [[items]] before each"),
            ("id", "is missing", "write it"),
            ("move_in", "is missing", "write it"),
        ],
        id="nothing at all",
    ),
    pytest.param("id =", [("", "is no TOML: invalid value (at end of document)", NO_TOML)], id="no TOML"),
    pytest.param(
        "id = 'L\udcff'", [("", "holds bytes that are no UTF-8", "save it in UTF-8")], id="a byte that is no UTF-8"
    ),
    pytest.param(
        'id = 3\ncurrency = "CAD"\nmove_in = 2026-08-20\n' + RENT,
        [("id", "is 3, not text", "write it in quotation marks")],
        id="an id that is a number",
    ),
    pytest.param(
        'id = "L-1"\ncurrency = "cad"\nmove_in = 2026-08-20\n' + RENT,
        [("currency", "unknown currency 'cad'", "write CAD")],
        id="a currency in small letters",
    ),
    pytest.param(
        'id = "L-1"\ncurrency = 5\nmove_in = 2026-08-20\n' + RENT + ".555",
        [("currency", "is 5, not text", "write it in quotation marks")],
        id="a currency that is a number",
    ),
    pytest.param(
        'id = "L-1"\ncurrency = "CAD"\nmove_in = "2026-08-20"\n' + RENT,
        [("move_in", "is text, not a day", "write a day such as 2026-03-31, without quotation marks")],
        id="a day in quotation marks",
    ),
    pytest.param(
        'id = "L-1"\ncurrency = "CAD"\nmove_in = 2026-08-20T10:00:00\n' + RENT,
        [("move_in", "is a moment, not a day", "write a day such as 2026-03-31")],
        id="a moment",
    ),
    pytest.param(
        'id = "L-1"\ncurrency = "CAD"\nmove_in = 10:30:00\n' + RENT,
        [("move_in", "is time, not a day", "write a day such as 2026-03-31, without quotation marks")],
        id="a time of day",
    ),
    pytest.param(BASE + "items = []", [("items", "lease L-1: has no item", "write at least one")], id="no items"),
    pytest.param(
        BASE + "items = 5",
        [("items", "is 5, not a list of tables", "write [[items]] before each")],
        id="items that are a number",
    ),
    pytest.param(
        BASE + "move_out = 2026-08-19\n" + RENT,
        [("move_out", "lease L-1: move_out 2026-08-19 is before move_in 2026-08-20", "write the day of moving out")],
        id="a move-out before the move-in",
    ),
    pytest.param(
        BASE + "moveout = 2026-08-29\n" + RENT,
        [("moveout", "is no setting here", "did you mean move_out?")],
        id="a misspelled setting",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"', [("items[1].price", "is missing", "write it")], id="an item without a price"
    ),
    pytest.param(
        BASE + RENT + "\nprices = [{ amount = 1 }]",
        [("items[1].prices", "stands beside price", "keep one of them")],
        id="a price and prices",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprices = [{ amount = 1 }, { since = 2026-09-01 }]',
        [("items[1].prices[2].amount", "is missing", "write it")],
        id="a price without an amount",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprices = [{ amount = 1 }, { amount = 2 }]',
        [("items[1].prices", "prices: 1.00 CAD and 2.00 CAD since ever", "a day has one price")],
        id="two prices since ever",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprices = "1000"',
        [("items[1].prices", "is text, not a list of tables", "write them as [{ setting = value }]")],
        id="prices that are text",
    ),
    pytest.param(
        BASE + RENT + "000.005",
        [("items[1].price", "amount 1000.005 has 3 decimals, CAD allows 2", "round it first")],
        id="a price finer than a cent",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprice = "1,000"',
        [
            (
                "items[1].price",
                "amount '1,000' is no plain decimal number",
                "write the number without thousands separators, such as 1234.56",
            )
        ],
        id="a price with a comma",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprice = -5',
        [("items[1]", "price: amount -5.00 CAD is negative", "write a reduction under [[adjustments]]")],
        id="a negative price",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprice = true',
        [("items[1].price", "is true, not a number", "write a number such as 1000.00")],
        id="a price that is true",
    ),
    pytest.param(
        BASE + '[[items]]\nid = "rent"\nprice = nan',
        [("items[1].price", "amount NaN is no finite number", "")],
        id="a price that is no number",
    ),
    pytest.param(
        BASE + RENT + '\nper = "week"\ncategory = "parking"\nproratable = "yes"',
        [
            (
                "items[1].category",
                "unknown category 'parking'",
                (
                    "known are adjustment, cost, deposit, feature, fee, fine, interest, "
                    "late_fee, nsf_fee, other, rent, tax, utility"
                ),
            ),
            ("items[1].per", "unknown word 'week'", "known are day, month, period"),
            ("items[1].proratable", "is text, not true or false", "write true or false"),
        ],
        id="three words nobody knows",
    ),
    pytest.param(
        BASE + RENT + '\n[[items]]\nid = "rent"\nprice = 2',
        [
            (
                "id",
                "lease L-1: id rent stands twice",
                "ids are unique over the items, adjustments and deposits of a lease",
            )
        ],
        id="an id twice",
    ),
    pytest.param(
        BASE
        + RENT
        + '\n[[adjustments]]\nid = "off"\nchange = "-10 %"\ncode = "DISC"\nsince = 2026-09-01\nitem = "rnt"',
        [("", "lease L-1: adjustment off of an unknown item rnt", "did you mean rent?")],
        id="an adjustment of an unknown item",
    ),
    pytest.param(
        BASE + RENT + '\n[[adjustments]]\nid = "off"\nchange = "ten %"\nsince = 2026-09-01\nkind = "waiver"',
        [
            (
                "adjustments[1].change",
                "percent 'ten' is no plain decimal number",
                "write the number without a currency sign or letters, such as 12.34",
            ),
            ("adjustments[1].code", "is missing", "write it"),
            ("adjustments[1].kind", "unknown word 'waiver'", "known are adjustment, concession"),
        ],
        id="an adjustment of three mistakes",
    ),
    pytest.param(
        BASE + RENT + '\n[[adjustments]]\nid = "off"\nchange = 0\ncode = "DISC"\nsince = 2026-09-01',
        [("adjustments[1].change", "lease adjustment off: changes nothing", "write a change other than zero")],
        id="a change of nothing",
    ),
    pytest.param(
        BASE
        + RENT
        + '\n[[adjustments]]\nid = "off"\nchange = -5\ncode = "DISC"\nsince = 2026-09-01\nuntil = 2026-10-01',
        [
            (
                "adjustments[1].until",
                "lease adjustment off: has an end, and happens once",
                "write recurring = true, or leave out until",
            )
        ],
        id="an end of what happens once",
    ),
    pytest.param(
        BASE + RENT + '\n[[deposits]]\nid = "deposit"\namount = 0',
        [("deposits[1].amount", "lease deposit deposit: amount 0.00 CAD is not positive", "write an amount above 0")],
        id="a deposit of nothing",
    ),
    pytest.param(
        BASE + RENT + '\n[[deposits]]\nid = "deposit"\namount = 5\nsince = 2026-08-20\nheld_since = 2026-08-20',
        [
            (
                "deposits[1].since",
                "lease deposit deposit: is held already, and charged from 2026-08-20",
                "write since or held_since",
            )
        ],
        id="a deposit held and charged",
    ),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_a_bad_lease_file_is_told_in_these_words(text: str, told: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SettingErrors) as caught:
        read_lease(text, file="lease.toml")
    assert list(caught.value.mistakes) == [Mistake("lease.toml", *mistake) for mistake in told]


def test_all_mistakes_stand_in_the_text_of_the_error() -> None:
    with pytest.raises(SettingErrors) as caught:
        read_lease("", file="lease.toml")
    assert str(caught.value) == (
        "4 mistakes in the settings:\n"
        "lease.toml, currency: is missing; write it\n"
        "lease.toml, items: is missing; write [[items]] before each\n"
        "lease.toml, id: is missing; write it\n"
        "lease.toml, move_in: is missing; write it"
    )
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.mistakes) == (str(caught.value), caught.value.mistakes)


def test_one_mistake_is_one() -> None:
    with pytest.raises(SettingErrors) as caught:
        read_lease("id =")
    assert str(caught.value) == (
        f"1 mistake in the settings:\nlease: is no TOML: invalid value (at end of document); {NO_TOML}"
    )
