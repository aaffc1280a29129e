"""Messages with plain defaults, and what an extractor makes of them."""

import json
from typing import Any

from detection.extract import Message, Passage, extract
from detection.observation import Channel, Direction

URL = "https://site.example/page"


def written(body: Any = b"", media_type: str = "", **changes: Any) -> Message:
    return _message(body, media_type, Direction.WRITTEN, changes)


def shown(body: Any = b"", media_type: str = "", **changes: Any) -> Message:
    return _message(body, media_type, Direction.SHOWN, changes)


def frame(body: Any, direction: Direction = Direction.WRITTEN, url: str = "wss://chat.example/socket") -> Message:
    return _message(body, "", direction, {"frame": True, "url": url})


def said(message: Message) -> list[tuple[Channel, str]]:
    return [(passage.channel, passage.text) for passage in extract(message)]


def only(message: Message) -> Passage:
    (passage,) = extract(message)
    return passage


def _message(body: Any, media_type: str, direction: Direction, changes: dict[str, Any]) -> Message:
    if isinstance(body, dict | list):
        media_type, body = media_type or "application/json", json.dumps(body)
    if isinstance(body, str):
        body = body.encode()
    method = "POST" if body and direction is Direction.WRITTEN else "GET"
    return Message(
        **{"url": URL, "method": method, "media_type": media_type, "body": body, "direction": direction} | changes
    )
