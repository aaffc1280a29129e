"""Plain captures and recorded pages for the tests of images."""

import hashlib
import io
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from detection.observation import Channel, Direction, Evidence
from images.drawing import Drawing
from images.orders import Order, Resource

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
URL = "https://forum.example/threads/12"


def drawing(**changes: Any) -> Drawing:
    """A flagged forum post; ``ranges`` follow from ``needles``."""
    values: dict[str, Any] = {
        "kind": "text",
        "who": "Alex Example",
        "when": NOON,
        "where": URL,
        "app": "Forum",
        "channel": Channel.POST,
        "direction": Direction.WRITTEN,
        "category": "bullying",
        "severity": 3,
        "needles": ("nobody likes you",),
        "text": "Go away, nobody likes you at all.",
        "url": URL,
    }
    values.update(changes)
    values.setdefault("ranges", tuple(_ranges(values["text"], values["needles"])))
    return Drawing(**values)


def page(html: str | bytes, *others: tuple[str, str, bytes], **changes: Any) -> Drawing:
    """A flagged page, with what it loads as (address, media type, body)."""
    body = html if isinstance(html, bytes) else html.encode()
    recorded = evidence((URL, "text/html; charset=utf-8", body), *others)
    shown: dict[str, Any] = {"kind": "page", "channel": Channel.PAGE, "direction": Direction.SHOWN}
    return drawing(**{**shown, "evidence": recorded, **changes})


def evidence(
    *answers: tuple[str, str, bytes], status: int = 200, headers: tuple[tuple[str, str], ...] = ()
) -> Evidence:
    """A HAR of GETs; ``status`` and ``headers`` are the first one's."""
    entries = [
        _entry(url, media_type, body, 200 if number else status, () if number else headers)
        for number, (url, media_type, body) in enumerate(answers)
    ]
    har = {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": entries}}
    return Evidence(index=json.dumps(har).encode(), bodies={_name(body): body for _, _, body in answers})


def _entry(url: str, media_type: str, body: bytes, status: int, headers: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    named = [{"name": n, "value": v} for n, v in (("Content-Type", media_type), *headers)]
    content = {"size": len(body), "mimeType": media_type, "_sha256": _name(body)}
    request = {"method": "GET", "url": url, "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "queryString": []}
    response = {"status": status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "headers": named}
    sizes = {"headersSize": -1, "bodySize": -1}
    return {
        "startedDateTime": NOON.isoformat(),
        "time": 0,
        "request": {**request, **sizes},
        "response": {**response, **sizes, "content": content, "redirectURL": ""},
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }


def _name(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _ranges(text: str, needles: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(at, at + len(needle)) for needle in needles if (at := text.find(needle)) >= 0]


def order(html: str, *needles: str, fit: int | None = None) -> Order:
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Order(url=URL, resources=(Resource(url=URL, headers=headers, body=html.encode()),), needles=needles, fit=fit)


def square(colour: str, side: int = 100) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def count(picture: Image.Image, colour: tuple[int, int, int], box: tuple[int, int, int, int] | None = None) -> int:
    """Pixels of exactly that colour, in the whole or in (left, top, right, bottom)."""
    piece = picture.crop(box or (0, 0, *picture.size))
    colours = piece.getcolors(piece.width * piece.height) or []
    return sum(number for number, found in colours if found == colour)


def eventually(happened: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Ask until it has happened or the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.02)
    return happened()
