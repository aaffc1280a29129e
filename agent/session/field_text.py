"""What a person writes in one field, as far as it is known, with what was corrected in it and what was taken back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agent.session import sentences
from agent.session.kept_letters import AROUND, PASTED, SHOWN, STOOD, TYPED, KeptLetters
from agent.session.removal import Removal
from agent.session.sentences import GAP
from detection.observation import Mark

AT_ONCE = 12
"""Characters of more than a word that come in one go were not typed."""
WHOLE_FILE = 1000
"""Characters that come in one go, and not from the clipboard, into a field without any: a file is opened."""
_SENT_AFTER, _SENT_BEFORE = 1.0, 0.3
"""Seconds after Enter, and before it is heard, in which a field that empties itself was sent."""


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
        self._kept = KeptLetters()
        self._removal: Removal | None = None
        self._entered_at = float("-inf")
        self._told: dict[int, str] = {}

    @property
    def waits(self) -> bool:
        return self._removal is not None or 1 in self._kept.fresh

    def stood(self, start: int, text: str) -> None:
        """What is there already; said only together with what is written beside it. What is known of it stays known."""
        if self._kept.has(start, text):
            return
        self._begin_at(start)
        self._kept.put(0, text[: 2 * AROUND], STOOD)

    def edited(self, start: int, removed: int, inserted: str, pasted: bool, now: float) -> list[Piece]:
        """Gives what this ends: what was taken back before it, and what lies too far away to be kept."""
        pieces = list(self._reach(start, removed, now))
        if removed:
            pieces += self._take(start - self._kept.base, start - self._kept.base + removed, now)
        if inserted:
            at = start - self._kept.base
            pieces += self._end_of_removal(now, at, inserted)
            by = self._who(inserted, pasted)
            if len(inserted) > AROUND:
                return [*pieces, *self._all_at_once(start + len(inserted), inserted, by)]
            self._kept.put(at, inserted, by, fresh=True)
            self._kept.touch(at + len(inserted))
        if len(self._kept.text) > 4 * AROUND:
            pieces += self.settle(now)
            self._kept.shorten(start - self._kept.base)
        return pieces

    def cleared(self, start: int, removed: int, now: float) -> list[Piece]:
        """A program took something out: what was written there is said as it stood, and nobody took it back."""
        pieces = [*self.settle(now), *self._reach(start, removed, now)]
        self._kept.cut(start - self._kept.base, start - self._kept.base + removed)
        return pieces

    def ends_sentence(self) -> bool:
        """Whether what is still to be said ends where a sentence does."""
        last = self._kept.fresh.rfind(1)
        return last >= 0 and sentences.has_ended(self._kept.text, last + 1)

    def entered(self, now: float) -> None:
        self._entered_at = now

    def settle(self, now: float) -> list[Piece]:
        """All that is still to be said."""
        return [*self._end_of_removal(now), *self._unsaid()]

    def _reach(self, start: int, removed: int, now: float) -> Iterator[Piece]:
        """Makes room for a place that is not known yet: a gap where it is near, a new beginning where it is far."""
        before, after = self._kept.base - start, start + removed - self._kept.end
        if not self._kept.text or max(before, after) > AROUND:
            yield from self.settle(now)
            self._begin_at(start)
            before, after = 0, removed
        if before > 0:
            yield from self._end_of_removal(now)
            self._kept.put(0, GAP * before, STOOD)
            self._kept.base -= before
        if after > 0:
            yield from self._end_of_removal(now)
            self._kept.put(len(self._kept.text), GAP * after, STOOD)

    def _take(self, start: int, end: int, now: float) -> list[Piece]:
        pieces = []
        if self._removal is None or not self._removal.goes_on(start, end, now):
            pieces = self._end_of_removal(now)
            self._removal = Removal(self._kept.text, self._kept.numbers.copy(), bytes(self._kept.by), start, end, now)
        self._kept.cut(start, end)
        self._kept.touch(start)
        if start:
            self._kept.fresh[start - 1] = 1
        return pieces

    def _who(self, inserted: str, pasted: bool) -> int:
        if pasted:
            return PASTED
        if len(inserted) > WHOLE_FILE and not self._kept.text.strip(GAP):
            return SHOWN
        return PASTED if len(inserted) >= AT_ONCE and len(inserted.split()) > 1 else TYPED

    def _all_at_once(self, end: int, text: str, by: int) -> Iterator[Piece]:
        """Too long to be kept letter by letter: said whole, and the writing goes on at its end."""
        yield from self._unsaid()
        self._begin_at(end)
        marks = frozenset({Mark.PASTED} if by == PASTED else ())
        yield Piece(number=self._next(), text=text.replace(GAP, "").strip(), marks=marks, is_shown=by == SHOWN)

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
        if self._kept.text and at < len(self._kept.text) and not self._kept.numbers[at]:
            self._kept.numbers[at] = number

    def _unsaid(self) -> list[Piece]:
        pieces: list[Piece] = []
        for low, high in _together(self._kept.text, self._kept.fresh, self._kept.by):
            first = self._kept.fresh.find(1, low, high)
            if first < 0:
                continue
            last = self._kept.fresh.rfind(1, low, high)
            number = self._number(low, high)
            by = self._kept.by[low:high]
            whole = PASTED in by or SHOWN in by
            text = self._kept.text[low:high]
            text = text.replace(GAP, "").strip() if whole else sentences.shortened(text, first - low, last + 1 - low)
            if sentences.says_something(text) and self._told.get(number) != text:
                self._told[number] = text
                pieces.append(Piece(number=number, text=text, marks=_marks(by), is_shown=SHOWN in by))
        self._kept.all_said()
        self._told = {n: self._told[n] for n in set(self._kept.numbers) if n in self._told}
        return pieces

    def _number(self, low: int, high: int) -> int:
        """The sentence's own, which the beginning of one that was split keeps; a new one where it has none."""
        its_own = (n for n in dict.fromkeys(self._kept.numbers[low:high]) if n and self._kept.numbers.index(n) >= low)
        number = next(its_own, 0) or self._next()
        self._kept.numbers[low:high] = [number] * (high - low)
        return number

    def _begin_at(self, base: int) -> None:
        """Nothing of what was before is known any more."""
        self._removal = None
        self._kept.forget(base)


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
        new = any(fresh[low:high]) and any(kind in (PASTED, SHOWN) for kind in by[low:high])
        if joined and new and joined[-1][1] == low and by[low - 1] == by[low] != TYPED and fresh[low - 1]:
            joined[-1] = joined[-1][0], high
        else:
            joined.append((low, high))
    return joined


def _marks(by: bytes | bytearray) -> frozenset[Mark]:
    own = len(by) - by.count(STOOD)
    return frozenset({Mark.PASTED} if by.count(PASTED) * 2 > own else ())
