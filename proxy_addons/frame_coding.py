"""Take the compression off binary WebSocket messages that a chat packs itself, each alone or all as one stream."""

from proxy_addons.decoding import CodingError, Decoder, decoder_for

_MARKS = {b"\x1f\x8b": "gzip", b"\x78\x01": "deflate", b"\x78\x5e": "deflate", b"\x78\x9c": "deflate",
          b"\x78\xda": "deflate", b"\x28\xb5\x2f\xfd": "zstd"}  # fmt: skip


class FrameCoding:
    """For one direction of one connection. Discord, for one, packs all messages of a connection as one zlib or zstd
    stream that it flushes after each, so no message can be read without those before it."""

    def __init__(self, most: int) -> None:
        """Of one message at most ``most`` bytes are unpacked; a stream with a longer one cannot be followed on."""
        self._most = most
        self._stream: Decoder | None = None

    def plain(self, frame: bytes) -> bytes:
        """The message unpacked; as it is where it was not packed."""
        if self._stream:
            self._stream.renew(self._most)
            if text := self._fed(self._stream, frame):
                return text
        self._stream = None
        coding = next((name for mark, name in _MARKS.items() if frame.startswith(mark)), "")
        if not coding:
            return frame
        decoder = decoder_for(coding, self._most)
        return self._fed(decoder, frame) or frame

    def _fed(self, decoder: Decoder, frame: bytes) -> bytes:
        try:
            text = decoder.feed(frame)
        except CodingError:
            text = b""
        self._stream = decoder if text and not decoder.full and not decoder.finished else None
        return text
