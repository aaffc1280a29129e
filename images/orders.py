"""What is asked of the caged browser and what comes back: frames over a pair of pipes.

A frame is two lengths (4 bytes each, big endian), a JSON header, then its bodies one after the other. The answer comes
from a process that has read a hostile page, so its sizes and types are checked before they are believed.
"""

import json
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")
Box = tuple[float, float, float, float]
"""x, y, width, height in pixels."""
MAX_HEADER = 16 * 2**20
MAX_BODY = 128 * 2**20


class FrameError(Exception):
    """The other side has gone, or does not keep to the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One recorded answer, ready to be given to the page that asks for it."""

    url: str
    """Without its fragment."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Draw ``url`` from ``resources`` and nothing else."""

    url: str
    resources: tuple[Resource, ...]
    needles: tuple[str, ...] = ()
    """Words to mark and to bring into view, the most important first."""
    fit: int | None = None
    """So many pixels wide and as tall as the content; None for the size of the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """The drawn page."""

    png: bytes
    found: int = 0
    """How often the words stand in the page, seen or not."""
    boxes: tuple[Box, ...] = ()
    """Where the words stand in the picture, the ones it is centred on first."""
    unfinished: bool = False
    """The page was still loading."""
    error: str = ""
    """Why there is no picture; then ``png`` is empty."""


def write_order(stream: BinaryIO, order: Order) -> None:
    resources = [
        {"url": r.url, "status": r.status, "headers": r.headers, "length": len(r.body)} for r in order.resources
    ]
    header = {"url": order.url, "needles": order.needles, "fit": order.fit, "resources": resources}
    _write(stream, header, b"".join(r.body for r in order.resources))


def read_order(stream: BinaryIO) -> Order | None:
    """The next order, or None once nobody asks any more."""
    try:
        header, body = _read(stream)
    except FrameError:
        return None
    resources, at = [], 0
    for r in header["resources"]:
        headers = tuple((name, value) for name, value in r["headers"])
        content = body[at : at + r["length"]]
        resources.append(Resource(url=r["url"], status=r["status"], headers=headers, body=content))
        at += r["length"]
    return Order(url=header["url"], resources=tuple(resources), needles=tuple(header["needles"]), fit=header["fit"])


def write_shot(stream: BinaryIO, shot: Shot) -> None:
    _write(
        stream, {"found": shot.found, "boxes": shot.boxes, "unfinished": shot.unfinished, "error": shot.error}, shot.png
    )


def read_shot(stream: BinaryIO) -> Shot:
    """Raise FrameError unless a well-formed answer comes."""
    header, body = _read(stream)
    try:
        boxes = tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in header["boxes"])
        unfinished, error = bool(header["unfinished"]), str(header["error"])
        return Shot(png=body, found=int(header["found"]), boxes=boxes, unfinished=unfinished, error=error)
    except (KeyError, TypeError, ValueError) as e:
        raise FrameError("the browser's answer makes no sense") from e


def _write(stream: BinaryIO, header: dict[str, Any], body: bytes) -> None:
    head = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def _read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    head, body = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head > MAX_HEADER or body > MAX_BODY:
        raise FrameError("a frame is larger than any should be")
    try:
        header = json.loads(_exactly(stream, head))
    except ValueError as e:
        raise FrameError("a frame's header is not JSON") from e
    if not isinstance(header, dict):
        raise FrameError("a frame's header is not an object")
    return header, _exactly(stream, body)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    pieces = []
    while count:
        piece = stream.read(count)
        if not piece:
            raise FrameError("the other side has gone")
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
