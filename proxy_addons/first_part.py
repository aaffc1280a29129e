"""Keep the beginning of a body that flows straight through."""


class FirstPart:
    """For mitmproxy's ``stream``: hands every chunk on untouched and at once, and keeps up to ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = bytearray()
        self.size = 0

    def __call__(self, chunk: bytes) -> bytes:
        # Nothing in here may fail: an exception in a stream callable hangs the client.
        if (room := self._limit - len(self._kept)) > 0:
            self._kept += chunk[:room]
        self.size += len(chunk)
        return chunk

    @property
    def limit(self) -> int:
        return self._limit

    @property
    def body(self) -> bytes:
        return bytes(self._kept)

    @property
    def whole(self) -> bool:
        return self.size == len(self._kept)
