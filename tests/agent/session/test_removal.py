"""One go of deleting: a slip is corrected, whole words are taken back."""

import pytest

from agent.session.removal import Removal


def removal(before: str, low: int, high: int, own: bytes | None = None) -> Removal:
    return Removal(before, [0] * len(before), own or bytes([1]) * len(before), low, high, at=1.0)


def test_backspaces_in_a_row_are_one_go() -> None:
    going = removal("I like cats", 10, 11)
    assert going.goes_on(9, 10, 1.1)
    assert going.goes_on(8, 9, 1.2)
    assert (going.low, going.high, going.at) == (8, 11, 1.2)


def test_forward_deletion_is_one_go_too() -> None:
    going = removal("I like cats", 2, 3)
    assert going.goes_on(2, 3, 1.1)
    assert (going.low, going.high) == (2, 4)


def test_elsewhere_is_another_go() -> None:
    assert not removal("I like cats", 10, 11).goes_on(2, 3, 1.1)


@pytest.mark.parametrize(("low", "taken_back"), [(9, False), (7, True), (2, True)])
def test_only_whole_words_are_taken_back(low: int, taken_back: bool) -> None:
    assert removal("I like cats", low, 11).takes_back() == taken_back


def test_what_stood_there_before_the_person_came_is_not_taken_back() -> None:
    assert not removal("I like cats", 7, 11, bytes(11)).takes_back()


@pytest.mark.parametrize(
    ("before", "text", "at", "replaced"),
    [
        ("teh", "the", 1.0, True),
        ("nihao", "你好", 1.0, True),
        ("ri", "日", 1.0, True),
        ("teh", "the", 2.0, False),
        ("cats", "x", 1.0, False),
        ("no more", "something", 1.0, False),
    ],
)
def test_a_spelling_corrected_or_an_input_methods_letters_turned_are_replaced(
    before: str, text: str, at: float, replaced: bool
) -> None:
    assert removal(before, 0, len(before)).is_replaced(0, text, at) == replaced


def test_a_field_that_is_empty_afterwards_lost_all() -> None:
    assert removal("cats", 0, 4).took_all
    assert not removal("my cats", 3, 7).took_all
