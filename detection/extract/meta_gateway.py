"""The data frames of Meta's gateway sockets (``gateway.facebook.com/ws/…``, ``gateway.instagram.com/ws/…``).

Source: mautrix-meta, package ``messagix/dgw`` (``frames.go``: a type, a stream, a length of three bytes, the least
first, an acknowledgement, the payload) and ``dgw_lightspeed.go`` (the payload: one byte, then JSON).
"""

from collections.abc import Iterator

from detection.extract.limits import leave_out

_ALONE = frozenset({4, 9, 10})
"""Frames of one byte: signed out, ping, pong."""
_END_OF_DATA = 14
_WITH_LENGTH = frozenset({12, 13, 15, 17})
_DRAIN = 3
_MOST_FRAMES = 500


def payloads(message: bytes) -> Iterator[bytes]:
    """Of every data frame in one WebSocket message, what it carries; of one cut short, what came of it."""
    at = 0
    for _ in range(_MOST_FRAMES):
        kind = message[at] if at < len(message) else -1
        if kind in _ALONE:
            at += 1
        elif kind == _END_OF_DATA:
            at += 3
        elif kind == _DRAIN:
            at += 5
        elif kind in _WITH_LENGTH and at + 6 <= len(message):
            end = at + 6 + int.from_bytes(message[at + 3 : at + 6], "little")
            if kind in (13, 17):
                yield message[at + (8 if kind == 13 else 9) : end]
            at = end
        else:
            return
    leave_out()


def json_in(payload: bytes) -> bytes:
    """From the first brace or bracket on: what stands before says how the payload is coded."""
    starts = [at for at in (payload.find(b"{"), payload.find(b"[")) if at >= 0]
    return payload[min(starts) :] if starts else b""
