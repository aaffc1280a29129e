from hypothesis import given
from hypothesis import strategies as st

from detection.model.runs import KINDS, LONGEST_TEXT, runs


def test_case_and_accents_make_no_difference() -> None:
    assert runs("Été à Paris") == runs("ete a paris")


def test_the_order_of_words_makes_one() -> None:
    assert runs("the dog bit the man") != runs("the man bit the dog")


def test_words_that_are_spelt_alike_share_runs() -> None:
    assert len(set(runs("homework")) & set(runs("homewrok"))) >= 3


@given(st.text(max_size=1200))
def test_any_text_has_numbers_that_there_are_each_once(text: str) -> None:
    found = runs(text)
    assert found == sorted(set(found))
    assert all(0 <= number < KINDS for number in found)


def test_what_is_longer_than_is_read_changes_nothing() -> None:
    words = [f"word{number}" for number in range(2 * LONGEST_TEXT)]
    assert runs(" ".join(words)) == runs(" ".join(words[:LONGEST_TEXT]))
