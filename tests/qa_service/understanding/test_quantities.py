from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.understanding.conditions.types import NumberBound
from qa_service.understanding.quantities import Direction, Quantity, quantities_in, terms_with_units, value_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2,500", 2500),
        ("two thousand", 2000),
        ("seven", 7),
        ("twenty-five", 25),
        ("7.5", 7.5),
        ("half", 50),
        ("two thirds", 67),
        ("1.2 million", 1_200_000),
    ],
)
def test_a_quantity_in_digits_or_words_has_its_value(words: str, value: float) -> None:
    assert value_of(words) == value


@given(st.integers(0, 10**7))
def test_digits_with_commas_give_their_number(number: int) -> None:
    assert value_of(f"{number:,}") == value_of(str(number)) == number


def test_years_and_paragraph_numbers_are_no_quantities() -> None:
    text = "57. In 2019, and in the 2019/20 school year, 26 social workers held up to 33 cases each."
    assert [quantity.value for quantity in quantities_in(text)] == [26, 33]


def test_a_quantity_knows_the_words_close_to_it() -> None:
    first, second = quantities_in("The 26 social workers hold an average caseload of £40 a week.")
    assert "worker" in first.near
    assert "caseload" not in first.near
    assert "pound" in second.near


def test_signs_of_units_are_words() -> None:
    assert terms_with_units("£20 or 5%") == ["pound", "20", "5", "percent"]


def test_a_bound_counts_only_what_it_is_about() -> None:
    bound = NumberBound(frozenset({"case"}), low=25, strict=True)
    assert bound.allows(Quantity(26, frozenset({"case"})))
    assert not bound.allows(Quantity(25, frozenset({"case"})))
    assert not bound.allows(Quantity(26, frozenset({"worker"})))
    assert NumberBound(high=5).allows(Quantity(5, frozenset()))


def test_the_same_end_of_the_same_range_is_met() -> None:
    more_than_25 = NumberBound(frozenset({"case"}), low=25, strict=True)
    assert more_than_25.allows(Quantity(25, frozenset({"case"}), Direction.UP))
    assert not more_than_25.allows(Quantity(25, frozenset({"case"}), Direction.DOWN))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some social workers have more than 25 cases.", [(25, Direction.UP)]),
        ("Two thirds of care leavers are in work.", [(67, None)]),
        ("Halfway through half-term, a quarterly review was held.", []),
        ("Under section 47, COVID-19 and year 11.", []),
        ("A caseload of 26. Others hold up to 33.", [(26, None), (33, Direction.DOWN)]),
        ("more than twenty\nfive cases", [(25, Direction.UP)]),
    ],
)
def test_numbers_in_a_sentence(text: str, expected: list[tuple[float, Direction | None]]) -> None:
    assert [(quantity.value, quantity.direction) for quantity in quantities_in(text)] == expected


def test_words_that_are_no_number_are_an_error() -> None:
    with pytest.raises(ValueError, match="not a quantity: 'lots'"):
        value_of("lots")


def test_a_bound_that_no_number_meets_is_rejected() -> None:
    with pytest.raises(ValueError, match="at least 5 and at most 4"):
        NumberBound(low=5, high=4)
