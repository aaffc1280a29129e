import gzip
from hashlib import sha256

import brotli  # type: ignore[import-untyped]
import pytest
from mitmproxy.http import Headers

from proxy_addons.replay import body_hash
from proxy_addons.replay.body_hash import Body, BodyHash

PAGE = b"<p>Good morning.</p>" * 500


def hashed(coding: str, sent: bytes) -> BodyHash:
    made = BodyHash(Headers(content_type="Text/HTML; charset=utf-8", content_encoding=coding))
    for start in range(0, len(sent), 100):
        made.take(sent[start : start + 100])
    return made


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
    ],
)
def test_a_body_is_named_by_what_it_unpacks_to(coding: str, sent: bytes) -> None:
    made = hashed(coding, sent)
    assert (made.body, made.broken) == (Body(sha256=sha256(PAGE).hexdigest(), bytes=len(PAGE), type="text/html"), "")


@pytest.mark.parametrize(
    ("coding", "why"), [("compress", "unknown"), ("gzip", "they name"), ("br", "they name"), ("gzip, x", "unknown")]
)
def test_what_cannot_be_unpacked_is_named_by_its_bytes(coding: str, why: str) -> None:
    made = hashed(coding, PAGE)
    assert (made.body.sha256, made.body.bytes) == (sha256(PAGE).hexdigest(), len(PAGE))
    assert why in made.broken


def test_a_body_that_breaks_off_says_so() -> None:
    packed = gzip.compress(b"".join(sha256(bytes([n])).digest() for n in range(200)))
    made = hashed("gzip", packed[:3000])
    assert made.broken.startswith("cut off")
    assert 0 < made.body.bytes < 6400


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_hash, "MOST", 100_000)
    made = hashed("gzip", gzip.compress(bytes(10_000_000)))
    assert (made.body.bytes, made.broken) == (100_000, "cut off or damaged, or they unpack to more than is read")
