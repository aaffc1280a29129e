"""The evidence bundle of a detection: what was recorded, without secrets and within bounds; and the way back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from detection.har import EvidenceError, Exchange, Headers, entry, log, parse, sha256
from detection.media_type import bare_type
from detection.observation import Evidence
from detection.scrub import scrub_body, scrub_headers, scrub_url

__all__ = ["EvidenceError", "Exchange", "bundle", "read"]

LIMIT = 32 << 20
BODY_LIMIT = 8 << 20
MOST_EXCHANGES = 1000
_INDEX_OVERHEAD = 1024

_NOT_STORED = frozenset({
    "content-encoding", "transfer-encoding", "content-length", "content-md5", "etag", "connection", "keep-alive",
    "content-security-policy", "content-security-policy-report-only", "x-content-security-policy", "report-to", "nel",
    "reporting-endpoints", "strict-transport-security", "alt-svc",
})  # fmt: skip
"""Bodies are stored decoded and changed, so what describes their transport or form would be wrong. Policies go too:
a capture is drawn with scripts off and without a network, and a policy's report address names its visitor."""


def bundle(exchanges: Sequence[Exchange], *, limit: int = LIMIT, body_limit: int = BODY_LIMIT) -> Evidence:
    """``exchanges``: first the page or message itself, then what it loaded. Limits in bytes.

    The first is cut to fit; another that does not fit is left out. Either way the evidence says it is truncated.
    """
    entries: list[dict[str, Any]] = []
    bodies: dict[str, bytes] = {}
    left, truncated = limit - _INDEX_OVERHEAD, len(exchanges) > MOST_EXCHANGES
    for position, exchange in enumerate(exchanges[:MOST_EXCHANGES]):
        most = body_limit if position else min(body_limit, left // 3)
        clean = _clean(exchange, most, cut=position == 0)
        if clean is None:
            truncated = True
            continue
        listed, new = entry(clean), _new_bodies(clean, bodies)
        size = len(json.dumps(listed)) + sum(map(len, new.values()))
        truncated = truncated or clean.truncated or size > left
        if size <= left:
            left -= size
            entries.append(listed)
            bodies |= new
    return Evidence(index=log(entries), bodies=bodies, truncated=truncated)


def read(evidence: Evidence) -> tuple[Exchange, ...]:
    """What ``bundle`` put in. Raises EvidenceError on an index that is malformed."""
    return parse(evidence.index, evidence.bodies)


def _clean(exchange: Exchange, most: int, *, cut: bool) -> Exchange | None:
    """Without secrets. Bodies longer than ``most`` are cut before they are read, or refused."""
    too_long = len(exchange.request_body) > most or len(exchange.body) > most
    if too_long and not cut:
        return None
    return replace(
        exchange,
        url=scrub_url(exchange.url),
        request_headers=_headers(exchange.request_headers),
        request_body=scrub_body(exchange.request_type, exchange.request_body[:most])[:most],
        response_headers=_headers(exchange.response_headers),
        media_type=bare_type(exchange.media_type),
        body=scrub_body(exchange.media_type, exchange.body[:most])[:most],
        truncated=exchange.truncated or too_long,
    )


def _headers(pairs: Headers) -> Headers:
    return tuple((name, value) for name, value in scrub_headers(pairs) if name.lower() not in _NOT_STORED)


def _new_bodies(exchange: Exchange, known: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {sha256(body): body for body in (exchange.request_body, exchange.body) if body}
    return {name: body for name, body in found.items() if name not in known}
