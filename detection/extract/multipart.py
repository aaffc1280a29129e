"""The parts of a multipart body, with where each lies in the bytes."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r'[;\s]name\*?=(?:"([^"]*)"|([^\s;]+))', re.I)
_FILE_NAME = re.compile(r'filename\*?=(?:"([^"]*)"|([^\s;]+))', re.I)
_TYPE = re.compile(r"^content-type:\s*([^\s;]+)", re.I | re.M)
_CODED = re.compile(rb"^content-transfer-encoding:[ \t]*(base64|quoted-printable)\b", re.I | re.M)
_CHARSET_PREFIX = re.compile(r"^[\w-]+'[\w-]*'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    file_name: str | None
    media_type: str
    head: int
    """Where its own headers begin."""
    start: int
    end: int
    """Half-open range of the content in the body."""


def parts(body: bytes) -> Iterator[Part]:
    """The boundary is read off the first line, so the content-type's parameter is not needed."""
    boundary = boundary_of(body)
    at = body.find(b"\n", body.find(boundary)) + 1
    while boundary:
        found = body.find(b"\n" + boundary, at)
        end = found if found >= 0 else len(body)
        if part := _part(body, at, end):
            yield part
        line_end = body.find(b"\n", end + 1)
        if found < 0 or line_end < 0:
            return
        at = line_end + 1


def content(body: bytes, part: Part) -> bytes:
    """Its bytes, without the coding for the way that some programs put on one, as mails have it."""
    raw = body[part.start : part.end]
    found = _CODED.search(body, part.head, part.start)
    if not found:
        return raw
    if found[1].lower() == b"quoted-printable":
        return binascii.a2b_qp(raw)
    packed = b"".join(raw.split())
    try:
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    except ValueError:
        return raw


def boundary_of(body: bytes) -> bytes:
    """With its two hyphens; empty where the body is not multipart."""
    first = body.find(b"--")
    line_end = body.find(b"\n", first, first + 200)
    boundary = body[first:line_end].rstrip() if first >= 0 and line_end >= 0 else b""
    return boundary if len(boundary) > 2 else b""


def _part(body: bytes, at: int, end: int) -> Part | None:
    head_end, gap = body.find(b"\r\n\r\n", at, end), 4
    if head_end < 0:
        head_end, gap = body.find(b"\n\n", at, end), 2
    if head_end < 0:
        return None
    head = body[at:head_end].decode("utf-8", "replace")
    media_type = _TYPE.search(head)
    start = head_end + gap
    stop = end - 1 if body[end - 1 : end] == b"\r" else end
    return Part(
        name=_group(_NAME, head) or "",
        file_name=_group(_FILE_NAME, head),
        media_type=media_type[1].lower() if media_type else "text/plain",
        head=at,
        start=start,
        end=max(start, stop),
    )


def _group(pattern: re.Pattern[str], head: str) -> str | None:
    found = pattern.search(head)
    if not found:
        return None
    return _CHARSET_PREFIX.sub("", found[1] if found[1] is not None else found[2])
