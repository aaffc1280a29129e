"""CBOR as the JSON values it stands for.

Source: RFC 8949, section 3 (a head says what follows and how long it is) and 3.2 (what ends with a break).
"""

import struct
from collections.abc import Iterator

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

_MOST_VALUES = 5000
_MOST_ITEMS = 200_000
"""In all of a body."""
_DEEPEST = 100
_NUMBER, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_BREAK = 0xFF
_OPEN = 31
"""Its end is a break."""
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_SIMPLE_VALUES: dict[int, Json] = {20: False, 21: True}
_OF_ITSELF = b"\xd9\xd9\xf7"
"""A tag that says that this is CBOR."""


def values(body: bytes) -> list[Json]:
    """One after another, as far as the bytes are CBOR."""
    found, end, is_limited = _values(body)
    if is_limited and end < len(body):
        leave_out()
    return found


def whole(body: bytes) -> list[Json] | None:
    """The values, if the bytes are nothing else and each is a map or an array; any text at all would do otherwise."""
    if not body or not (_ARRAY << 5 <= body[0] < _TAG << 5 or body.startswith(_OF_ITSELF)):
        return None
    found, end, _ = _values(body)
    return found if end == len(body) and all(isinstance(value, dict | list) for value in found) else None


def _values(body: bytes) -> tuple[list[Json], int, bool]:
    """With where they end, and whether it was for one of the limits."""
    walk, found, end = _Walk(body), list[Json](), 0
    while len(found) < _MOST_VALUES and end < len(body):
        try:
            found.append(walk.item(0))
        except TooMuch:
            return found, end, True
        except (ValueError, IndexError, struct.error):
            return found, end, False
        end = walk.at
    return found, end, True


class TooMuch(ValueError):
    """Too many items, or too deep."""


class _Walk:
    def __init__(self, body: bytes) -> None:
        self._body, self._items = body, _MOST_ITEMS
        self.at = 0

    def item(self, depth: int) -> Json:
        """The next one. Raises ValueError or IndexError where there is none."""
        self._items -= 1
        if self._items < 0 or depth > _DEEPEST:
            raise TooMuch
        kind, short, size = self._head()
        if kind == _SIMPLE:
            return self._simple(short, size)
        if kind in (_BYTES, _TEXT):
            return _text(self._string(kind, short, size))
        if kind == _ARRAY:
            return [self.item(depth + 1) for _ in self._each(short, size)]
        if kind == _MAP:
            return {_name(self.item(depth + 1)): self.item(depth + 1) for _ in self._each(short, size)}
        if short == _OPEN:
            raise ValueError("a number without an end")
        if kind == _TAG:
            return self.item(depth + 1)
        return size if kind == _NUMBER else -1 - size

    def _head(self) -> tuple[int, int, int]:
        """The kind, the number beside it, and what that stands for."""
        first = self._taken(1)[0]
        short = first & 31
        if short < 24 or short == _OPEN:
            return first >> 5, short, short
        if short > 27:
            raise ValueError("no CBOR")
        return first >> 5, short, int.from_bytes(self._taken(1 << short - 24))

    def _simple(self, short: int, size: int) -> Json:
        if short == _OPEN:
            raise ValueError("a break where nothing is open")
        if short in _FLOATS:
            number: float = struct.unpack(_FLOATS[short], size.to_bytes(1 << short - 24))[0]
            return number
        return _SIMPLE_VALUES.get(size)

    def _string(self, kind: int, short: int, size: int) -> bytes:
        if short != _OPEN:
            return self._taken(size)
        pieces = bytearray()
        for _ in self._each(short, size):
            inner, length, size = self._head()
            if inner != kind or length == _OPEN:
                raise ValueError("not a piece of the same")
            pieces += self._taken(size)
        return bytes(pieces)

    def _each(self, short: int, size: int) -> Iterator[int]:
        """Once for each thing inside."""
        if short != _OPEN:
            yield from range(size)
            return
        while self._body[self.at] != _BREAK:
            yield 0
        self.at += 1

    def _taken(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self._body):
            raise ValueError("breaks off")
        taken, self.at = self._body[self.at : end], end
        return taken


def _text(content: bytes) -> Json:
    """Bytes are a text where they are UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _name(key: Json) -> str:
    """Nothing for a key that holds others: written out, each level would be quoted once more."""
    return "" if isinstance(key, dict | list) else str(key)
