from pathlib import Path

import pytest

from detection.foreign_lists.e2guardian import read
from detection.foreign_lists.entry import Entry, Part, Wanted
from detection.library import Category
from tests.detection.foreign_lists.entries import BULLYING, LIST

WEIGHTED = """
#listcategory: "Gambling"
# odds and ends
.Include</etc/lists/more>
< bet >,<poker><40>
<jackpot> # said of machines
#listcategory: "Illegal Drugs"
<weed><-20>
< weed ><130>
"""


def entry(line: str) -> Entry:
    (found,) = read(LIST, line, BULLYING).entries
    return found


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("< loser >", Part("loser")),
        ("<loser>", Part("loser", embedded=True)),
        ("< loser>", Part("loser", open=True)),
        ("<loser >", Part("loser", embedded=True)),
        ("< you loser >", Part("you loser")),
    ],
)
def test_a_space_is_where_a_word_begins_or_ends(written: str, part: Part) -> None:
    assert entry(written).parts == (part,)


@pytest.mark.parametrize(
    ("line", "words", "weight"),
    [
        ("< one >", ["one"], 0),
        ("< one ><40>", ["one"], 40),
        ("< one ><50%>", ["one"], 50),
        ("< one ><250>", ["one"], 100),
        ("< one >,< two ><40>", ["one", "two"], 40),
        ("< one > , < two >,< three > <5>  # why", ["one", "two", "three"], 5),
        ("< 50 >", ["50"], 0),
    ],
)
def test_words_stand_alone_or_together_and_may_weigh(line: str, words: list[str], weight: int) -> None:
    found = entry(line)
    assert ([part.words for part in found.parts], found.weight) == (words, weight)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("loser", "is not <phrase>, <phrase>,<phrase> or <phrase><weight>"),
        ("<loser", "is not <phrase>, <phrase>,<phrase> or <phrase><weight>"),
        ("<loser><much>", "is not <phrase>, <phrase>,<phrase> or <phrase><weight>"),
        ("<loser><0>", "weighs nothing"),
        ("<loser><-5>", "has a negative weight, which a phrase cannot say"),
        ("<a>,<b>,<c>,<d><5>", "combines more than 3 phrases, which a phrase cannot say"),
        (".Include</etc/lists/more>", "includes another list; name that file too: /etc/lists/more"),
    ],
)
def test_a_line_that_cannot_be_taken_over_says_why(line: str, reason: str) -> None:
    (left_out,) = read(LIST, line, BULLYING).left_out
    assert str(left_out) == f"list.txt, line 1: {reason}; left out"


def test_a_heading_holds_until_the_next() -> None:
    found = read(LIST, WEIGHTED, Wanted())
    assert [(each.category, each.parts[0].words) for each in found.entries] == [
        (Category.GAMBLING, "bet"),
        (Category.GAMBLING, "jackpot"),
        (Category.DRUGS, "weed"),
    ]
    assert [each.place.line for each in found.left_out] == [4, 8]


def test_a_list_of_exceptions_makes_other_phrases_innocent() -> None:
    found = read(Path("exceptionphraselist"), "<book club>\n<a>,<b>", Wanted())
    assert (found.entries, found.exceptions) == ((), ("book club",))
    assert [each.refusal.reason for each in found.left_out] == [
        "is an exception for words in combination, which a phrase cannot say"
    ]
