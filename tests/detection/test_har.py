import json
from datetime import UTC, datetime
from typing import Any

import pytest

from detection.har import EvidenceError, Exchange, entry, log, parse, sha256

AT = datetime(2026, 3, 2, 10, 30, 0, 250_000, tzinfo=UTC)
PAGE = Exchange(
    started_at=AT,
    method="POST",
    url="https://a.example/do?x=1&y=",
    request_headers=(("Accept", "*/*"), ("Accept", "text/html")),
    request_type="application/json",
    request_body=b"{}",
    status=302,
    response_headers=(("Location", "/next"),),
    media_type="text/html",
    body=b"<p>hello",
)
BODIES = {sha256(b"{}"): b"{}", sha256(b"<p>hello"): b"<p>hello"}


def test_every_field_the_format_asks_for_is_there() -> None:
    har = json.loads(log([entry(PAGE)]))["log"]
    assert har["version"] == "1.2"
    assert set(har["creator"]) == {"name", "version"}
    (one,) = har["entries"]
    assert set(one) == {"startedDateTime", "time", "request", "response", "cache", "timings"}
    assert set(one["timings"]) == {"send", "wait", "receive"}
    assert one["request"] == {
        "method": "POST",
        "url": "https://a.example/do?x=1&y=",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": "Accept", "value": "*/*"}, {"name": "Accept", "value": "text/html"}],
        "queryString": [{"name": "x", "value": "1"}, {"name": "y", "value": ""}],
        "headersSize": -1,
        "bodySize": 2,
        "postData": {"mimeType": "application/json", "params": [], "_sha256": sha256(b"{}")},
    }
    assert one["response"]["statusText"] == "Found"
    assert one["response"]["redirectURL"] == "/next"
    assert one["response"]["content"]["_sha256"] == sha256(b"<p>hello")
    assert one["response"]["content"]["size"] == 8


def test_there_and_back() -> None:
    assert parse(log([entry(PAGE)]), BODIES) == (PAGE,)


def test_a_body_that_has_not_come_makes_a_truncated_exchange() -> None:
    (found,) = parse(log([entry(PAGE)]), {})
    assert (found.body, found.request_body, found.truncated) == (b"", b"", True)


def test_an_empty_body_has_no_name() -> None:
    plain = Exchange(started_at=AT, method="GET", url="https://a.example/", status=204)
    assert b"_sha256" not in log([entry(plain)])
    assert parse(log([entry(plain)]), {}) == (plain,)


def test_stated_sizes_are_not_believed() -> None:
    one = entry(PAGE)
    one["response"]["content"]["size"] = 10**12
    assert parse(log([one]), BODIES) == (PAGE,)


def changed(path: str, value: Any) -> bytes:
    har = json.loads(log([entry(PAGE)]))
    *way, last = path.split(".")
    place = har["log"]
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return json.dumps(har).encode()


@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"log": {}}',
        b"[" * 100_000,
        changed("entries", {}),
        changed("entries", [None]),
        changed("entries.0.startedDateTime", "yesterday"),
        changed("entries.0.startedDateTime", "2026-03-02T10:30:00"),
        changed("entries.0.request.url", 5),
        changed("entries.0.request.headers", [{"name": "x"}]),
        changed("entries.0.request.headers", 5),
        changed("entries.0.response.status", "200"),
        changed("entries.0.response.status", -1),
        changed("entries.0.response.content", None),
        changed("entries.0.response.content._sha256", []),
    ],
)
def test_a_malformed_index_is_refused(index: bytes) -> None:
    with pytest.raises(EvidenceError):
        parse(index, BODIES)
