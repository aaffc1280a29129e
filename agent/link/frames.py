"""What session and service tell each other over their line: length-prefixed frames, pictures beside the JSON."""

import json
import struct
from dataclasses import dataclass

from agent.link.line import Hears, Says
from agent.orders import Orders, fields_of, read_orders
from agent.seen import Seen
from agent.standing import Standing, read_standing, standing_fields
from detection.json_object import JsonObject, WireError, read_object
from detection.observation import Channel, Direction, Mark

LARGEST = 32 * 2**20
"""Bytes of a frame; whoever announces more is not one of ours."""
ALIKE = 512
"""Bytes of every ``Taken``, so that its size says nothing."""
_LENGTHS = struct.Struct("!II")
"""Of the JSON, and of the pictures behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first thing a session says."""

    version: str
    desktop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The service has inspected it and committed whatever it flagged: the same answer either way."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStanding:
    """What is monitored now? Anybody at the device may ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What a session cannot see, and why, in sentences for whoever looks after the device; all there is to say now."""

    said: tuple[str, ...] = ()


Message = Hello | Seen | Taken | Orders | AskStanding | Standing | Unseen


class FrameError(ValueError):
    """Not a frame of ours; the connection is of no more use."""


def encode(message: Message) -> bytes:
    pictures = (message.picture, *message.earlier_pictures) if isinstance(message, Seen) else ()
    head = json.dumps(_fields(message)).encode()
    if isinstance(message, Taken):
        head = head.ljust(ALIKE - _LENGTHS.size)
    return b"".join((_LENGTHS.pack(len(head), sum(map(len, pictures))), head, *pictures))


def send(line: Says, message: Message) -> None:
    line.sendall(encode(message))


def receive(line: Hears) -> Message | None:
    """Wait for a whole one; None where the other end has gone. FrameError for what is none, OSError as lines do."""
    lengths = _exactly(line, _LENGTHS.size)
    if lengths is None:
        return None
    head, pictures = _LENGTHS.unpack(lengths)
    if head + pictures > LARGEST:
        raise FrameError("a frame is too large")
    body = _exactly(line, head + pictures)
    return None if body is None else decode(body[:head], body[head:])


def decode(head: bytes, pictures: bytes) -> Message:
    try:
        return _read(read_object(head), pictures)
    except WireError as e:
        raise FrameError(str(e)) from None


def _exactly(line: Hears, size: int) -> bytes | None:
    """None where the connection ends before."""
    parts, missing = list[bytes](), size
    while missing:
        part = line.recv(min(missing, 2**20))
        if not part:
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _fields(message: Message) -> dict[str, object]:
    match message:
        case Hello():
            return {"kind": "hello", "version": message.version, "desktop": message.desktop}
        case Taken():
            return {"kind": "taken", "id": message.id}
        case Unseen():
            return {"kind": "unseen", "said": message.said}
        case Orders():
            return {"kind": "orders"} | fields_of(message)
        case AskStanding():
            return {"kind": "ask-standing"}
        case Standing():
            return {"kind": "standing"} | standing_fields(message)
        case Seen():
            return {"kind": "seen"} | _seen_fields(message)


def _read(row: JsonObject, pictures: bytes) -> Message:
    match row.text("kind"):
        case "hello":
            return Hello(version=row.text("version"), desktop=row.text("desktop"))
        case "taken":
            return Taken(id=row.text("id"))
        case "unseen":
            return Unseen(said=row.texts("said"))
        case "orders":
            return read_orders(row)
        case "ask-standing":
            return AskStanding()
        case "standing":
            return read_standing(row)
        case "seen":
            return _read_seen(row, pictures)
    raise FrameError("a frame of a kind that is not known")


def _seen_fields(seen: Seen) -> dict[str, object]:
    return {
        "id": seen.id,
        "at": seen.at.isoformat(),
        "channel": seen.channel,
        "direction": seen.direction,
        "app": seen.app,
        "title": seen.title,
        "location": seen.location,
        "place": seen.place,
        "text": seen.text,
        "marks": sorted(seen.marks),
        "pictures": [str(len(picture)) for picture in (seen.picture, *seen.earlier_pictures)],
    }


def _read_seen(row: JsonObject, pictures: bytes) -> Seen:
    sizes = [_size(text) for text in row.texts("pictures")]
    if min(sizes, default=-1) < 0 or sum(sizes) != len(pictures):
        raise FrameError("the pictures are not as long as they are said to be")
    parts = [pictures[sum(sizes[:i]) : sum(sizes[: i + 1])] for i in range(len(sizes))]
    return Seen(
        id=row.text("id"),
        at=row.time("at"),
        channel=row.enum("channel", Channel),
        direction=row.enum("direction", Direction),
        app=row.text("app"),
        title=row.text("title"),
        location=row.text("location"),
        place=row.text("place"),
        text=row.text("text"),
        marks=row.enums("marks", Mark),
        picture=parts[0],
        earlier_pictures=tuple(parts[1:]),
    )


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
