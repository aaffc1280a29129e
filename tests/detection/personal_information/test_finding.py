import pytest

from detection.library import Category
from detection.personal_information.finding import FOUND, Finding, around, as_match, is_alone


def finding(start: int, end: int) -> Finding:
    return Finding(kind="phone", start=start, end=end, shown="07•", own=True)


def test_it_is_shown_counted_and_drawn_like_a_phrase_but_only_in_part() -> None:
    match = as_match(finding(3, 7))
    assert match.phrase.id == f"{FOUND}phone"
    assert (match.phrase.category, match.phrase.severity) == (Category.PERSONAL_INFORMATION, 2)
    assert (match.start, match.end, match.written) == (3, 7, "07•")


@pytest.mark.parametrize(
    ("text", "alone"), [("0770", True), (" 0770 x\n", True), ("😀 0770 ok", True), ("ring me 0770", False)]
)
def test_a_value_alone_is_told_from_one_among_words(text: str, alone: bool) -> None:
    at = text.index("0770")
    assert is_alone(text, finding(at, at + 4)) is alone


def test_the_words_around_do_not_hold_the_value_itself() -> None:
    assert around("It’s MINE 0770 ok", 10, 14) == "it's mine  \n  ok"
