"""The JSON in the binary WebSocket messages of Meta's sites: MQTT packets (``/chat``) or gateway frames (``/ws/…``)."""

import base64
from collections.abc import Iterator

from detection.extract.json_documents import Json, documents
from detection.extract.json_path import first
from detection.extract.meta_gateway import json_in, payloads
from detection.extract.mqtt import published

_WORTH_DECODING = 40
"""Characters in base64; what is shorter holds no message with its names."""


def values(path: str, frame: bytes) -> Iterator[Json]:
    if path.startswith("/ws/"):
        for payload in payloads(frame):
            for value in _documents(json_in(payload)):
                yield value
                yield from _coded(value)
    else:
        for one in published(frame, cut=True) or ():
            yield from _documents(one.payload)


def _documents(data: bytes) -> Iterator[Json]:
    yield from documents(data.decode("utf-8", "replace"))


def _coded(value: Json) -> Iterator[Json]:
    """Instagram's gateway has a ``payload`` in base64, in which JSON lies between other fields."""
    payload = first(value, "payload")
    if len(payload) < _WORTH_DECODING or payload[0] in "{[":
        return
    try:
        yield from _documents(json_in(base64.b64decode(payload)))
    except ValueError:
        return
