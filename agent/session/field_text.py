"""What a person writes in one field, as far as it is known, with what was corrected in it and what was taken back.

Round the place written at, the text is kept letter by letter with three things to each: the number of its sentence, who
put it there, and whether it is still to be said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agent.session import sentences
from agent.session.removal import Removal
from agent.session.sentences import GAP
from detection.observation import Mark

AROUND = 2000
"""Characters kept on each side of the place written at; what lies further away is another place."""
AT_ONCE = 12
"""Characters of more than a word that come in one go were not typed."""
WHOLE_FILE = 1000
"""Characters that come in one go, and not from the clipboard, into a field without any: a file is opened."""
_SENT_AFTER, _SENT_BEFORE = 1.0, 0.3
"""Seconds after Enter, and before it is heard, in which a field that empties itself was sent."""

_LETTER = re.compile(r"\w")
_STOOD, _TYPED, _PASTED, _SHOWN = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence to be said."""

    number: int
    text: str
    marks: frozenset[Mark] = frozenset()
    is_shown: bool = False


class FieldText:
    def __init__(self, next_number: Callable[[], int]) -> None:
        """``next_number``: for a new sentence, never the same."""
        self._next = next_number
        self._base = 0
        """Where the first kept character stands in the field."""
        self._text = ""
        self._numbers: list[int] = []
        self._by = bytearray()
        self._fresh = bytearray()
        self._removal: Removal | None = None
        self._entered_at = float("-inf")
        self._told: dict[int, str] = {}

    @property
    def waits(self) -> bool:
        return self._removal is not None or 1 in self._fresh

    def stood(self, start: int, text: str) -> None:
        """What is there already; said only together with what is written beside it. What is known of it stays known."""
        if self._is_known(start, text):
            return
        self._forget(start)
        self._put(0, text[: 2 * AROUND], _STOOD)

    def edited(self, start: int, removed: int, inserted: str, pasted: bool, now: float) -> list[Piece]:
        """Gives what this ends: what was taken back before it, and what lies too far away to be kept."""
        pieces = list(self._reach(start, removed, now))
        if removed:
            pieces += self._take(start - self._base, start - self._base + removed, now)
        if inserted:
            at = start - self._base
            pieces += self._end_of_removal(now, at, inserted)
            by = self._who(inserted, pasted)
            if len(inserted) > AROUND:
                return [*pieces, *self._all_at_once(start + len(inserted), inserted, by)]
            self._put(at, inserted, by)
            self._fresh[at : at + len(inserted)] = bytes([1]) * len(inserted)
            self._touch(at + len(inserted))
        if len(self._text) > 4 * AROUND:
            pieces += self.settle(now)
            self._shorten(start - self._base)
        return pieces

    def cleared(self, start: int, removed: int, now: float) -> list[Piece]:
        """A program took something out: what was written there is said as it stood, and nobody took it back."""
        pieces = [*self.settle(now), *self._reach(start, removed, now)]
        low, high = start - self._base, start - self._base + removed
        self._text = self._text[:low] + self._text[high:]
        for kept in (self._numbers, self._by, self._fresh):
            del kept[low:high]
        return pieces

    def ends_sentence(self) -> bool:
        """Whether what is still to be said ends where a sentence does."""
        last = self._fresh.rfind(1)
        return last >= 0 and sentences.has_ended(self._text, last + 1)

    def entered(self, now: float) -> None:
        self._entered_at = now

    def settle(self, now: float) -> list[Piece]:
        """All that is still to be said."""
        return [*self._end_of_removal(now), *self._unsaid()]

    def _reach(self, start: int, removed: int, now: float) -> Iterator[Piece]:
        """Makes room for a place that is not known yet: a gap where it is near, a new beginning where it is far."""
        before, after = self._base - start, start + removed - (self._base + len(self._text))
        if not self._text or max(before, after) > AROUND:
            yield from self.settle(now)
            self._forget(start)
            before, after = 0, removed
        if before > 0:
            yield from self._end_of_removal(now)
            self._put(0, GAP * before, _STOOD)
            self._base -= before
        if after > 0:
            yield from self._end_of_removal(now)
            self._put(len(self._text), GAP * after, _STOOD)

    def _take(self, start: int, end: int, now: float) -> list[Piece]:
        pieces = []
        if self._removal is None or not self._removal.goes_on(start, end, now):
            pieces = self._end_of_removal(now)
            self._removal = Removal(self._text, self._numbers.copy(), bytes(self._by), start, end, now)
        self._text = self._text[:start] + self._text[end:]
        for kept in (self._numbers, self._by, self._fresh):
            del kept[start:end]
        self._touch(start)
        if start:
            self._fresh[start - 1] = 1
        return pieces

    def _put(self, at: int, text: str, by: int) -> None:
        self._text = self._text[:at] + text + self._text[at:]
        self._numbers[at:at] = [0] * len(text)
        self._by[at:at] = bytes([by]) * len(text)
        self._fresh[at:at] = bytes(len(text))

    def _is_known(self, start: int, text: str) -> bool:
        low, high = max(start, self._base), min(start + len(text), self._base + len(self._text))
        return low < high and text[low - start : high - start] == self._text[low - self._base : high - self._base]

    def _touch(self, at: int) -> None:
        """The person's own that comes next may be a sentence by itself now, or belong to another."""
        if (found := _LETTER.search(self._text, at)) and self._by[found.start()] != _STOOD:
            self._fresh[found.start()] = 1

    def _who(self, inserted: str, pasted: bool) -> int:
        if pasted:
            return _PASTED
        if len(inserted) > WHOLE_FILE and not self._text.strip(GAP):
            return _SHOWN
        return _PASTED if len(inserted) >= AT_ONCE and len(inserted.split()) > 1 else _TYPED

    def _all_at_once(self, end: int, text: str, by: int) -> Iterator[Piece]:
        """Too long to be kept letter by letter: said whole, and the writing goes on at its end."""
        yield from self._unsaid()
        self._forget(end)
        marks = frozenset({Mark.PASTED} if by == _PASTED else ())
        yield Piece(number=self._next(), text=text.replace(GAP, "").strip(), marks=marks, is_shown=by == _SHOWN)

    def _end_of_removal(self, now: float, at: int = -1, inserted: str = "") -> list[Piece]:
        removal, self._removal = self._removal, None
        if removal is None or not removal.takes_back() or (inserted and removal.is_replaced(at, inserted, now)):
            return []
        if removal.took_all and -_SENT_BEFORE <= removal.at - self._entered_at <= _SENT_AFTER:
            return []
        low, high = _touched(removal)
        number = next((n for n in removal.places[low:high] if n), 0) or self._next()
        self._keep_number(number, low)
        text = sentences.shortened(removal.before[low:high], removal.low - low, removal.high - low)
        marks = _marks(removal.own[low:high]) | {Mark.DELETED}
        return [Piece(number=number, text=text, marks=marks)]

    def _keep_number(self, number: int, at: int) -> None:
        """What is left of the sentence goes on under the same number."""
        if self._text and at < len(self._text) and not self._numbers[at]:
            self._numbers[at] = number

    def _unsaid(self) -> list[Piece]:
        pieces: list[Piece] = []
        for low, high in _together(self._text, self._fresh, self._by):
            first = self._fresh.find(1, low, high)
            if first < 0:
                continue
            last = self._fresh.rfind(1, low, high)
            number = self._number(low, high)
            by = self._by[low:high]
            whole = _PASTED in by or _SHOWN in by
            text = self._text[low:high]
            text = text.replace(GAP, "").strip() if whole else sentences.shortened(text, first - low, last + 1 - low)
            if sentences.says_something(text) and self._told.get(number) != text:
                self._told[number] = text
                pieces.append(Piece(number=number, text=text, marks=_marks(by), is_shown=_SHOWN in by))
        self._fresh = bytearray(len(self._text))
        self._told = {n: self._told[n] for n in set(self._numbers) if n in self._told}
        return pieces

    def _number(self, low: int, high: int) -> int:
        """The sentence's own, which the beginning of one that was split keeps; a new one where it has none."""
        its_own = (n for n in dict.fromkeys(self._numbers[low:high]) if n and self._numbers.index(n) >= low)
        number = next(its_own, 0) or self._next()
        self._numbers[low:high] = [number] * (high - low)
        return number

    def _shorten(self, around: int) -> None:
        low = max(0, around - AROUND)
        self._base += low
        self._text = self._text[low : low + 2 * AROUND]
        for kept in (self._numbers, self._by, self._fresh):
            del kept[low + 2 * AROUND :], kept[:low]

    def _forget(self, base: int) -> None:
        self._base, self._text, self._removal = base, "", None
        self._numbers, self._by, self._fresh = [], bytearray(), bytearray()


def _touched(removal: Removal) -> tuple[int, int]:
    """From the first to the last of the sentences that lost something of the person's own."""
    found = [
        (start, end)
        for start, end in sentences.spans(removal.before)
        if start < removal.high and removal.low < end and any(removal.own[start:end])
    ]
    return found[0][0], found[-1][1]


def _together(text: str, fresh: bytearray, by: bytearray) -> list[tuple[int, int]]:
    """Sentences; those that were put in together in one go are said together."""
    joined: list[tuple[int, int]] = []
    for low, high in sentences.spans(text):
        new = any(fresh[low:high]) and any(kind in (_PASTED, _SHOWN) for kind in by[low:high])
        if joined and new and joined[-1][1] == low and by[low - 1] == by[low] != _TYPED and fresh[low - 1]:
            joined[-1] = joined[-1][0], high
        else:
            joined.append((low, high))
    return joined


def _marks(by: bytes | bytearray) -> frozenset[Mark]:
    own = len(by) - by.count(_STOOD)
    return frozenset({Mark.PASTED} if by.count(_PASTED) * 2 > own else ())
