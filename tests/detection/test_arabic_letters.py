import pytest

from detection.arabic_letters import ONE_FOR_ANOTHER, STRETCH
from detection.normalise import key, normalise


def test_nothing_is_written_for_a_letter_that_is_itself_written_for_another() -> None:
    assert not set(ONE_FOR_ANOTHER) & set(ONE_FOR_ANOTHER.values())


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("میں ہوں", "ميں هوں"),  # Urdu, typed on a keyboard for Arabic
        ("کیا", "كيا"),
        ("علي", "على"),  # as in Egypt
        ("مدرسة", "مدرسه"),
        ("ﻣﺪﺭﺳﺔ", "مدرسة"),  # forms for print
        ("أمـــوت", "أموت"),
    ],
)
def test_a_word_is_the_same_on_every_keyboard(one: str, another: str) -> None:
    assert key(one) == key(another)


def test_letters_that_make_another_word_stay_apart() -> None:
    assert len({key(word) for word in ("كھانا", "كهانا", "بے", "بي", "بہ")}) == 5


def test_what_draws_a_word_out_is_part_of_the_match() -> None:
    original = f"قال أمـ{STRETCH}ـوت."
    assert original[slice(*normalise(original).span_of_words(1, 2))] == f"أمـ{STRETCH}ـوت"
