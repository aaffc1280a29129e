"""Fields of a protobuf message by their numbers, from the wire's bytes or from the JSON lists of Google's pages.

Source: "Encoding", protobuf.dev; for the lists (a field's value stands at its number less one, high numbers in an
object at the end, or all of them in one object) closure-library's ``goog.proto2.PbLiteSerializer`` and
mautrix-googlechat, ``maugclib/pblite.py``.
"""

from collections.abc import Iterator

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

Value = bytes | Json

_VARINT, _EIGHT, _SIZED, _FOUR = 0, 1, 2, 5
_MOST_FIELDS = 20_000
"""Of one message on the wire."""


def one(message: Value, *numbers: int) -> Value:
    """What the last of the fields, each in the one before, holds; None where there is none."""
    for number in numbers:
        message = _last(message, number) if isinstance(message, bytes) else _at(message, number)
    return message


def each(message: Value, number: int) -> Iterator[Value]:
    """Every value of a repeated field."""
    if isinstance(message, bytes):
        yield from (value for found, value in _fields(message) if found == number)
    else:
        values = _at(message, number)
        yield from values if isinstance(values, list) else ()


def text(value: Value) -> str:
    """A string, or a number as one; "" of what is neither."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return ""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _at(message: Json, number: int) -> Json:
    if isinstance(message, dict):
        return message.get(str(number))
    if not isinstance(message, list) or not message:
        return None
    last = message[-1]
    if isinstance(last, dict) and str(number) in last:
        return last[str(number)]
    return message[number - 1] if number <= len(message) else None


def _last(message: bytes, number: int) -> Value:
    found: Value = None
    for which, value in _fields(message):
        if which == number:
            found = value
    return found


def _fields(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    """As far as the bytes are fields; of one cut short, what there is."""
    at = 0
    for _ in range(_MOST_FIELDS):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if number < 1:
            return
        if kind == _VARINT:
            value, at = _varint(message, at)
            if value < 0:
                return
            yield number, value
        elif kind == _SIZED:
            size, at = _varint(message, at)
            if size < 0:
                return
            yield number, message[at : at + size]
            at += size
        elif kind in (_EIGHT, _FOUR):
            at += 8 if kind == _EIGHT else 4
        else:
            return
    if at < len(message):
        leave_out()


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """The number and where it ends; -1 where there is none."""
    value = 0
    for place in range(10):
        if at + place >= len(message):
            break
        value |= (message[at + place] & 0x7F) << 7 * place
        if message[at + place] < 0x80:
            return value, at + place + 1
    return -1, len(message)
