"""What is thrown hostile bytes at: each takes any bytes at all and must answer without an error, soon.

The first bytes choose how the rest is understood (a media type, a direction, a service), so that one target reaches all
of them. Used by Hypothesis in ``test_targets.py`` and by atheris in ``coverage_guided.py``.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from detection.conversations import Conversation
from detection.documents.read import read
from detection.extract import EXTRACTORS, Message, extract
from detection.extract.mail import read_mail
from detection.extract.mail.said import said_in
from detection.extract.media_types import EVENT_STREAM, FORM, MULTIPART
from detection.extract.services import SERVICES
from detection.normalise import normalise
from detection.observation import Direction
from tests.detection.conversations.talks import TALKS, Talk
from tests.detection.documents.factories import docx, odt, pdf, zipped
from tests.detection.extract.mail.mails import mail as plain_mail
from tests.detection.extract.mail.mails import multipart, part
from tests.detection.extract.services.examples import examples
from tests.detection.extract.wire import framed, number, sized

EXAMPLES = tuple(examples())
TYPES = (
    "", "text/plain", "text/html", "application/json", "application/xml", EVENT_STREAM, FORM, MULTIPART,
    "application/x-protobuf", "application/grpc-web+proto", "application/grpc-web-text", "application/msgpack",
    "multipart/mixed", "application/octet-stream", "message/rfc822", "application/graphql",
    "application/cbor", "application/bson",
)  # fmt: skip
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


def document(data: bytes) -> int:
    return len(read(data).text)


def mail(data: bytes) -> int:
    return len(list(said_in(read_mail(data), Direction.SHOWN, "mail")))


def conversation(data: bytes) -> int:
    """A byte says who speaks, the next two how many bytes; and so on."""
    talk, found = Conversation(), 0
    while data:
        size = int.from_bytes(data[1:3], "big")
        found += len(list(talk.feed(data[3 : 3 + size], from_client=data[0] & 1 == 1)))
        data = data[3 + size :]
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


def _turns(talk: Talk) -> bytes:
    return b"".join(bytes([is_client]) + len(said).to_bytes(2, "big") + said for is_client, said in talk.turns)


PROTOBUF = sized(1, "see you") + number(2, 7) + sized(3, sized(1, "there"))
PACKED = b"\x82\xa4text\xa7see you\xa4room\x07"
WITH_FILE = multipart("mixed", part("see you"), part("see you", "text/plain; name=a.txt"))
DOCUMENTS = docx("see you"), odt("see you"), pdf("see you"), zipped({"a.txt": "see"}), b"{\\rtf1 see you}"
BODIES = tuple(example.message.body for example in EXAMPLES)
TARGETS = (
    Target("by_format", by_format, (
        *(_with(n << 8, body) for n in range(8) for body in BODIES[::9]),
        _with(8 << 8, PROTOBUF), _with(9 << 8, framed(PROTOBUF)), _with(10 << 8, base64.b64encode(framed(PROTOBUF))),
        _with(11 << 8, PACKED), _with(12 << 8, WITH_FILE), _with(13 << 8, PACKED), _with(14 << 8, WITH_FILE),
        _with(15 << 8, b'mutation { say(text: "see you") { id } }'), _with(0x80, PROTOBUF), _with(0x80, PACKED),
    )),
    Target("by_service", by_service, tuple(_with(n, body) for n, body in enumerate(BODIES))),
    Target("by_address", by_address, (b"\0/search?q=a", b"\1/watch?v=x&t=1", b"\2/api/v9/channels/1/messages")),
    Target("every_extractor", every_extractor, BODIES),
    Target("document", document, DOCUMENTS),
    Target("mail", mail, (WITH_FILE, plain_mail())),
    Target("conversation", conversation, tuple(map(_turns, TALKS.values()))),
    Target("folding", folding, ("naïve caf\u0301e \u202e\u200b 𝐡𝐢".encode(), b"h.e.l.l.o", b"h3ll0 w0rld")),
)  # fmt: skip
