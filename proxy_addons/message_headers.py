"""The few questions about headers that every message is asked."""

import re

from mitmproxy.http import Headers

_TRANSFER = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
"""Codings that a body may have for the way. Chunks are not among them: they are gone by the time a body is read."""


def header(headers: Headers, name: bytes) -> str:
    """What ``headers.get`` gives, "" if missing; ``name`` in lower case. Every message is asked a dozen times, and
    mitmproxy's own look-up takes five times as long."""
    found = [value for key, value in headers.fields if key.lower() == name]
    return b", ".join(found).decode("utf-8", "surrogateescape") if found else ""


def media_type(headers: Headers) -> str:
    """Lower case, without parameters; empty where none is named, or no header is there: browsers look at the bytes."""
    named = header(headers, b"content-type").partition(";")[0].strip().lower()
    return named if "/" in named else ""


def charset(headers: Headers) -> str:
    found = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", header(headers, b"content-type"), re.IGNORECASE)
    return found[1] if found else ""


def coding(headers: Headers) -> str:
    """What the body is packed in, the last put on last: by who made it, then by who passed it on (RFC 9112, 6.1)."""
    content, transfer = header(headers, b"content-encoding"), header(headers, b"transfer-encoding")
    if not transfer:
        return content
    packed = [name for part in transfer.split(",") if (name := part.strip().lower()) in _TRANSFER]
    return ", ".join([content, *packed] if content else packed)


def length(headers: Headers) -> int | None:
    """The announced size of the body, where it is announced."""
    value = header(headers, b"content-length")
    return int(value) if value.isascii() and value.isdigit() else None


def pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    """All of them, as they came."""
    return tuple([(_text(name), _text(value)) for name, value in headers.fields])


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
