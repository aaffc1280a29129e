"""All ways to write all phrases as one graph, in which alike endings are kept once: a fiftieth of what a tree takes.

A node is a number. Its edges are those from ``starts[node]`` to ``starts[node + 1]``, in the order of their words.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from detection.vocabulary import SIZE

NUMBERS: Final = "I"


class WordGraph:
    __slots__ = ("ends", "starts", "targets", "words")

    def __init__(
        self, words: Sequence[int], targets: Sequence[int], starts: Sequence[int], ends: Sequence[int]
    ) -> None:
        """``ends``: for each node the number of what ends there, or 0. An edge leads to a node made before."""
        self.words, self.targets, self.starts, self.ends = words, targets, starts, ends

    @property
    def root(self) -> int:
        return len(self.ends) - 1

    def edges(self, node: int) -> Iterator[tuple[bytes, int]]:
        """The code of each word that may follow, and where it leads."""
        for edge in range(self.starts[node], self.starts[node + 1]):
            yield self.words[edge].to_bytes(SIZE, "big"), self.targets[edge]

    def is_last(self, node: int) -> bool:
        """Whether nothing follows."""
        return self.starts[node] == self.starts[node + 1]

    def walk(self, node: int, text: bytes, at: int) -> Sequence[tuple[int, int]]:
        """Go on from ``node`` with the words at ``at`` in the code of a text: where something ends, and its number."""
        words, targets, starts, ends = self.words, self.targets, self.starts, self.ends
        met: list[tuple[int, int]] = []
        while (first := starts[node]) != (last := starts[node + 1]):
            word = int.from_bytes(text[at : at + SIZE], "big")
            edge = bisect_left(words, word, first, last)
            if edge == last or words[edge] != word:
                break
            node, at = targets[edge], at + SIZE
            if end := ends[node]:
                met.append((at, end))
        return met

    def ways_through(self) -> Sequence[int]:
        """How many ways go on from each node, with the one that ends there."""
        ways = array(NUMBERS)
        for node, end in enumerate(self.ends):
            targets = self.targets[self.starts[node] : self.starts[node + 1]]
            ways.append((end > 0) + sum(ways[target] for target in targets))
        return ways


def woven(ways: Iterable[tuple[str, int]]) -> WordGraph:
    """``ways``: codes of a vocabulary in their order, each once, with the number (above 0) of what ends there."""
    weaving = _Weaving()
    for code, end in ways:
        weaving.add(code, end)
    return weaving.finish()


class _Weaving:
    """A graph as it grows: ways come in order, so what the last one does not share with the next is done."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._words, self._targets = array(NUMBERS), array(NUMBERS)
        self._starts, self._ends = array(NUMBERS, [0]), array(NUMBERS)
        self._known: dict[tuple[int, ...], int] = {}
        """Nodes by what ends there, and by the words and nodes that follow."""
        self._last: list[int] = []
        """The words of the last way."""
        self._open: list[list[int]] = [[0]]
        """And its nodes, as ``_known`` has them."""

    def add(self, code: str, end: int) -> None:
        words = [self._numbers[code[at : at + SIZE]] for at in range(0, len(code), SIZE)]
        shared = 0
        for word, before in zip(words, self._last, strict=False):
            if word != before:
                break
            shared += 1
        if len(self._open) > shared + 1:
            self._close(shared)
        for _ in range(len(words) - shared):
            self._open.append([0])
        self._open[-1][0] = end
        self._last = words

    def finish(self) -> WordGraph:
        self._close(0)
        self._node(self._open.pop())
        return WordGraph(self._words, self._targets, self._starts, self._ends)

    def _close(self, shared: int) -> None:
        while len(self._open) > shared + 1:
            node = self._node(self._open.pop())
            self._open[-1] += self._last[len(self._open) - 1], node

    def _node(self, said: list[int]) -> int:
        alike = tuple(said)
        if (node := self._known.get(alike)) is None:
            node = self._known[alike] = len(self._ends)
            self._ends.append(said[0])
            self._words.extend(said[1::2])
            self._targets.extend(said[2::2])
            self._starts.append(len(self._words))
        return node


class _Numbers(dict[str, int]):
    """The number of a word's code."""

    def __missing__(self, code: str) -> int:
        number = self[code] = int.from_bytes(code.encode("latin-1"), "big")
        return number
