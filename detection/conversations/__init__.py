"""What people say over protocols that are neither the web nor encrypted: chat, mail, news, file names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from detection.conversations.base import Reads, Unseen
from detection.conversations.ftp import Ftp
from detection.conversations.recognition import LOOK_AT, Not, recognised
from detection.conversations.transfer import Transfer
from detection.extract.limits import cut
from detection.extract.said import Said
from detection.storable import storable

__all__ = ["Conversation", "Transfer", "Unseen"]

_MOST_UNKNOWN = 4 * LOOK_AT
"""Bytes of either side that are held until it is known what they are."""
_MOST_TEXT = 2_000_000
"""Characters of a passage."""


class Conversation:
    """One connection."""

    def __init__(self) -> None:
        self._before: list[tuple[bytes, bool]] = []
        self._client = self._server = b""
        self._sizes = Counter[bool]()
        self._reads: Reads | None = None
        self.is_unknown = False
        """It speaks nothing that is read here; nothing more need be handed over."""
        self.app = ""

    @property
    def unseen(self) -> Unseen | None:
        return self._reads.unseen if self._reads else None

    @property
    def size(self) -> int:
        return (
            self._reads.size if self._reads and not self._reads.unseen else sum(len(data) for data, _ in self._before)
        )

    def transfers(self) -> list[Transfer]:
        """Files that were agreed on since this was asked last: they go over connections of their own."""
        if not isinstance(self._reads, Ftp):
            return []
        agreed, self._reads.transfers = self._reads.transfers, []
        return agreed

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        """To be gone through to its end."""
        if self._reads is None:
            yield from map(_storable, self._look(data, from_client))
        elif not self._reads.unseen:
            yield from map(_storable, self._reads.feed(data, from_client=from_client))

    def _look(self, data: bytes, from_client: bool) -> Iterator[Said]:
        if self.is_unknown:
            return
        self._before.append((data, from_client))
        self._sizes[from_client] += len(data)
        if from_client:
            self._client = (self._client + data)[:LOOK_AT]
        else:
            self._server = (self._server + data)[:LOOK_AT]
        found = recognised(self._client, self._server)
        if found is Not.KNOWN or (found is Not.YET and self._sizes[from_client] > _MOST_UNKNOWN):
            self.is_unknown = True
            self._before.clear()
        elif not isinstance(found, Not):
            self._reads = found()
            self.app, before = self._reads.name, self._before
            self._before = []
            for earlier, of_client in before:
                if not self._reads.unseen:
                    yield from self._reads.feed(earlier, from_client=of_client)


def _storable(said: Said) -> Said:
    passage = said.passage
    clean = replace(
        passage,
        text=storable(cut(passage.text, _MOST_TEXT)),
        conversation=storable(passage.conversation),
        author=storable(passage.author),
    )
    return replace(said, passage=clean)
