"""Take a protobuf message apart without its schema: the texts in it, nested as they were.

Source: "Encoding", protobuf.dev. The wire says of a field only that it has a length, so whether that is a text or a
message inside is told by the bytes themselves.
"""

import re

from detection.extract.json_documents import Json
from detection.extract.limits import leave_out

_DEEPEST = 40
_MOST_FIELDS = 200_000
_MOST_WORK = 32 << 20
"""Bytes looked at, over all depths together."""
_HIGHEST_FIELD = (1 << 29) - 1
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GONE_ON = 0x80
"""The bit of a varint's byte that says another follows."""
_VARINT, _FIXED64, _SIZED, _GROUP, _GROUP_END, _FIXED32 = range(6)


def texts(body: bytes, *, cut: bool = False) -> list[Json] | None:
    """Texts, and lists of them for messages inside; None where the bytes are no protobuf message. With ``cut`` they may
    break off in the middle."""
    walk = _Walk(body, cut)
    spans = walk.sized(0, len(body))
    return None if spans is None else walk.message(spans, 0)


class _Walk:
    def __init__(self, body: bytes, cut: bool) -> None:
        self._body, self._cut = body, cut
        self._fields, self._work = _MOST_FIELDS, _MOST_WORK

    def message(self, spans: list[tuple[int, int]], depth: int) -> list[Json]:
        found: list[Json] = []
        for start, end in spans:
            if value := self._field(start, end, depth):
                found.append(value)
        return found

    def _field(self, start: int, end: int, depth: int) -> Json:
        """A text that begins like one is a text, although one in thousands would do as a message. Where only the length
        of what is inside (``\\n&…``) reads like a sign of punctuation, it is a message if it has a text."""
        self._work -= end - start
        if self._work < 0:
            leave_out()
        if start == end or self._work < 0:
            return None
        text = self._text(start, end)
        if text and text[0].isalnum():
            return text
        spans = self.sized(start, end) if depth < _DEEPEST else None
        inside = self.message(spans, depth + 1) if spans else []
        if depth >= _DEEPEST and not text:
            leave_out()
        return inside or text

    def _text(self, start: int, end: int) -> str:
        content = self._body[start:end]
        try:
            text = content.decode()
        except UnicodeDecodeError as e:
            if not (self._is_open(end) and len(content) - e.start < 4):
                return ""
            text = content[: e.start].decode()
        return "" if _CONTROL.search(text) else text

    def _is_open(self, end: int) -> bool:
        return self._cut and end == len(self._body)

    def sized(self, start: int, end: int) -> list[tuple[int, int]] | None:
        """Where the fields lie that have a length, those in groups too; None where this is no message."""
        body, at, groups, spans = self._body, start, 0, list[tuple[int, int]]()
        while at < end and self._fields > 0:
            self._fields -= 1
            tag, at = body[at], at + 1
            if tag >= _GONE_ON:
                tag, at = _varint(body, at - 1, end)
            kind = tag & 7
            if not 0 < tag >> 3 <= _HIGHEST_FIELD:
                return None
            if kind == _SIZED:
                size, at = _varint(body, at, end)
                if size < 0 or (at + size > end and not self._is_open(end)):
                    break
                spans.append((at, min(at + size, end)))
                at += size
            elif kind == _VARINT:
                _, at = _varint(body, at, end)
            elif kind in (_FIXED32, _FIXED64):
                at += 4 if kind == _FIXED32 else 8
            elif kind in (_GROUP, _GROUP_END):
                groups += 1 if kind == _GROUP else -1
                if groups < 0:
                    return None
            else:
                return None
        if self._fields <= 0 and at < end:
            leave_out()
        whole = at == end and not groups
        return spans if whole or self._is_open(end) or self._fields <= 0 else None


def _varint(body: bytes, at: int, end: int) -> tuple[int, int]:
    """Its value and where it ends; -1 and a place beyond the end where there is none."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            break
        byte, at = body[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < _GONE_ON:
            return value, at
    return -1, end + 1
