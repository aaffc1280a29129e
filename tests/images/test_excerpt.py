import pytest
from hypothesis import given
from hypothesis import strategies as st

from images.excerpt import AROUND, Excerpt, Part, excerpt


def whole(cut: Excerpt) -> str:
    return "".join(part.text for part in cut.parts)


def test_a_short_text_stays_whole_with_its_words_marked() -> None:
    cut = excerpt("go away you", ((3, 7),))
    assert cut == Excerpt(parts=(Part("go "), Part("away", marked=True), Part(" you")))


@pytest.mark.parametrize(
    "ranges",
    [((3, 7), (5, 9)), ((5, 9), (3, 7)), ((3, 9), (4, 5)), ((3, 7), (7, 9))],
    ids=["overlapping", "in any order", "one in another", "touching"],
)
def test_ranges_that_meet_are_one_mark(ranges: tuple[tuple[int, int], ...]) -> None:
    assert [p.text for p in excerpt("go away you", ranges).parts if p.marked] == ["away y"]


def test_a_long_text_is_cut_around_the_leading_match() -> None:
    text = "a" * 5000 + "HERE" + "b" * 5000
    cut = excerpt(text, ((5000, 5004), (10, 20)))
    assert cut.cut_before
    assert cut.cut_after
    assert whole(cut) == "a" * AROUND + "HERE" + "b" * AROUND
    assert [p.text for p in cut.parts if p.marked] == ["HERE"]


def test_many_empty_lines_cannot_push_the_words_out_of_the_picture() -> None:
    text = "\n" * 500 + "HERE" + "\n" * 500
    assert whole(excerpt(text, ((500, 504),))).count("\n") < 30


def test_ranges_outside_the_text_are_left_alone() -> None:
    assert excerpt("short", ((50, 60), (-5, -1), (3, 3))).parts == (Part("short"),)


def test_a_text_without_ranges_begins_at_its_beginning() -> None:
    cut = excerpt("x" * 5000, ())
    assert not cut.cut_before
    assert cut.cut_after


@given(st.text(max_size=3000), st.lists(st.tuples(st.integers(-5, 3005), st.integers(-5, 3005)), max_size=5))
def test_an_excerpt_is_always_a_piece_of_the_text(text: str, ranges: list[tuple[int, int]]) -> None:
    cut = excerpt(text, tuple(ranges))
    assert whole(cut) in text
    assert cut.cut_before or text.startswith(whole(cut))
    assert all(part.text for part in cut.parts)
