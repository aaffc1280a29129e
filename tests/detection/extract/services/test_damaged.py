"""Whatever becomes of a message on its way, its service answers: cut short, bytes changed, values of another kind."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from detection.extract.base import Message
from detection.extract.json_documents import Json
from detection.extract.services import service_at
from tests.detection.extract.services.examples import Example, examples

CUTS, CHANGES = 25, 25
KINDS: tuple[Json, ...] = (None, True, 7, "x", [], {}, [None], {"x": [1]}, [[["x"]]])


def damaged(message: Message) -> Iterator[Message]:
    body, chance = message.body, random.Random(0)
    for at in range(0, len(body), max(1, len(body) // CUTS)):
        yield replace(message, body=body[:at])
    for _ in range(CHANGES if body else 0):
        at = chance.randrange(len(body))
        yield replace(message, body=body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :])
    try:
        value: Json = json.loads(body)
    except ValueError:
        return
    for kind in KINDS:
        for other in (kind, *otherwise(value, kind)):
            yield replace(message, body=json.dumps(other).encode())


def otherwise(value: Json, kind: Json) -> Iterator[Json]:
    """The value with each of its parts, in turn, of another kind."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        for other in (kind, *otherwise(part, kind)):
            changed = value.copy() if isinstance(value, dict | list) else value
            changed[key] = other  # type: ignore[index]
            yield changed


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example.service}: {example.what}")
def test_a_damaged_message_is_answered(example: Example) -> None:
    service = service_at(example.message.url)
    assert service is not None
    for message in damaged(example.message):
        for passage in service.read(message) or ():
            assert passage.text.strip() or passage.edits
