import pytest

from detection.foreign_lists.entry import Part, Wanted
from detection.foreign_lists.plain import part, read
from tests.detection.foreign_lists.entries import BULLYING, LIST


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("go away", ["go away"]),
        ("  go away\t", ["go away"]),
        ("", []),
        ("# a comment", []),
        ("#comment", []),
        ("go away # said in anger", ["go away"]),
        ("go away #", ["go away"]),
        ("tag #two", ["tag #two"]),
    ],
)
def test_a_line_is_a_phrase_or_a_comment(line: str, words: list[str]) -> None:
    reading = read(LIST, line, BULLYING)
    assert [entry.parts[0].words for entry in reading.entries] == words
    assert not reading.left_out


@pytest.mark.parametrize(("words", "open_"), [("loser", False), ("loser*", True), ("los*er", False)])
def test_a_star_at_the_end_is_any_ending(words: str, open_: bool) -> None:
    assert part(words) == Part(words.rstrip("*"), open=open_)


def test_category_and_severity_are_those_that_were_named() -> None:
    (entry,) = read(LIST, "\ngo away", BULLYING).entries
    assert (entry.place.line, entry.category, entry.severity) == (2, BULLYING.category, BULLYING.severity)


def test_without_a_category_every_row_is_left_out() -> None:
    reading = read(LIST, "go away\nget lost", Wanted())
    assert [str(each) for each in reading.left_out] == [
        "list.txt, line 1: has no heading; name a category with --category; left out",
        "list.txt, line 2: has no heading; name a category with --category; left out",
    ]
