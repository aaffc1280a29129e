from hypothesis import given
from hypothesis import strategies as st

from detection.places import CHUNK, Places


def test_the_nth_letter_is_found_where_it_stands() -> None:
    assert [Places("a bc", lambda part: len(part) - part.count(" ")).of(number) for number in range(3)] == [0, 2, 3]


def test_of_a_character_that_counts_for_two_either_leads_to_it() -> None:
    assert [Places("aßb", lambda part: len(part.casefold())).of(number) for number in range(4)] == [0, 1, 1, 2]


@given(st.integers(0, 3 * CHUNK), st.text("ab ", max_size=20))
def test_far_into_a_long_text_as_well(before: int, text: str) -> None:
    places = Places(" b" * before + "a" + text, lambda part: part.count("a"))
    assert places.of(0) == 2 * before
