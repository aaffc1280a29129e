"""The head of the next HTTP/1 message: what there is of it where the bytes begin that have not been read yet."""

import re

from proxy_addons.replay.http1_grammar import Grammar

LONGEST_HEAD = 256 << 10
LONGEST_LINE = 64 << 10
LONGEST_END = 16
"""Bytes of a head's end."""
LONGEST_JUNK = 128
"""Bytes before the very first head."""
_BODY = rb"(?=[<{\[\x1f]|[0-9A-Fa-f]{1,8}\r?\n)"
_HEAD_END = re.compile(rb"\r*\n\r*\n|(?:\r*\n[ \t\0\r]+\n?|\r\r)" + _BODY)
"""An empty line, or one that only looks empty and has a body behind it."""


class NextHead:
    def __init__(self, grammar: Grammar, buffer: bytearray) -> None:
        """``buffer``: what has come and has not been read; what is taken here is no longer in it."""
        self._grammar, self._buffer = grammar, buffer
        self._searched = 0
        """So many bytes of it have no end of a head in them."""

    def take(self) -> bytes | None:
        """The head with its end; empty while it is not whole, None where none begins."""
        buffer = self._buffer
        while buffer and buffer[0] in b"\r\n":
            del buffer[:1]
        if not buffer:
            return b""
        found = _HEAD_END.search(buffer, max(0, self._searched - LONGEST_END))
        self._searched = 0 if found else len(buffer)
        size = found.end() if found else 0
        fits = self._grammar.is_head if size else self._grammar.may_begin
        if len(buffer) > LONGEST_HEAD + size or not fits.match(buffer[: size or LONGEST_LINE]):
            return None
        head = bytes(buffer[:size])
        del buffer[:size]
        return head

    def take_lines(self) -> bytes:
        """The whole lines of one that breaks off; empty where there are none."""
        line, newline, _ = bytes(self._buffer).strip(b"\r\n").partition(b"\n")
        if not line or not (newline or self._buffer.endswith(b"\n")):
            return b""
        lines = self._buffer.rfind(b"\n") + 1
        return self.drop(len(self._buffer))[:lines]

    def drop(self, size: int) -> bytes:
        """Bytes that are no head."""
        dropped = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return dropped

    @property
    def has_begun(self) -> bool:
        return bool(self._grammar.is_head.match(self._buffer))

    @property
    def distance(self) -> int:
        """How many bytes it is until one certainly begins that is not at the very beginning, or there are no more."""
        found = self._grammar.begins.search(self._buffer, 1)
        return found.start() if found else len(self._buffer)

    def line(self) -> bytes:
        """The first line; empty if that is not whole."""
        line, newline, _ = bytes(self._buffer).lstrip(b"\r\n").partition(b"\n")
        return line if newline else b""

    def may_be_in(self, data: bytes) -> bool:
        """Whether ``data``, the very first bytes of a direction, may be the beginning of a message."""
        if self._grammar.may_begin.match(data[:40]) or self._grammar.begins.search(data[:LONGEST_JUNK]):
            return True
        head = _HEAD_END.search(data)
        return bool(head and self._grammar.is_head.match(data[: head.end()]))
