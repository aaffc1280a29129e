"""A letter as the request that carries it, as docs/wire.md has it."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime

from detection.client import Answer, Client
from detection.letters import Kind, Letter
from detection.wire import VERSION


def post(client: Client, letter: Letter, sent_at: Callable[[Letter], datetime]) -> Answer:
    """``sent_at``: now, by the clock that the letter was made by. NoAnswerError where none comes."""
    if letter.kind is Kind.BLOB:
        return client.request("PUT", f"/evidence/{letter.key}", letter.sealed, "application/octet-stream")
    method, path = "POST", "/detections"
    if letter.kind is Kind.SUPPLEMENT:
        method, path = "PUT", f"/detections/{letter.key}/evidence"
    return client.request(method, path, envelope(letter, sent_at(letter)), "application/json")


def envelope(letter: Letter, sent_at: datetime) -> bytes:
    """The body: what may be read without the key, and the sealed rest."""
    return json.dumps(
        {
            "version": VERSION,
            "id": letter.key,
            "reported_at": letter.reported_at,
            "sent_at": sent_at.astimezone(UTC).isoformat(),
            "sealed": base64.b64encode(letter.sealed).decode("ascii"),
        }
    ).encode()
