"""MessagePack as the JSON values it stands for."""

import msgpack

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

_MOST_ITEMS = 100_000
"""In one array or map: room for as many as it claims is made before they are read."""
_MOST_VALUES = 5000
_DEEPEST = 100
_TOO_MANY = "exceeds max_"
"""What the library says of an array or a map with more."""


def values(body: bytes) -> list[Json]:
    """One after another, as far as the bytes are MessagePack."""
    found, end, is_limited = _values(body)
    if is_limited and end < len(body):
        leave_out()
    return found


def whole(body: bytes) -> list[Json] | None:
    """The values, if the bytes are nothing else and each is a map or an array; any text at all would do otherwise."""
    if not body or not (0x80 <= body[0] <= 0x9F or 0xDC <= body[0] <= 0xDF):
        return None
    found, end, _ = _values(body)
    return found if end == len(body) and all(isinstance(value, dict | list) for value in found) else None


def _values(body: bytes) -> tuple[list[Json], int, bool]:
    """With where they end, and whether it was for one of the limits."""
    unpacker = msgpack.Unpacker(raw=True, max_buffer_size=max(len(body), 1), max_array_len=_MOST_ITEMS,
                                max_map_len=_MOST_ITEMS, object_pairs_hook=_object, strict_map_key=False)  # fmt: skip
    unpacker.feed(body)
    found: list[Json] = []
    end = 0
    while len(found) < _MOST_VALUES and end < len(body):
        try:
            found.append(_json(unpacker.unpack(), 0))
        except (ValueError, OverflowError, msgpack.UnpackException) as e:
            return found, end, _TOO_MANY in str(e)
        end = unpacker.tell()
    return found, end, True


def _object(pairs: list[tuple[object, object]]) -> dict[str, object]:
    return {str(_json(key, _DEEPEST)): value for key, value in pairs}


def _json(value: object, depth: int) -> Json:
    """Bytes are a text where they are UTF-8; what JSON does not know (a point in time, a type of one's own) is None."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, str | int | float | bool):
        return value
    if depth >= _DEEPEST:
        leave_out()
        return None
    if isinstance(value, list):
        return [_json(inner, depth + 1) for inner in value]
    if isinstance(value, dict):
        return {key: _json(inner, depth + 1) for key, inner in value.items()}
    return None
