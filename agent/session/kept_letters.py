"""The text round the place written at, letter by letter, as far as it is known of one field.

Three things are kept to each: the number of its sentence (0: none yet), who put it there, and whether it is still
to be said.
"""

import re

AROUND = 2000
"""Characters kept on each side of the place written at; what lies further away is another place."""
STOOD, TYPED, PASTED, SHOWN = range(4)
"""Who put it there: nobody that was seen, or the person, by key or from the clipboard, or a file that was opened."""

_LETTER = re.compile(r"\w")


class KeptLetters:
    """Places are counted from the first letter kept."""

    def __init__(self) -> None:
        self.base = 0
        """Where that one stands in the field."""
        self.text = ""
        self.numbers: list[int] = []
        self.by = bytearray()
        self.fresh = bytearray()
        """1: still to be said."""

    @property
    def end(self) -> int:
        """Where the first letter behind them stands in the field."""
        return self.base + len(self.text)

    def has(self, start: int, text: str) -> bool:
        """Whether that is what is kept, as far as it is, of what stands at ``start`` in the field."""
        low, high = max(start, self.base), min(start + len(text), self.end)
        return low < high and text[low - start : high - start] == self.text[low - self.base : high - self.base]

    def put(self, at: int, text: str, by: int, *, fresh: bool = False) -> None:
        self.text = self.text[:at] + text + self.text[at:]
        self.numbers[at:at] = [0] * len(text)
        self.by[at:at] = bytes([by]) * len(text)
        self.fresh[at:at] = bytes([fresh]) * len(text)

    def cut(self, low: int, high: int) -> None:
        self.text = self.text[:low] + self.text[high:]
        for kept in (self.numbers, self.by, self.fresh):
            del kept[low:high]

    def touch(self, at: int) -> None:
        """The person's own that comes next may be a sentence by itself now, or belong to another."""
        if (found := _LETTER.search(self.text, at)) and self.by[found.start()] != STOOD:
            self.fresh[found.start()] = 1

    def all_said(self) -> None:
        self.fresh = bytearray(len(self.text))

    def shorten(self, around: int) -> None:
        """To those near that place."""
        low = max(0, around - AROUND)
        self.base += low
        self.text = self.text[low : low + 2 * AROUND]
        for kept in (self.numbers, self.by, self.fresh):
            del kept[low + 2 * AROUND :], kept[:low]

    def forget(self, base: int) -> None:
        """All of them: the next is put at ``base``."""
        self.base, self.text = base, ""
        self.numbers, self.by, self.fresh = [], bytearray(), bytearray()
