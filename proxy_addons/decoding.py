"""Take the content coding off a body, and stop at a limit: a small body may unpack to gigabytes."""

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
import zstandard

from proxy_addons.body_members import Members, Zlib

SLICES = {"gzip": 4096, "br": 16, "zstd": 256}
"""Bytes fed at a time: one step cannot unpack far beyond the limit, and little is lost where a body is broken. 25 bytes
of Brotli can be 16 MB."""
WIDEST = 8 << 20
"""Bytes a zstd body may refer back, in a browser too (RFC 9659)."""
_ZSTD_STARTS = (b"\x28\xb5\x2f\xfd", *(bytes([first]) + b"\x2a\x4d\x18" for first in range(0x50, 0x60)))
"""A frame, and one to be skipped."""
_GZIP_STARTS = b"\x1f\x8b\x08"
_LOOK_AT = 256
_NAME = re.compile(r"""[\s"']*([a-z0-9][a-z0-9-]*)""")
"""Of a coding, before what does not belong there: parameters, quotes, a second word."""
_ALSO = {"x-gzip": "gzip", "x-deflate": "deflate", "x-br": "br", "brotli": "br", "x-zstd": "zstd"}
"""Other names of the same."""


class CodingError(ValueError):
    """A content coding that is unknown, or a body that is not in it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    body: bytes
    truncated: bool
    """There was more than the limit, or the body broke off."""
    mislabelled: bool = False
    """It is plainly text, and not in the coding it was said to be in: read as it is."""


def decode(body: bytes, coding: str, limit: int) -> Decoded:
    """``body`` without its content codings ("br", "gzip, br"), at most ``limit`` bytes of it."""
    names = [name for name in map(_name, coding.split(",")) if name not in ("", "identity")]
    try:
        return _unpacked(body, names, limit)
    except CodingError:
        if not _is_text(body):
            raise
        return Decoded(body[:limit], len(body) > limit, mislabelled=True)


def unnamed(body: bytes) -> str:
    """What a body is packed in that does not say so: apps that unpack for themselves send such."""
    return "gzip" if body.startswith(_GZIP_STARTS) else "zstd" if body.startswith(_ZSTD_STARTS[0]) else ""


def _unpacked(body: bytes, names: list[str], limit: int) -> Decoded:
    truncated = False
    for done, name in enumerate(reversed(names) if body else ()):
        try:
            body, cut = _without(body, name, limit)
        except CodingError:
            # A page with one coding too many in its headers shows itself once the others are off.
            if not done or not _is_text(body):
                raise
            break
        truncated |= cut
    return Decoded(body[:limit], truncated or len(body) > limit)


def _without(body: bytes, name: str, limit: int) -> tuple[bytes, bool]:
    """The body, and whether there was more of it. A wrong name does not hide what a body says itself that it is in,
    nor does it where the bytes of the one happen to begin like the other (gzip's date may, like Brotli)."""
    named, own = _name(name), _own(body)
    if own in ("", named):
        return _fed(body, name, limit)
    try:
        unpacked, more = _fed(body, name, limit)
    except CodingError:
        return _fed(body, own, limit)
    if more and len(unpacked) < limit:
        with suppress(CodingError):
            return _fed(body, own, limit)
    return unpacked, more


def _own(body: bytes) -> str:
    return "gzip" if body.startswith(_GZIP_STARTS) else "zstd" if body.startswith(_ZSTD_STARTS) else ""


def _fed(body: bytes, name: str, limit: int) -> tuple[bytes, bool]:
    decoder = decoder_for(name, limit)
    unpacked = decoder.feed(body)
    return unpacked, decoder.full or not decoder.finished


def _name(coding: str) -> str:
    found = _NAME.match(coding.lower())
    name = found[1] if found else coding.strip().lower()
    return _ALSO.get(name, name)


def _is_text(body: bytes) -> bool:
    """By its beginning. A server that writes a charset where the coding belongs is not rare."""
    try:
        head = body[:_LOOK_AT].decode()
    except UnicodeDecodeError as e:
        if e.start < _LOOK_AT - 3:
            return False
        head = body[: e.start].decode()
    return all(character.isprintable() or character in "\t\r\n" for character in head)


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

    def renew(self, limit: int) -> None:
        """Read as much again of what is still to come."""
        self._room = limit

    def feed(self, chunk: bytes) -> bytes:
        """Raises CodingError where not even a beginning can be read; a browser shows that much of a broken page."""
        out = bytearray()
        for start in range(0, len(chunk), self._size):
            if self.full:
                break
            try:
                out += self._step(chunk[start : start + self._size])
            except (zlib.error, brotli.error, zstandard.ZstdError, CodingError) as e:
                if not out and not self._began:
                    raise CodingError("the body is not in its content coding") from e
                self.full = True
            self.full = self.full or len(out) > self._room
        self._began = self._began or bool(out)
        kept = bytes(out[: self._room])
        self._room -= len(kept)
        return kept


def decoder_for(coding: str, limit: int) -> Decoder:
    """``coding`` is a single name, empty, or several names with commas: the last was put on last."""
    if "," in coding:
        return _chain([decoder_for(name, limit) for name in reversed(coding.split(","))], limit)
    match _name(coding):
        case "" | "identity":
            return Decoder(bytes, lambda: True, limit, 1 << 16)
        case "gzip" | "deflate":
            members = Zlib()
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
            frames = Members(zstandard.ZstdDecompressor(max_window_size=WIDEST).decompressobj, _ZSTD_STARTS)
            return Decoder(frames.step, lambda: frames.finished, limit, SLICES["zstd"])
    raise CodingError("unknown content coding")


def _chain(decoders: list[Decoder], limit: int) -> Decoder:
    def step(chunk: bytes) -> bytes:
        for decoder in decoders:
            chunk = decoder.feed(chunk)
        return chunk

    return Decoder(step, lambda: all(decoder.finished for decoder in decoders), limit, SLICES["gzip"])
