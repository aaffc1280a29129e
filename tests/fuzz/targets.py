"""What is thrown hostile bytes at: each takes any bytes at all and must answer without an error, soon.

The first bytes choose how the rest is understood (a media type, a direction, a service), so that one target reaches all
of them. Used by Hypothesis in ``test_targets.py`` and by atheris in ``coverage_guided.py``.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from detection.extract import EXTRACTORS, Message, extract
from detection.extract.media_types import EVENT_STREAM, FORM, MULTIPART
from detection.extract.services import SERVICES
from detection.normalise import normalise
from detection.observation import Direction
from tests.detection.extract.services.examples import examples

EXAMPLES = tuple(examples())
TYPES = ("", "text/plain", "text/html", "application/json", "application/xml", EVENT_STREAM, FORM, MULTIPART)
CHARSETS = ("", "utf-8", "utf-16", "iso-8859-1", "shift_jis", "gb18030", "no-such")


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    run: Callable[[bytes], int]
    """How much was found: passages, or characters."""
    seeds: tuple[bytes, ...]
    """Well-formed inputs to begin from."""


def by_format(data: bytes) -> int:
    chosen, body = data[:2].ljust(2, b"\0"), data[2:]
    message = Message(
        url="https://site.example/page",
        method="POST",
        media_type=TYPES[chosen[0] % len(TYPES)],
        charset=CHARSETS[chosen[1] % len(CHARSETS)],
        body=body,
        direction=Direction.WRITTEN if chosen[0] & 0x80 else Direction.SHOWN,
        frame=chosen[1] & 0x80 != 0,
    )
    return consume(message)


def by_service(data: bytes) -> int:
    """The body of a service's example is replaced; what stays is where and how it was sent."""
    chosen, body = int.from_bytes(data[:2], "big"), data[2:]
    return consume(replace(EXAMPLES[chosen % len(EXAMPLES)].message, body=body))


def by_address(data: bytes) -> int:
    service = SERVICES[data[0] % len(SERVICES)] if data else SERVICES[0]
    address = f"https://{service.hosts[0].replace('*', 'com')}{data[1:].decode('utf-8', 'replace')}"
    return sum(consume(Message(url=address, direction=direction)) for direction in Direction)


def every_extractor(data: bytes) -> int:
    """Also those that would not take the message: what one leaves to another today may change."""
    found = 0
    for extractor in EXTRACTORS:
        for direction in (Direction.WRITTEN, Direction.SHOWN):
            found += len(list(extractor.passages(Message(url="https://site.example/", body=data, direction=direction))))
    return found


def folding(data: bytes) -> int:
    return len(normalise(data.decode("utf-8", "surrogateescape")).text)


def consume(message: Message) -> int:
    passages = list(extract(message))
    for passage in passages:
        passage.text.encode()
        json.dumps([passage.conversation, passage.author, passage.app])
    return len(passages)


def _with(choice: int, body: bytes) -> bytes:
    return choice.to_bytes(2, "big") + body


BODIES = tuple(example.message.body for example in EXAMPLES)
TARGETS = (
    Target("by_format", by_format, tuple(_with(n << 8, body) for n in range(8) for body in BODIES[::9])),
    Target("by_service", by_service, tuple(_with(n, body) for n, body in enumerate(BODIES))),
    Target("by_address", by_address, (b"\0/search?q=a", b"\1/watch?v=x&t=1", b"\2/api/v9/channels/1/messages")),
    Target("every_extractor", every_extractor, BODIES),
    Target("folding", folding, ("naïve caf\u0301e \u202e\u200b 𝐡𝐢".encode(), b"h.e.l.l.o", b"h3ll0 w0rld")),
)  # fmt: skip
