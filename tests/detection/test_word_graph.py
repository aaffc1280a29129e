from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from detection.vocabulary import SIZE, Vocabulary
from detection.word_graph import WordGraph, woven

LETTERS = "latin-1"


def woven_of(known: Vocabulary, ways: Iterable[str]) -> WordGraph:
    numbered = {known.learn(way.split()): number for number, way in enumerate(ways, 1)}
    return woven(sorted(numbered.items()))


def walked(graph: WordGraph, known: Vocabulary, text: str) -> list[tuple[int, int]]:
    return list(graph.walk(graph.root, known.known().read(text.split()).encode(LETTERS), 0))


def test_every_way_that_a_text_begins_with_is_found_with_its_number() -> None:
    known = Vocabulary((), str)
    graph = woven_of(known, ["hate", "hate you", "hate you all", "like you"])
    assert walked(graph, known, "hate you so") == [(3, 1), (6, 2)]
    assert walked(graph, known, "like") == walked(graph, known, "stranger") == walked(graph, known, "") == []


def test_alike_endings_are_kept_once() -> None:
    known = Vocabulary((), str)
    ways = {known.learn([first, "hate", "you", "all"]): 1 for first in ("i", "we", "they", "people")}
    graph = woven(sorted(ways.items()))
    assert len(graph.ends) == 5
    assert list(graph.ways_through())[graph.root] == 4


def test_of_no_ways_nothing_is_found() -> None:
    known = Vocabulary((), str)
    assert walked(woven([]), known, "hate") == []


words = st.lists(st.sampled_from("abcd"), min_size=1, max_size=5).map(" ".join)


@given(ways=st.sets(words, max_size=30), text=words)
def test_what_is_found_is_what_the_ways_say(ways: set[str], text: str) -> None:
    known = Vocabulary((), str)
    graph = woven_of(known, each := sorted(ways))
    spoken = text.split()
    begun = [" ".join(spoken[:size]) for size in range(1, len(spoken) + 1)]
    said = [(SIZE * len(way.split()), each.index(way) + 1) for way in begun if way in ways]
    assert walked(graph, known, text) == said
