"""Put an answer together that a chatbot sends word by word, a WebSocket message each: it is read in sentences."""

from detection.extract.services import Pieces

MOST = 256 << 10
"""Bytes kept of one answer; then they are read, and the answer goes on."""
OVERLAP = 8 << 10
"""Bytes of what was read that are read again with the rest: a sentence may lie across. The sensor knows what is new."""
_NEAR = 4096
"""Where in a message its kind is looked for: in so many characters at either end."""


class FramePieces:
    """Of one connection. What is kept is a service's own messages, one to a line: its reader joins their words."""

    def __init__(self, pieces: Pieces, most: int = MOST, overlap: int = OVERLAP) -> None:
        self._pieces, self._most, self._overlap = pieces, most, overlap
        self._kept: list[bytes] = []
        self._size, self._fresh = 0, False

    def take(self, content: bytes) -> list[bytes]:
        """What is to be read now that this message has come; nothing while an answer goes on."""
        kind = _kind(content)
        if not self._pieces.one.search(kind):
            return [*self.finish(), content]
        self._kept.append(content)
        self._size += len(content)
        self._fresh = True
        if self._pieces.last and self._pieces.last.search(kind):
            return self.finish()
        return self._hand_over(min(self._overlap, self._most // 2)) if self._size >= self._most else []

    def finish(self) -> list[bytes]:
        """The answer has ended, or its connection."""
        return self._hand_over(keep=0)

    def _hand_over(self, keep: int) -> list[bytes]:
        """All that is kept, if any of it is new; of the last messages as many stay as fit."""
        whole = [b"\n".join(self._kept)] if self._fresh else []
        while self._kept and self._size > keep:
            self._size -= len(self._kept.pop(0))
        self._fresh = False
        return whole


def _kind(content: bytes) -> str:
    near = content if len(content) <= 2 * _NEAR else content[:_NEAR] + content[-_NEAR:]
    return near.decode("utf-8", "replace")
