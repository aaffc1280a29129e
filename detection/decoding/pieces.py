"""A written text with its coded pieces replaced by what they say, and where each of them stood."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

SHOWN = 80
"""Characters of coded writing that are repeated in a reason."""


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    end: int
    """Half-open range of what was written."""
    text: str
    coded: bool = True


class Decoded:
    """Pieces in the order they are to be read, which need not be the one they were written in."""

    def __init__(self, written: str, pieces: Iterable[Piece], name: str) -> None:
        self._written, self._pieces, self.name = written, tuple(pieces), name
        self.text = "".join(piece.text for piece in self._pieces)
        self._starts = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """A coded piece as a whole, however little of it is meant; None where no coded piece is touched."""
        touched = list(self._touched(start, end))
        if not any(piece.coded for piece, _, _ in touched):
            return None
        ranges = [
            (piece.start, piece.end) if piece.coded else (piece.start + first, piece.start + last)
            for piece, first, last in touched
        ]
        return min(first for first, _ in ranges), max(last for _, last in ranges)

    def said(self, start: int, end: int) -> str:
        return f"These words were written as {self.name}: “{self.shown(start, end)}”."

    def shown(self, start: int, end: int) -> str:
        """What stands for them in what was written, on one line and not at length."""
        origin = self.origin(start, end)
        written = " ".join(self._written[slice(*origin)].split()) if origin else ""
        return written if len(written) <= SHOWN else f"{written[:SHOWN]}…"

    def _touched(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Each piece with the half-open range of its own text."""
        at = bisect_right(self._starts, start) - 1
        while at < len(self._pieces) and self._starts[at] < end:
            piece, begins = self._pieces[at], self._starts[at]
            first, last = max(start, begins) - begins, min(end - begins, len(piece.text))
            if first < last:
                yield piece, first, last
            at += 1


class Deeper:
    """What stands coded in something decoded."""

    def __init__(self, outer: Decoded, inner: Decoded) -> None:
        self._outer, self._inner, self.text = outer, inner, inner.text

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        inside = self._inner.origin(start, end)
        return self._outer.origin(*inside) if inside else None

    def said(self, start: int, end: int) -> str:
        inside = self._inner.origin(start, end) or (start, end)
        shown = self._outer.shown(*inside)
        return f"These words were written as {self._inner.name}, and that as {self._outer.name}: “{shown}”."


def in_place(written: str, coded: Iterable[Piece]) -> list[Piece]:
    """The coded pieces, which do not overlap, with what stands between them as it stands."""
    pieces: list[Piece] = []
    at = 0
    for piece in sorted(coded, key=lambda piece: piece.start):
        if at < piece.start:
            pieces.append(Piece(at, piece.start, written[at : piece.start], coded=False))
        pieces.append(piece)
        at = piece.end
    if at < len(written):
        pieces.append(Piece(at, len(written), written[at:], coded=False))
    return pieces
