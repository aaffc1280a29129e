"""Cut an endless XML stream into its stanzas: what stands whole between the stream's own tags.

No tree is built before a stanza is whole, and what XMPP forbids (document types, and with them entities) ends it.
"""

import re
from collections.abc import Iterator

from detection.extract.limits import leave_out

LONGEST = 256 << 10
"""Bytes of a stanza that are given."""
_LONGEST_TAG = 64 << 10
_IN_TAG = re.compile(rb"[\"'>]")
_STREAM = re.compile(rb"<stream:stream[\s>/]")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"


class Stanzas:
    def __init__(self) -> None:
        self._held = bytearray()
        self._at = 0
        """Up to where the beginning of what is held has been looked through."""
        self._stanza = bytearray()
        self._size = 0
        """Bytes of the stanza that have come, kept or not."""
        self._depth = 0
        self._quote = b""
        self.is_broken = False

    @property
    def size(self) -> int:
        return len(self._held) + len(self._stanza)

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._held += data
        while not self.is_broken and (token := self._token()):
            if token[:1] != b"<" or token.startswith(_CDATA):
                self._keep(token)
            elif token.startswith(b"<!"):
                self.is_broken = True
            elif not token.startswith(b"<?"):
                yield from self._tag(token)

    def _tag(self, token: bytes) -> Iterator[bytes]:
        if _STREAM.match(token):
            self._depth = 1  # it begins anew after a sign-in
            self._begin()
            return
        if not self._depth:
            self.is_broken = True
            return
        self._keep(token, is_tag=True)
        if token.startswith(b"</"):
            self._depth -= 1
        elif not token.endswith(b"/>"):
            self._depth += 1
        if self._depth <= 1:
            if self._depth:
                yield bytes(self._stanza)
            self._begin()

    def _begin(self) -> None:
        self._stanza.clear()
        self._size = 0

    def _keep(self, token: bytes, *, is_tag: bool = False) -> None:
        """Text between stanzas is only there to keep the connection open."""
        if is_tag or self._depth > 1:
            self._size += len(token)
            if self._size - len(token) <= LONGEST < self._size:
                leave_out()
            self._stanza += token[: LONGEST - len(self._stanza)]

    def _token(self) -> bytes:
        """A tag, a CDATA section, or as much text as there is; empty as long as none is whole."""
        held = self._held
        if held[:1] != b"<":
            end = held.find(b"<")
            return self._taken(end if end >= 0 else len(held))
        if held.startswith(_CDATA) or (len(held) < len(_CDATA) and _CDATA.startswith(held) and len(held) > 2):
            end = held.find(_CDATA_END, max(self._at, len(_CDATA)))
            if end >= 0:
                return self._taken(end + len(_CDATA_END), LONGEST)
            self._at = max(0, len(held) - 2)
            self.is_broken = len(held) > LONGEST
            return b""
        return self._whole_tag()

    def _whole_tag(self) -> bytes:
        """Attributes may have ``>`` in them."""
        self._at = max(self._at, 1)
        while found := _IN_TAG.search(self._held, self._at):
            mark, self._at = found[0], found.end()
            if self._quote:
                if mark == self._quote:
                    self._quote = b""
            elif mark == b">":
                return self._taken(self._at, _LONGEST_TAG)
            else:
                self._quote = mark
        self._at = len(self._held)
        self.is_broken = len(self._held) > _LONGEST_TAG
        return b""

    def _taken(self, end: int, longest: int | None = None) -> bytes:
        if longest is not None and end > longest:
            self.is_broken = True
            return b""
        token = bytes(self._held[:end])
        del self._held[:end]
        self._at = 0
        return token
