"""Take the content coding off a body, and stop at a limit: a small body may unpack to gigabytes."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
import zstandard

SLICES = {"gzip": 4096, "br": 64, "zstd": 256}
"""Bytes fed at a time: one step cannot unpack far beyond the limit, and little is lost where a body is broken."""


class CodingError(ValueError):
    """A content coding that is unknown, or a body that is not in it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    body: bytes
    truncated: bool
    """There was more than the limit, or the body broke off."""


def decode(body: bytes, coding: str, limit: int) -> Decoded:
    """``body`` without its content codings ("br", "gzip, br"), at most ``limit`` bytes of it."""
    names = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
    truncated = False
    for name in reversed(names) if body else ():
        decoder = decoder_for(name, limit)
        body = decoder.feed(body)
        truncated |= decoder.full or not decoder.finished
    return Decoded(body[:limit], truncated or len(body) > limit)


class Decoder:
    """For one body, which may come in pieces."""

    def __init__(self, step: Callable[[bytes], bytes], finished: Callable[[], bool], limit: int, size: int) -> None:
        self._step, self._finished, self._room, self._size = step, finished, limit, size
        self._began = False
        self.full = False
        """The limit is reached, or the rest is broken; what follows is dropped."""

    @property
    def finished(self) -> bool:
        """The body is at an end its coding recognises."""
        return self._finished()

    def feed(self, chunk: bytes) -> bytes:
        """Raises CodingError where not even a beginning can be read; a browser shows that much of a broken page."""
        out = bytearray()
        for start in range(0, len(chunk), self._size):
            if self.full:
                break
            try:
                out += self._step(chunk[start : start + self._size])
            except (zlib.error, brotli.error, zstandard.ZstdError) as e:
                if not out and not self._began:
                    raise CodingError("the body is not in its content coding") from e
                self.full = True
            self.full = self.full or len(out) > self._room
        self._began = self._began or bool(out)
        kept = bytes(out[: self._room])
        self._room -= len(kept)
        return kept


def decoder_for(coding: str, limit: int) -> Decoder:
    """``coding`` is a single name, or empty."""
    match coding.strip().lower():
        case "" | "identity":
            return Decoder(bytes, lambda: True, limit, 1 << 16)
        case "gzip" | "x-gzip" | "deflate":
            members = _Zlib()
            return Decoder(members.step, lambda: members.finished, limit, SLICES["gzip"])
        case "br":
            unpacker = brotli.Decompressor()
            return Decoder(
                lambda chunk: b"" if unpacker.is_finished() else unpacker.process(chunk),
                unpacker.is_finished,
                limit,
                SLICES["br"],
            )
        case "zstd":
            frame = zstandard.ZstdDecompressor().decompressobj()
            return Decoder(
                lambda chunk: b"" if frame.eof else frame.decompress(chunk), lambda: frame.eof, limit, SLICES["zstd"]
            )
    raise CodingError("unknown content coding")


class _Zlib:
    """gzip, zlib and, as some servers mean by "deflate", bare deflate; several gzip members are one body."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._started = False
        self.finished = False

    def step(self, chunk: bytes) -> bytes:
        out = self._unpack(chunk)
        while self._inner.eof:
            self.finished = True
            chunk = self._inner.unused_data
            if not chunk.startswith(b"\x1f\x8b"):
                break  # padding after the last member
            self._inner, self.finished = zlib.decompressobj(zlib.MAX_WBITS | 32), False
            out += self._inner.decompress(chunk)
        return out

    def _unpack(self, chunk: bytes) -> bytes:
        if self._inner.eof:
            if not chunk.startswith(b"\x1f\x8b"):
                return b""
            self._inner, self.finished = zlib.decompressobj(zlib.MAX_WBITS | 32), False
        first, self._started = not self._started, True
        try:
            return self._inner.decompress(chunk)
        except zlib.error:
            if not first:
                raise
        self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._inner.decompress(chunk)
