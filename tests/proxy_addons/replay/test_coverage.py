import gzip
from collections import Counter

from proxy_addons.replay.coverage import Amount
from proxy_addons.replay.tls.layer import NOT_WHOLE
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.dns_talk import HIDES, over_udp, query
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search
from tests.proxy_addons.replay.test_clear_conversation import SAYS, spoken
from tests.proxy_addons.replay.test_within_tls import HELLO


def test_requests_bytes_passages_and_detections_are_told_by_protocol_and_by_app(replayed: Replayed) -> None:
    body = gzip.compress(b"<p>Good morning to all.</p>")
    talk = Talk().hello().up(search()).down(answer(body, Content_Encoding="gzip"))
    talk.up(get("/logo.png", "pictures.test")).down(answer(b"1234567", kind="image/png"))
    outcome = replayed(talk.bye().packets)
    assert outcome.coverage.by_protocol({}) == {
        "HTTP/1.1": Amount(messages=2, bytes=len(body) + 7, passages=2, detections=1)
    }
    apps = outcome.coverage.by_app({})
    assert list(apps) == ["news.test", "pictures.test"]
    assert (apps["news.test"].messages, apps["news.test"].bytes, apps["news.test"].detections) == (1, len(body), 1)
    assert apps["news.test"].passages == 2
    assert apps["pictures.test"] == Amount(messages=1, bytes=7)


def test_a_host_counts_for_the_app_it_was_read_as(replayed: Replayed) -> None:
    talk = Talk().hello().up(get("/search?q=good+morning", "www.google.com")).down(answer())
    unread = {("TLS connections", "TLS without keys (to www.google.com)"): 2}
    apps = replayed(talk.bye().packets).coverage.by_app(unread)
    (name,) = apps
    assert name != "www.google.com"
    assert apps[name].messages == 1
    assert apps[name].unread == {("TLS connections", "TLS without keys"): 2}


def test_clear_protocols_are_told_by_their_names(replayed: Replayed) -> None:
    talk = spoken(Talk(server=("192.0.2.80", 6667)).hello(), SAYS["IRC"]).bye()
    outcome = replayed(talk.packets)
    size = sum(len(data) for _, data in SAYS["IRC"])
    assert outcome.coverage.by_protocol({}) == {"IRC": Amount(messages=1, bytes=size, passages=1, detections=1)}
    assert outcome.coverage.by_app({}) == {"IRC": Amount(messages=1, passages=1, detections=1)}


def test_lookups_are_a_protocol_with_their_number(replayed: Replayed) -> None:
    asked = [query(name) for name in ("news.test", HIDES, "news.test")]
    outcome = replayed(over_udp(message) for message in [*asked, b"\x00" * 12])
    amount = Amount(messages=3, bytes=sum(map(len, asked)), passages=1, detections=1)
    assert outcome.coverage.by_app({}) == {"DNS": amount}
    malformed = Amount(unread=Counter({("DNS lookups", "malformed"): 1}))
    assert outcome.coverage.by_protocol(outcome.unread) == {"DNS": amount + malformed}


def test_what_was_not_read_stands_with_its_protocol_and_with_the_host_it_led_to(replayed: Replayed) -> None:
    tls = [Talk(client=("10.1.0.9", port)).hello().up(HELLO).bye() for port in (1, 2)]
    other = Talk(client=("10.1.0.9", 3)).hello().up(b"\x00\x01\x02\x03" * 9).bye()
    outcome = replayed(packet for talk in (*tls, other) for packet in talk.packets)
    protocols = outcome.coverage.by_protocol(outcome.unread)
    assert protocols["TLS"].unread == {("TLS connections", NOT_WHOLE): 2}
    assert protocols["TCP"].unread == {("TCP connections", "no known protocol"): 1}
    assert outcome.coverage.by_app(outcome.unread) == {"news.test": Amount(unread=protocols["TLS"].unread)}


def test_a_host_known_from_its_certificate_alone_stands_for_itself(replayed: Replayed) -> None:
    unread = {
        ("TLS connections", "TLS without keys (to a.test; certificate of b.test, c.test)"): 1,
        ("bytes of TLS", "TLS without keys (certificate of *.b.test, c.test)"): 7,
        ("QUIC connections", "HTTP/3 over QUIC (to a.test)"): 2,
    }
    coverage = replayed(Talk().hello().bye().packets).coverage
    assert coverage.by_app(unread) == {
        "a.test": Amount(
            unread={("TLS connections", "TLS without keys"): 1, ("QUIC connections", "HTTP/3 over QUIC"): 2}
        ),
        "*.b.test": Amount(unread={("bytes of TLS", "TLS without keys"): 7}),
    }
    assert list(coverage.by_protocol(unread)) == ["QUIC", "TLS"]


def test_to_ask_twice_says_the_same(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(search()).down(answer()).bye().packets)
    unread = {("bytes of HTTP", "missing"): 3, ("packets", "not TCP"): 1, ("answers", "missing"): 1}
    first = outcome.coverage.by_protocol(unread)
    assert first == outcome.coverage.by_protocol(unread)
    assert list(first) == ["HTTP", "HTTP/1.1", "packets"]
    assert WORDS not in str(first)
