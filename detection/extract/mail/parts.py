"""The parts a mail is made of, unpacked, in order, bounded in number, depth and size (RFC 2045, 2046)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detection.extract.limits import leave_out
from detection.extract.mail.headers import Head, head_of, unpacked_base64

MOST_PARTS = 200
DEEPEST = 8
_LONGEST_BOUNDARY = 200
_SKIPPED = frozenset({"application/ms-tnef", "application/vnd.ms-tnef", "application/pkcs7-signature",
                      "application/x-pkcs7-signature", "application/pgp-signature"})  # fmt: skip
"""winmail.dat, which only one program reads, and signatures."""


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf with its content, or a multipart with its parts."""

    head: Head
    content: bytes = b""
    parts: tuple["Part", ...] = ()

    @property
    def media_type(self) -> str:
        return self.head.value("content-type") or "text/plain"

    @property
    def name(self) -> str:
        """The file's, where it has one."""
        found = self.head.parameter("content-disposition", "filename") or self.head.parameter("content-type", "name")
        return " ".join(found.split())[:300]

    @property
    def is_attached(self) -> bool:
        return self.head.value("content-disposition") == "attachment" or bool(self.name)


@dataclass(slots=True)
class _Left:
    parts: int = field(default=MOST_PARTS)


def part_of(raw: bytes) -> Part:
    head = head_of(raw)
    return _part(head, raw[head.ends :], DEEPEST, _Left())


def _part(head: Head, body: bytes, deeper: int, left: _Left) -> Part:
    boundary = head.parameter("content-type", "boundary").rstrip()[:_LONGEST_BOUNDARY]
    if not (head.value("content-type").startswith("multipart/") and boundary):
        return Part(head, b"" if head.value("content-type") in _SKIPPED else _unpacked(head, body))
    if not deeper:
        leave_out()
        return Part(head)
    inner: list[Part] = []
    for piece in _pieces(body, boundary.encode("utf-8", "replace")):
        if not left.parts:
            leave_out()
            break
        left.parts -= 1
        below = head_of(piece)
        inner.append(_part(below, piece[below.ends :], deeper - 1, left))
    return Part(head, parts=tuple(inner))


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the delimiters; the last one may be missing."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    at = -1
    for found in line.finditer(body):
        if at >= 0:
            yield _after_line(body, at, found.start())
        if found[1]:
            return
        at = found.end()
    if at >= 0:
        yield _after_line(body, at, len(body))


def _after_line(body: bytes, at: int, end: int) -> bytes:
    start = body.find(b"\n", at, end)
    return body[start + 1 : end] if start >= 0 else b""


def _unpacked(head: Head, body: bytes) -> bytes:
    match head.value("content-transfer-encoding"):
        case "base64":
            return unpacked_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body)
        case _:
            return body
