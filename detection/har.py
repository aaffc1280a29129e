"""Recorded requests and responses as a HAR 1.2 log and back; bodies stand beside it, named by their SHA-256."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from detection.media_type import bare_type

VERSION = "1.2"
CREATOR = {"name": "Gatehouse", "version": "1"}
Headers = tuple[tuple[str, str], ...]


class EvidenceError(ValueError):
    """An index that is no HAR of ours; the message names the field, never its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came back, with decoded bodies."""

    started_at: datetime
    method: str
    url: str
    request_headers: Headers = ()
    request_type: str = ""
    request_body: bytes = b""
    status: int
    response_headers: Headers = ()
    media_type: str = ""
    """Lower case, without parameters."""
    body: bytes = b""
    truncated: bool = False


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def entry(exchange: Exchange) -> dict[str, Any]:
    """What was not measured (times, sizes on the wire) is -1 or 0, as the format asks."""
    return {
        "startedDateTime": exchange.started_at.isoformat(),
        "time": 0,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }


def log(entries: Iterable[Mapping[str, Any]]) -> bytes:
    har = {"log": {"version": VERSION, "creator": CREATOR, "entries": list(entries)}}
    return json.dumps(har, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def parse(index: bytes, bodies: Mapping[str, bytes]) -> tuple[Exchange, ...]:
    """Sizes an entry states are not looked at. A body that has not come makes its exchange a truncated one."""
    try:
        entries = json.loads(index)["log"]["entries"]
        if not isinstance(entries, list):
            raise EvidenceError("log.entries is not a list")
        return tuple(_exchange(e, bodies) for e in entries)
    except EvidenceError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as e:
        raise EvidenceError(f"the index is not a HAR: {type(e).__name__}") from None


def _request(exchange: Exchange) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(exchange.request_headers),
        "queryString": _pairs(_query(exchange.url)),
        "headersSize": -1,
        "bodySize": len(exchange.request_body),
    }
    if exchange.request_body or exchange.request_type:
        request["postData"] = {"mimeType": exchange.request_type, "params": [], **_named(exchange.request_body)}
    return request


def _named(body: bytes) -> dict[str, str]:
    """An empty body has no name: there is nothing to fetch."""
    return {"_sha256": sha256(body)} if body else {}


def _response(exchange: Exchange) -> dict[str, Any]:
    return {
        "status": exchange.status,
        "statusText": _STATUS_TEXTS.get(exchange.status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(exchange.response_headers),
        "content": {
            "size": len(exchange.body),
            "mimeType": exchange.media_type,
            "_truncated": exchange.truncated,
            **_named(exchange.body),
        },
        "redirectURL": next((v for n, v in exchange.response_headers if n.lower() == "location"), ""),
        "headersSize": -1,
        "bodySize": -1,
    }


_STATUS_TEXTS = {status.value: status.phrase for status in HTTPStatus}


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _query(url: str) -> Sequence[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return ()


def _exchange(fields: Any, bodies: Mapping[str, bytes]) -> Exchange:
    request, response = fields["request"], fields["response"]
    sent, content = request.get("postData", {}), response["content"]
    started_at = datetime.fromisoformat(_text(fields["startedDateTime"]))
    if started_at.tzinfo is None:
        raise EvidenceError("startedDateTime has no zone")
    request_body, body = _body(sent, bodies), _body(content, bodies)
    return Exchange(
        started_at=started_at,
        method=_text(request["method"]),
        url=_text(request["url"]),
        request_headers=_headers(request["headers"]),
        request_type=_text(sent.get("mimeType", "")),
        request_body=request_body or b"",
        status=_status(response["status"]),
        response_headers=_headers(response["headers"]),
        media_type=bare_type(_text(content["mimeType"])),
        body=body or b"",
        truncated=content.get("_truncated") is True or request_body is None or body is None,
    )


def _body(part: Mapping[str, Any], bodies: Mapping[str, bytes]) -> bytes | None:
    digest = _text(part.get("_sha256", ""))
    return bodies.get(digest) if digest else b""


def _headers(pairs: Any) -> Headers:
    return tuple((_text(pair["name"]), _text(pair["value"])) for pair in pairs)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise EvidenceError(f"a text is missing where {type(value).__name__} stands")
    return value


def _status(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= 999:
        raise EvidenceError("a status that is none")
    return value
