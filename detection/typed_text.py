"""What a person types into a document, put together from its edits as far as it is known, and handed on by sentences.

Only what was put in is known, and the surroundings of it are not: a *stretch* is an unbroken run of known characters.
Edits by somebody else at the same moment are not seen here; they can set a stretch in the wrong place, not lose it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from detection.extract.edit import Edit
from detection.extract.limits import at_most

GROWN = 60
"""Characters after which a sentence that goes on is handed on as far as it has come."""
BEFORE = 200
"""Characters of the same paragraph handed on again for what they say about the new ones."""
LONGEST = 2000
"""Characters of a stretch that are remembered, round the place last written at."""
MOST_STRETCHES = 8
MOST_EDITS = 5000
"""Taken at one time; that there are more is noted."""

_END = re.compile(r"[.!?…؟۔।]+[\"'”’)»]*\s|[\n。！？]")
_ENDED = re.compile(r"(?:[.!?…؟۔।][\"'”’)»]*\s+|[\n。！？])\Z")
_BEGIN = re.compile(r"(?<=[.!?…؟۔।])[\"'”’)»]*\s+|(?<=[。！？])")
_SPACE = re.compile(r"\s")


@dataclass(slots=True)
class _Stretch:
    start: int
    """Where its first character stands in the document."""
    text: str = ""
    fresh: tuple[int, int] | None = None
    """From where to where in ``text`` something has changed that is not handed on yet."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def put(self, at: int, text: str) -> None:
        self.text = self.text[:at] + text + self.text[at:]
        low, high = self.fresh or (at, at)
        low = low if low <= at else low + len(text)
        high = high + len(text) if high >= at else high
        self.fresh = min(low, at), max(high, at + len(text))

    def take(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        low, high = (min(x, max(start, x - (end - start))) for x in self.fresh or (start, start))
        self.fresh = min(low, start), max(high, start)

    def complete(self) -> bool:
        """Whether a sentence has ended, or much has been written since it was last handed on."""
        if self.fresh is None:
            return False
        low, high = self.fresh
        if _END.search(self.text, max(low - 1, 0), high):
            return True
        grown = high - low
        return grown >= GROWN and (grown >= 2 * GROWN or not self.text[high - 1].isalnum())

    def handed_on(self) -> str:
        """What has changed with the sentences it belongs to."""
        if self.fresh is None:
            return ""
        (low, high), self.fresh = self.fresh, None
        return _plain(self.text[_begin(self.text, low) : _end(self.text, low, high)])

    def shorten(self, around: int) -> None:
        if len(self.text) > LONGEST:
            cut = max(0, min(around - LONGEST // 2, len(self.text) - LONGEST))
            self.start, self.text = self.start + cut, self.text[cut : cut + LONGEST]


class TypedText:
    def __init__(self) -> None:
        self._stretches: list[_Stretch] = []
        """In the document's order."""
        self._last: _Stretch | None = None
        """Where the person wrote last."""

    def take(self, edits: Iterable[Edit]) -> list[str]:
        """Apply them, and give what they complete: a sentence, a long piece, or what was left for another place."""
        texts: list[str] = []
        for edit in at_most(edits, MOST_EDITS):
            before = self._last
            self._apply(edit)
            if before is not None and before is not self._last:
                texts.append(before.handed_on())
            texts += self._bounded()
        if self._last is not None and self._last.complete():
            texts.append(self._last.handed_on())
        return [text for text in texts if text]

    def rest(self) -> list[str]:
        """What is not complete: for when nothing has come for a while."""
        return [text for stretch in self._stretches if (text := stretch.handed_on())]

    @property
    def waits(self) -> bool:
        return any(stretch.fresh for stretch in self._stretches)

    def _apply(self, edit: Edit) -> None:
        if edit.removed > 0:
            self._take_out(edit.at, edit.at + edit.removed)
        if edit.text:
            self._put_in(edit.at, _units(edit.text))
        self._join()

    def _take_out(self, start: int, end: int) -> None:
        for stretch in self._stretches:
            low, high = max(start, stretch.start), min(end, stretch.end)
            if low < high:
                stretch.take(low - stretch.start, high - stretch.start)
                self._last = stretch
            if stretch.start > start:
                stretch.start = max(start, stretch.start - (end - start))
        self._stretches = [stretch for stretch in self._stretches if stretch.text]
        if self._last is not None and not self._last.text:
            self._last = None

    def _put_in(self, at: int, text: str) -> None:
        found = next((stretch for stretch in self._stretches if stretch.start <= at <= stretch.end), None)
        for stretch in self._stretches:
            if stretch is not found and stretch.start >= at:
                stretch.start += len(text)
        if found is None:
            found = _Stretch(at)
            self._stretches.append(found)
            self._stretches.sort(key=lambda stretch: stretch.start)
        found.put(at - found.start, text)
        self._last = found

    def _join(self) -> None:
        """What has no gap between is one stretch."""
        for left, right in zip(self._stretches[:-1], self._stretches[1:], strict=True):
            if left.end >= right.start:
                begins = len(left.text)
                spans = [span for span in (left.fresh, _moved(right.fresh, begins)) if span]
                right.start, right.text = left.start, left.text + right.text
                right.fresh = (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None
                left.text = ""
                if self._last is left:
                    self._last = right
        self._stretches = [stretch for stretch in self._stretches if stretch.text]

    def _bounded(self) -> list[str]:
        """What has to be handed on now, because it is not kept."""
        texts = []
        if (last := self._last) is not None and len(last.text) > LONGEST:
            around = last.fresh[1] if last.fresh else len(last.text)
            texts.append(last.handed_on())
            last.shorten(around)
        while len(self._stretches) > MOST_STRETCHES:
            gone = next(stretch for stretch in self._stretches if stretch is not self._last)
            texts.append(gone.handed_on())
            self._stretches.remove(gone)
        return texts


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] + by, span[1] + by) if span else None


def _begin(text: str, low: int) -> int:
    """The beginning of the paragraph, or of the first sentence that is not too far back."""
    paragraph = text.rfind("\n", 0, low) + 1
    if low - paragraph <= BEFORE:
        return paragraph
    found = _BEGIN.search(text, low - BEFORE, low) or _SPACE.search(text, low - BEFORE, low)
    return found.end() if found else low - BEFORE


def _end(text: str, low: int, high: int) -> int:
    if low < high and _ENDED.search(text[max(low - 1, 0) : high]):
        return high
    paragraph = text.find("\n", high)
    found = _END.search(text, high, high + BEFORE)
    ends = [end for end in (paragraph, found.end() if found else -1) if end >= 0]
    return min([*ends, len(text), high + BEFORE])


def _units(text: str) -> str:
    """Every character above U+FFFF as its two surrogates, so that places are counted as the service counts them."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    pairs = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(pairs[::2], pairs[1::2], strict=True))


def _plain(text: str) -> str:
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip()
