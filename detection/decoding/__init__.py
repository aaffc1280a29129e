"""What somebody wrote in Base64, ROT13, emoji and the like, read as it is meant."""

from collections.abc import Callable, Iterator
from itertools import islice

from detection.decoding.coded_bytes import from_base64, from_binary, from_hex, from_percent
from detection.decoding.emoji import from_emoji
from detection.decoding.pieces import Decoded, Deeper, Piece, in_place
from detection.decoding.swapped_letters import from_backwards, from_backwards_words, from_morse, from_rot13
from detection.reading import Reading

__all__ = ["ENCODINGS", "decoded", "hides_words"]

LONGEST = 20_000
"""Characters; what a person codes is short."""
MOST = 12
"""Readings of one text."""
Encoding = tuple[str, Callable[[str], list[Piece]]]
"""As a reviewer knows it, and what finds and reads it."""
_BYTES: tuple[Encoding, ...] = (
    ("Base64", from_base64),
    ("hexadecimal", from_hex),
    ("binary", from_binary),
    ("percent encoding", from_percent),
)
_LETTERS: tuple[Encoding, ...] = (
    ("ROT13", from_rot13),
    ("words spelt backwards", from_backwards_words),
    ("a sentence spelt backwards", from_backwards),
    ("Morse code", from_morse),
    ("emoji", from_emoji),
)
ENCODINGS = _BYTES + _LETTERS
_SWAPPED = frozenset(name for name, _ in _LETTERS)


def decoded(text: str) -> Iterator[Reading]:
    """Everything it may say that it does not say outright; what was coded twice as well. Nothing for ordinary text."""
    return islice(_readings(text), MOST) if len(text) <= LONGEST else iter(())


def hides_words(token: str) -> bool:
    """Whether what looks like a program's identifier is a sentence in coded bytes."""
    return any(" " in piece.text.strip() for decode in (from_base64, from_hex, from_binary) for piece in decode(token))


def _readings(text: str) -> Iterator[Reading]:
    for outer in _once(text, ENCODINGS):
        yield outer
        if len(outer.text) <= LONGEST:
            inside = _BYTES if outer.name in _SWAPPED else ENCODINGS  # swapped twice is as it was
            yield from (Deeper(outer, inner) for inner in _once(outer.text, inside))


def _once(text: str, encodings: tuple[Encoding, ...]) -> Iterator[Decoded]:
    for name, decode in encodings:
        if pieces := decode(text):
            reading = Decoded(text, pieces if decode is from_backwards else in_place(text, pieces), name)
            if reading.text != text:
                yield reading
