import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from detection.evidence import Exchange, bundle, read
from detection.har import sha256

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
SECRET = "Zx9PlantedQv7"


def exchange(body: bytes = b"<p>nobody likes you</p>", **changes: Any) -> Exchange:
    plain = Exchange(
        started_at=AT, method="GET", url="https://a.example/", status=200, media_type="text/html", body=body
    )
    return replace(plain, **changes)


def picture(size: int, name: str = "i") -> Exchange:
    return exchange(name.encode() * size, url=f"https://a.example/{name}.png", media_type="image/png")


def test_the_page_comes_first_and_bodies_are_named_by_their_hash() -> None:
    evidence = bundle([exchange(), picture(5)])
    assert [e.url for e in read(evidence)] == ["https://a.example/", "https://a.example/i.png"]
    assert evidence.bodies == {sha256(b): b for b in (b"<p>nobody likes you</p>", b"iiiii")}
    assert not evidence.truncated


def test_no_secret_reaches_the_bundle() -> None:
    evidence = bundle(
        [
            exchange(
                f"<input type=password value={SECRET}><script>{SECRET}</script>".encode(),
                method="POST",
                url=f"https://bo:{SECRET}@a.example/?token={SECRET}",
                request_headers=(
                    ("Cookie", SECRET),
                    ("Authorization", SECRET),
                    ("Referer", f"https://b/?sid={SECRET}"),
                ),
                request_type="application/x-www-form-urlencoded",
                request_body=f"password={SECRET}&comment=hi".encode(),
                response_headers=(("Set-Cookie", SECRET), ("Location", f"/x?session={SECRET}")),
            ),
            exchange(f"var x='{SECRET}'".encode(), media_type="text/javascript"),
        ]
    )
    assert SECRET.encode() not in evidence.index + b"".join(evidence.bodies.values())
    assert b"comment=hi" in b"".join(evidence.bodies.values())


def test_headers_that_no_longer_hold_are_left_out() -> None:
    headers = (
        ("Content-Type", "text/html"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Security-Policy", "style-src 'self'; report-uri https://a.example/who"),
    )
    (found,) = read(bundle([exchange(response_headers=headers)]))
    assert found.response_headers == (("Content-Type", "text/html"),)


def test_a_page_too_large_is_cut_and_says_so() -> None:
    evidence = bundle([exchange(b"<p>" + b"word " * 1000)], body_limit=1000)
    (found,) = read(evidence)
    assert evidence.truncated
    assert found.truncated
    assert len(found.body) == 1000


def test_a_part_too_large_is_left_out_and_the_rest_stays() -> None:
    evidence = bundle([exchange(), picture(2000, "a"), picture(10, "b")], body_limit=1000)
    assert [e.url for e in read(evidence)] == ["https://a.example/", "https://a.example/b.png"]
    assert evidence.truncated


def test_a_bundle_too_large_leaves_out_what_does_not_fit() -> None:
    evidence = bundle([exchange(), picture(30_000, "a"), picture(30_000, "b"), picture(10, "c")], limit=40_000)
    assert [e.url[-5:] for e in read(evidence)[1:]] == ["a.png", "c.png"]
    assert evidence.truncated
    assert len(evidence.index) + sum(map(len, evidence.bodies.values())) <= 40_000


def test_the_same_body_counts_once() -> None:
    evidence = bundle([exchange(), *[picture(9_000)] * 3], limit=20_000)
    assert not evidence.truncated
    assert len(evidence.bodies) == 2


def test_nothing_recorded_is_an_empty_bundle() -> None:
    assert read(bundle([])) == ()


def test_what_a_sensor_could_not_record_whole_stays_marked() -> None:
    evidence = bundle([exchange(truncated=True)])
    assert evidence.truncated
    assert read(evidence)[0].truncated


def test_the_index_is_a_har() -> None:
    har = json.loads(bundle([exchange()]).index)
    assert har["log"]["version"] == "1.2"
    assert har["log"]["entries"][0]["response"]["content"]["mimeType"] == "text/html"


TEXT = st.text(max_size=20)
EXCHANGES = st.builds(
    Exchange,
    started_at=st.datetimes(timezones=st.just(UTC)),
    method=st.sampled_from(["GET", "POST"]),
    url=TEXT | st.just("https://a.example/?token=a&b=c"),
    request_headers=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    request_type=st.sampled_from(["", "application/json", "application/x-www-form-urlencoded"]),
    request_body=st.binary(max_size=30),
    status=st.integers(0, 599),
    response_headers=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    media_type=st.sampled_from(["text/html", "image/png", "application/json", "text/javascript", ""]),
    body=st.binary(max_size=30),
    truncated=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(EXCHANGES, max_size=3))
def test_what_is_bundled_is_read_and_bundled_the_same_again(exchanges: list[Exchange]) -> None:
    evidence = bundle(exchanges)
    found = read(evidence)
    assert len(found) == len(exchanges)
    assert bundle(found) == evidence
