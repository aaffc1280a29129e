"""Of a text that comes again and again, such as a document that is saved, the lines that were not in it before."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_LINES = 20_000
"""Remembered of all documents together; those not saved for longest are forgotten first."""
MOST_CONTENTS = 4_000


class WhatIsNew:
    """Remembers nothing that could be read: Python's own hashes, keyed anew for each process and gone with it."""

    def __init__(
        self,
        *,
        most_lines: int = MOST_LINES,
        most_contents: int = MOST_CONTENTS,
        fold: Callable[[str], str] = str.strip,
    ) -> None:
        """Lines that ``fold`` makes the same are the same."""
        self._most_lines, self._most_contents, self._fold = most_lines, most_contents, fold
        self._contents = OrderedDict[tuple[int, int], None]()
        self._lines = OrderedDict[Hashable, frozenset[int]]()
        self._count = 0

    def is_known(self, content: bytes) -> bool:
        """Whether just this was read before, under whatever name. From now on it was."""
        digest = (len(content), hash(content))
        known = digest in self._contents
        self._contents[digest] = None
        self._contents.move_to_end(digest)
        if len(self._contents) > self._most_contents:
            self._contents.popitem(last=False)
        return known

    def was_read(self, of: Hashable) -> bool:
        return of in self._lines

    def lines(self, of: Hashable, text: str) -> str:
        """Those of ``text`` that were not there when ``of`` was last read; all of them the first time."""
        before, lines = self._lines.get(of, frozenset()), text.split("\n")
        hashes = [hash(self._fold(line)) for line in lines]
        self._remember(of, frozenset(hashes))
        return "\n".join(line for line, known in zip(lines, hashes, strict=True) if known not in before).strip()

    def _remember(self, of: Hashable, hashes: frozenset[int]) -> None:
        self._count += len(hashes) - len(self._lines.pop(of, ()))
        self._lines[of] = hashes
        while self._count > self._most_lines and len(self._lines) > 1:
            _, forgotten = self._lines.popitem(last=False)
            self._count -= len(forgotten)
        if self._count > self._most_lines:
            self._lines[of] = frozenset()
            self._count = 0
