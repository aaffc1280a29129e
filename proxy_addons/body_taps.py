"""Hash bodies while they flow through, where a list of illegal files asks for that. The body itself is not kept."""

import hashlib

from mitmproxy.http import HTTPFlow

from detection.illegal_lists import IllegalLists
from proxy_addons.bypass import UNREAD
from proxy_addons.decoding import CodingError, decoder_for
from proxy_addons.first_part import FirstPart
from proxy_addons.late_stream import SHOWN
from proxy_addons.message_headers import coding
from proxy_addons.watchdog import Watchdog

TAP = "gatehouse.tap"
"""Flow metadata: the Tap on the answer's body; it has heard nothing where the body was held back to its end."""
MOST = 64 << 20
"""Bytes a packed body is unpacked to at most."""


class BodyTaps:
    """The last to be asked how a body is to pass: it listens to whatever way the others have chosen."""

    def __init__(self, lists: IllegalLists, watchdog: Watchdog) -> None:
        self._lists, self._watchdog = lists, watchdog

    def responseheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("tap", flow.id):
            response = flow.response
            if response is None or flow.metadata.get(UNREAD) or response.status_code == 101:
                return
            late = flow.metadata.get(SHOWN) if response.stream is False else None
            way = late or response.stream
            if (way is True or isinstance(way, FirstPart)) and (algorithms := self._lists.algorithms):
                tap = Tap(way if isinstance(way, FirstPart) else None, coding(response.headers), algorithms)
                flow.metadata[TAP] = tap
                if late:
                    flow.metadata[SHOWN] = tap
                else:
                    response.stream = tap


class Tap:
    """For mitmproxy's ``stream``: hands every chunk on untouched and at once."""

    def __init__(self, inner: FirstPart | None, content_coding: str, algorithms: tuple[str, ...]) -> None:
        self.inner = inner
        self._hashes = {of: hashlib.new(of, usedforsecurity=False) for of in algorithms}
        self._broken = False
        try:
            # The last one named was put on last, and comes off first.
            self._decoders = [decoder_for(name, MOST) for name in reversed(content_coding.split(",")) if name.strip()]
        except CodingError:
            self._decoders, self._broken = [], True

    def __call__(self, chunk: bytes) -> bytes:
        # Nothing may get out of here: an exception in a stream callable hangs the client.
        if self.inner:
            self.inner(chunk)
        if chunk and not self._broken:
            self._take(chunk)
        return chunk

    @property
    def digests(self) -> dict[str, bytes]:
        """Of the whole body; nothing where it could not be unpacked to its end."""
        if self._broken or any(decoder.full or not decoder.finished for decoder in self._decoders):
            return {}
        return {of: each.digest() for of, each in self._hashes.items()}

    def _take(self, chunk: bytes) -> None:
        try:
            for decoder in self._decoders:
                chunk = decoder.feed(chunk)
        except CodingError:
            self._broken = True
        else:
            for each in self._hashes.values():
                each.update(chunk)
