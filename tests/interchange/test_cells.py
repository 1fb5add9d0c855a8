"""What one cell may say, in the ways that are read; test_bad_rows has those that are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arledger import Category, InvalidValue, UnknownName
from arledger.interchange.cells import (
    category_of,
    check_characters,
    currency_of,
    date_of,
    flag_of,
    id_of,
    whole_number_of,
    word_of,
)


@given(st.dates())
def test_a_date_reads_back(day: date) -> None:
    assert date_of(day.isoformat()) == day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_in_another_form_is_refused_and_its_own_day_is_among_the_hints(day: date) -> None:
    forms = [f"{day:%m/%d/%Y}", f"{day:%d.%m.%Y}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day} 00:00", f"{day} "]
    for form in forms:
        with pytest.raises(InvalidValue) as caught:
            date_of(form)
        assert str(day) in caught.value.hint


@given(st.text(max_size=12))
def test_a_date_is_read_or_refused_by_name(text: str) -> None:
    try:
        day = date_of(text)
    except InvalidValue as error:
        told = error.value
    else:
        told = str(day)
    assert told == text


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("blank", ["_", "-", " ", "  "])
def test_a_category_in_any_case_and_with_any_sign_between_words(category: Category, blank: str) -> None:
    words = category.value.replace("_", blank)
    assert category_of(words) is category
    assert category_of(words.upper()) is category
    assert category_of(f" {words.title()} ") is category


@pytest.mark.parametrize(
    ("text", "flag"), [("yes", True), ("No", False), ("TRUE", True), ("False", False), (" yes ", True)]
)
def test_flags(text: str, flag: bool) -> None:
    assert flag_of(text) is flag


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_whole_number_reads_back(number: int) -> None:
    assert whole_number_of(str(number)) == number


def test_words_ids_and_currencies() -> None:
    assert word_of(" Deposit - Interest ") == "deposit_interest"
    assert id_of("R 03/a") == "R 03/a"
    assert currency_of("KWD") == "KWD"


def test_an_unknown_category_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="unknown category 'pet'; known are adjustment"):
        category_of("pet")


@pytest.mark.parametrize("text", ["Größe 漢字 \U0001f600", "a\u00a0b", ""])
def test_plain_text_is_taken(text: str) -> None:
    check_characters(text)


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\x1bb", "a\x00", "a\x7f", "a\x85", "a\u2028b", "a\u2029b"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_characters(text)
    assert str(caught.value).endswith("; write plain text on one line")
