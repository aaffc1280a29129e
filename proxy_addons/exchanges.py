"""Flows as the exchanges that evidence is made of."""

from dataclasses import replace
from datetime import UTC, datetime

from mitmproxy.http import HTTPFlow

from detection.evidence import Exchange
from proxy_addons.decoding import CodingError, decode
from proxy_addons.message_headers import media_type, pairs
from proxy_addons.request_address import url_of

CAME_FROM = "gatehouse.came-from"
"""Flow metadata: set where the person comes from a page that is left alone, which nothing may keep."""


def request_exchange(flow: HTTPFlow, body: bytes = b"") -> Exchange:
    """The asking half, before there is an answer. ``body`` is decoded."""
    request = flow.request
    return Exchange(
        started_at=datetime.fromtimestamp(request.timestamp_start, UTC),
        method=request.method,
        url=url_of(request),
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
