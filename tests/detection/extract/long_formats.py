"""What goes over a limit of one format: read, its first words are found, and its last are not."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import msgpack

from detection.extract import (
    batchexecute,
    binary_frame,
    cbor,
    grpc_frames,
    json_find,
    json_path,
    json_within,
    lightspeed,
    message_pack,
    meta_gateway,
    mqtt,
    phoenix,
    protobuf,
    protobuf_fields,
    shreddit,
    steam_frames,
)
from detection.extract.edit import Edit
from detection.extract.mail import read_mail
from detection.extract.services import gmail, teams
from detection.typed_text import TypedText
from tests.detection.extract.long_messages import FIRST, LAST, VOLUME, mixed
from tests.detection.extract.wire import framed, number, sized


def zipped(text: str) -> bytes:
    return gzip.compress(text.encode())


def _deep_protobuf(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = sized(1, content)
    return content


def _step(text: str) -> list[Any]:
    return [5, "insertMessage", text, *["x"] * 7, text[:5], "x", "who", "x"]


def _data(text: str) -> bytes:
    return b"\x0d\0\0" + (len(text) + 2).to_bytes(3, "little") + b"\0\0" + text.encode()


def _multi(frames: list[bytes], *, pack: bool = False) -> bytes:
    inside = b"".join(len(one).to_bytes(4, "little") + one for one in frames)
    body = number(1, len(inside)) + sized(2, gzip.compress(inside)) if pack else sized(2, inside)
    return (0x80000001).to_bytes(4, "little") + bytes(4) + body


def _job(text: str) -> bytes:
    header = sized(12, "FriendMessages.SendMessage#1")
    return (0x80000000 | 151).to_bytes(4, "little") + len(header).to_bytes(4, "little") + header + sized(1, text)


def _comment(text: str) -> str:
    return f"<shreddit-comment author=a permalink=/comments/b/><div slot=comment><p>{text}</p></div></shreddit-comment>"


def _record(text: str) -> bytes:
    packed = msgpack.packb([1, {}, None, "say", [text]])
    return bytes([len(packed)]) + packed


def _packed_request(text: str) -> str:
    body = base64.b64encode(gzip.compress(text.encode())).decode()
    return json.dumps({"headers": {"X-Microsoft-Skype-Content-Encoding": "gzip"}, "body": body})


def _cbor(text: str) -> bytes:
    return b"\x78" + bytes([len(text)]) + text.encode()


def _publish(payload: bytes) -> bytes:
    size = len(payload) + 3
    length = bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14])
    return b"\x30" + length + b"\0\1a" + payload


def _deep_mail(depth: int) -> bytes:
    inner = f"Content-Type: text/plain\r\n\r\n{LAST}\r\n"
    for at in range(depth):
        inner = f"Content-Type: multipart/mixed; boundary=c{at}\r\n\r\n--c{at}\r\n{inner}\r\n--c{at}--\r\n"
    return f"Subject: {FIRST}\r\n{inner}".encode()


def mail_of(body: bytes) -> bytes:
    return b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + body


READ: dict[str, Callable[[], object]] = {
    "calls of Google's batch": lambda: batchexecute.calls(json.dumps([[
        ["a", json.dumps([FIRST])], *[["b", "[]"]] * 110, ["c", json.dumps([LAST])]]])),
    "objects with a key": lambda: json_find.objects_with([{"a": FIRST}, *[{"a": 1}] * 5000, {"a": LAST}], "a"),
    "values looked through for a key": lambda: json_find.objects_with([{"a": FIRST}, *[1] * 500_000, {"a": LAST}], "a"),
    "values looked through for keys": lambda: json_within.holding([{"a": FIRST}, *[[]] * 300_000, {"a": LAST}], "a"),
    "values on a path": lambda: json_path.at([FIRST, *["x"] * 5000, LAST], "[]"),
    "steps of Lightspeed": lambda: lightspeed.pushed([_step(FIRST), *[[]] * 300_000, _step(LAST)]),
    "frames of Meta's gateway": lambda: meta_gateway.payloads(_data(FIRST) + b"\x09" * 600 + _data(LAST)),
    "jobs of Steam": lambda: steam_frames.jobs(_multi([_job(FIRST), *[_job("x")] * 600, _job(LAST)])),
    "what Steam unpacks to": lambda: steam_frames.jobs(
        _multi([_job(FIRST), _job(VOLUME * 4300), _job(LAST)], pack=True)),
    "fields of Steam": lambda: [steam_frames.fields(sized(1, FIRST) + b"\x10\x01" * 20_100 + sized(1, LAST))],
    "fields on the wire": lambda: protobuf_fields.each(sized(1, FIRST) + b"\x10\x01" * 20_100 + sized(1, LAST), 1),
    "marks of Reddit's page": lambda: shreddit.said_in(
        _comment(FIRST) + "<p slot=x></p>" * 10_100 + _comment(LAST)),
    "texts of a live page": lambda: [phoenix.parts_of(
        ["1", "2", "lv:a", "diff", {"0": FIRST, "1": ["two words"] * 2100, "2": LAST}])],
    "records of SignalR": lambda: binary_frame.opened(
        b"".join(_record(text) for text in (FIRST, *["x"] * 600, LAST))),
    "edits taken at once": lambda: TypedText().take(
        [Edit(0, f"{FIRST}.\n"), *[Edit(0, "x\n")] * 5000, Edit(0, f"{LAST}.\n")]),
    "mails of Gmail": lambda: gmail._mails([["msg-a:1", FIRST], *[[]] * 500_000, ["msg-a:2", LAST]]),
    "packed requests of Teams": lambda: [teams._body(json.loads(_packed_request(f"{FIRST} {VOLUME * 1100}{LAST}")))],
    "values of MessagePack": lambda: message_pack.values(
        msgpack.packb(FIRST) + msgpack.packb(1) * 5100 + msgpack.packb(LAST)),
    "items of a MessagePack array": lambda: message_pack.values(msgpack.packb(FIRST) + msgpack.packb([LAST] * 100_001)),
    "depth of MessagePack": lambda: message_pack.values(
        msgpack.packb(FIRST) + b"\x91" * 200 + msgpack.packb(LAST)),
    "values of CBOR": lambda: cbor.values(_cbor(FIRST) + b"\x01" * 5100 + _cbor(LAST)),
    "items of CBOR": lambda: cbor.values(_cbor(FIRST) + b"\x9f" + b"\x01" * 200_100 + _cbor(LAST) + b"\xff"),
    "depth of CBOR": lambda: cbor.values(_cbor(FIRST) + b"\x81" * 200 + _cbor(LAST)),
    "depth of protobuf": lambda: protobuf.texts(
        sized(1, FIRST) + _deep_protobuf(sized(1, LAST) + b"\x10\x01", 60)) or [],
    "fields of protobuf": lambda: protobuf.texts(sized(1, FIRST) + b"\x10\x01" * 200_100 + sized(1, LAST)) or [],
    "messages of gRPC": lambda: grpc_frames.messages(
        framed(FIRST.encode()) + framed(b"x") * 10_100 + framed(LAST.encode())),
    "what gRPC unpacks to": lambda: grpc_frames.messages(
        framed(FIRST.encode()) + framed(zipped(VOLUME * 9000 + LAST), 1)),
    "packets of MQTT": lambda: mqtt.published(
        _publish(FIRST.encode()) + _publish(b"x") * 210 + _publish(LAST.encode())) or [],
    "what MQTT inflates to": lambda: mqtt.published(
        _publish(FIRST.encode()) + _publish(zlib.compress((VOLUME * 4300 + LAST).encode()))) or [],
    "parts of a mail": lambda: [read_mail(mail_of(mixed("text/plain", 210)))],
    "depth of a mail": lambda: [read_mail(_deep_mail(10))],
    "text of a mail": lambda: [read_mail(f"Subject: x\r\n\r\n{FIRST}\n{'words ' * 90_000}{LAST}".encode())],
    "head of a mail": lambda: [read_mail(
        f"Subject: {FIRST}\r\n{(f'X: {VOLUME}' + chr(13) + chr(10)) * 270}\r\n{LAST}".encode())],
    "mails in a mail": lambda: [read_mail(mail_of(mixed("message/rfc822", 15, f"\r\n{FIRST}")))],
}  # fmt: skip
