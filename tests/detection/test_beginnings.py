import ahocorasick
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.beginnings import LONGEST, SMALL, SWIFT, Beginnings, Room
from detection.vocabulary import SIZE, Vocabulary
from detection.word_graph import woven

ROOMS = [SMALL, SWIFT, Room(1, 1), Room(3, 2)]


def beginnings(known: Vocabulary, ways: list[str], room: Room) -> Beginnings:
    numbered = {known.learn(way.split()): number for number, way in enumerate(ways, 1)}
    return Beginnings(woven(sorted(numbered.items())), room)


def met(known: Vocabulary, looked_for: Beginnings, text: str) -> list[tuple[int, int, int]]:
    return [
        (end // SIZE, first // SIZE, number) for end, first, number in looked_for.find(known.known().read(text.split()))
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_what_ends_first_is_named_first_and_of_those_the_longest(room: Room) -> None:
    known = Vocabulary((), str)
    looked_for = beginnings(known, ["hate", "i hate", "hate you all", "you"], room)
    assert met(known, looked_for, "well i hate you all") == [(3, 1, 2), (3, 2, 1), (4, 3, 4), (5, 2, 3)]


def test_of_nothing_nothing_is_found() -> None:
    known = Vocabulary((), str)
    assert met(known, beginnings(known, [], SWIFT), "hate") == []


def test_a_way_longer_than_any_beginning_is_found_whole() -> None:
    known = Vocabulary((), str)
    long = " ".join(f"w{number}" for number in range(2 * LONGEST))
    looked_for = beginnings(known, [long, f"{long} more"], Room(1, 1))
    assert met(known, looked_for, f"x {long} more") == [(2 * LONGEST + 1, 1, 1), (2 * LONGEST + 2, 1, 2)]


words = st.lists(st.sampled_from("abcd"), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize("room", ROOMS)
@given(ways=st.sets(words, min_size=1, max_size=30), text=st.lists(st.sampled_from("abcde"), max_size=20).map(" ".join))
def test_they_find_what_an_automaton_of_all_ways_finds_in_the_same_order(room: Room, ways: set[str], text: str) -> None:
    known = Vocabulary((), str)
    looked_for = beginnings(known, each := sorted(ways), room)
    automaton = ahocorasick.Automaton()
    for number, way in enumerate(each, 1):
        automaton.add_word(known.learn(way.split()), (len(way.split()), number))
    automaton.make_automaton()
    found = [((last + 1) // SIZE, *at) for last, at in automaton.iter(known.known().read(text.split()))]
    assert met(known, looked_for, text) == [(end, end - size, number) for end, size, number in found]


@given(
    ways=st.sets(words, min_size=1, max_size=30),
    texts=st.lists(st.lists(st.sampled_from("abcde"), max_size=20).map(" ".join), max_size=20),
)
def test_what_is_kept_while_reading_is_bounded_by_what_is_looked_for(ways: set[str], texts: list[str]) -> None:
    known = Vocabulary((), str)
    looked_for = beginnings(known, sorted(ways), SWIFT)
    for text in texts:
        met(known, looked_for, text)
    going_on = set(looked_for._nodes[: looked_for._going_on])
    assert looked_for._following.keys() <= going_on
    graph = looked_for._graph
    assert all(len(looked_for._following[node]) <= len(list(graph.edges(node))) for node in going_on)
