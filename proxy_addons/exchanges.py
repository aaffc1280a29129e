"""Flows as the exchanges that evidence is made of, and the few header questions everybody asks."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from mitmproxy.http import Headers, HTTPFlow

from detection.evidence import Exchange
from proxy_addons.decoding import CodingError, decode

CAME_FROM = "gatehouse.came-from"
"""Flow metadata: set where the person comes from a page that is left alone, which nothing may keep."""


def header(headers: Headers, name: bytes) -> str:
    """What ``headers.get`` gives, "" if missing; ``name`` in lower case. Every message is asked a dozen times, and
    mitmproxy's own look-up takes five times as long."""
    found = [value for key, value in headers.fields if key.lower() == name]
    return b", ".join(found).decode("utf-8", "surrogateescape") if found else ""


def media_type(headers: Headers) -> str:
    """Lower case, without parameters; empty if the header is missing."""
    return header(headers, b"content-type").partition(";")[0].strip().lower()


def charset(headers: Headers) -> str:
    found = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", header(headers, b"content-type"), re.IGNORECASE)
    return found[1] if found else ""


def coding(headers: Headers) -> str:
    return header(headers, b"content-encoding")


def length(headers: Headers) -> int | None:
    """The announced size of the body, where it is announced."""
    value = header(headers, b"content-length")
    return int(value) if value.isascii() and value.isdigit() else None


def request_exchange(flow: HTTPFlow, body: bytes = b"") -> Exchange:
    """The asking half, before there is an answer. ``body`` is decoded."""
    request = flow.request
    return Exchange(
        started_at=datetime.fromtimestamp(request.timestamp_start, UTC),
        method=request.method,
        url=request.pretty_url,
        request_headers=_without_origin(flow) if flow.metadata.get(CAME_FROM) else pairs(request.headers),
        request_type=media_type(request.headers),
        request_body=body,
        status=0,
    )


def exchange(flow: HTTPFlow, body: bytes, *, truncated: bool = False) -> Exchange:
    """Both halves; ``body`` is the response's, as it stands."""
    whole = request_exchange(flow)
    if flow.response is None:
        return whole
    return replace(
        whole,
        status=flow.response.status_code,
        response_headers=pairs(flow.response.headers),
        media_type=media_type(flow.response.headers),
        body=body,
        truncated=truncated,
    )


def decoded(coded: Exchange, content_coding: str, limit: int) -> Exchange:
    """With its body unpacked; what cannot be unpacked has no body."""
    try:
        plain = decode(coded.body, content_coding, limit)
    except CodingError:
        return replace(coded, body=b"", truncated=True)
    if plain.mislabelled:  # a browser shows nothing of it
        return replace(coded, body=b"", truncated=True)
    return replace(coded, body=plain.body, truncated=coded.truncated or plain.truncated)


def _without_origin(flow: HTTPFlow) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in pairs(flow.request.headers) if pair[0].lower() not in ("referer", "origin"))


def pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(headers.items(multi=True))
