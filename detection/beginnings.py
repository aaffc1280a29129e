"""Meets all ways of a word graph in a text: their beginnings all at once by an automaton, the rest step by step."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from detection.vocabulary import SIZE
from detection.word_graph import NUMBERS, WordGraph

LONGEST = 100
"""Words of a beginning."""
_LETTERS = "latin-1"
Met = tuple[int, int, int]
"""Where it ends and where it begins, in letters of a text's code, and what the graph says that is."""


@dataclass(frozen=True, slots=True)
class Room:
    """How long beginnings are: the longer, the fewer are met in vain, and the more there are to be kept."""

    fewest: int
    """Words."""
    most: int | None = None
    """Ways that go on from one; None for any number."""


SWIFT, SMALL = Room(2, 32), Room(1)
"""For pages: 6 MB. For what is rarely looked at: half of one."""


class Beginnings:
    def __init__(self, graph: WordGraph, room: Room) -> None:
        self._graph, self._following = graph, _Following(graph)
        self._nodes, self._sizes = array(NUMBERS), array("B")
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        whole = list[tuple[bytes, int]]()
        for code, node, goes_on in _beginnings(graph, room):
            if goes_on:
                self._add(code, node)
            else:
                whole.append((code, node))
        self._going_on = len(self._nodes)
        """Those with a smaller number go on; the others end, and longer ones go on for them."""
        for code, node in whole:
            self._add(code, node)
        self._automaton.make_automaton()

    def _add(self, code: bytes, node: int) -> None:
        self._automaton.add_word(code.decode(_LETTERS), len(self._nodes))
        self._nodes.append(node)
        self._sizes.append(len(code) // SIZE)

    def find(self, text: str) -> list[Met]:
        """In the order of their ends, the longest first."""
        if not len(self._automaton):
            return []
        met: list[Met] = []
        nodes, sizes, ends, walk = self._nodes, self._sizes, self._graph.ends, self._graph.walk
        following = self._following
        letters = b""
        for last, number in self._automaton.iter(text):
            node, first = nodes[number], last + 1 - sizes[number] * SIZE
            if end := ends[node]:
                met.append((last + 1, first, end))
            if number < self._going_on and text[last + 1 : last + 1 + SIZE] in following[node]:
                letters = letters or text.encode(_LETTERS)
                for at, end in walk(node, letters, last + 1):
                    met.append((at, first, end))
        met.sort()
        return met


class _Following(dict[int, frozenset[str]]):
    """The words that go on from a node, made when it is first met: nineteen of twenty beginnings do not go on.

    It grows no further than the graph: one entry for each place at which a beginning goes on, whatever is read. All of
    the shipped library's together, which no day's reading meets, are 24,220 with 82,081 words: 15 MB."""

    def __init__(self, graph: WordGraph) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, node: int) -> frozenset[str]:
        words = self[node] = frozenset(word.decode(_LETTERS) for word, _ in self._graph.edges(node))
        return words


def _beginnings(graph: WordGraph, room: Room) -> Iterator[tuple[bytes, int, bool]]:
    """First words of ways, so that every way is met. With the node, and whether to go on from there; if not, something
    ends there, and longer beginnings stand for what goes on."""
    under = graph.ways_through() if room.most else ()
    unfinished = [(graph.root, b"")]
    while unfinished:
        node, before = unfinished.pop()
        for word, target in graph.edges(node):
            code = before + word
            size = len(code) // SIZE
            is_long = size >= room.fewest and (room.most is None or under[target] <= room.most)
            if is_long or graph.is_last(target) or size == LONGEST:
                yield code, target, True
                continue
            if graph.ends[target]:
                yield code, target, False
            unfinished.append((target, code))
