"""Whole recorded sessions between real ends, replayed: what is said inside is read as if it were outside."""

import functools
import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from OpenSSL import SSL
from OpenSSL._util import lib
from scapy.layers.inet import TCP

from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls import hellos
from proxy_addons.replay.tls.key_log import LABELS, KeyLog
from proxy_addons.replay.tls.layer import NOT_WHOLE
from proxy_addons.replay.tls.session import Session
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import PUPIL, WORDS, Talk, answer, get, search
from tests.proxy_addons.replay.http2_talk import Http2Talk
from tests.proxy_addons.replay.tls.test_hellos import client, extension, server, sized
from tests.proxy_addons.replay.tls.test_protection import SECRET, sealed
from tests.proxy_addons.replay.tls_talk import WITH_RENEGOTIATION, WITHOUT_ENCRYPT_THEN_MAC, Options, TlsTalk

TLS12 = SSL.TLS1_2_VERSION
SERVER_HELLO = re.compile(rb"\x16\x03\x03..\x02", re.DOTALL)
READ = [("GET", "https://news.test/search?q=nobody+likes+you", 200)]
KINDS = [
    Options(ciphers="TLS_AES_128_GCM_SHA256"),
    Options(ciphers="TLS_AES_256_GCM_SHA384"),
    Options(ciphers="TLS_CHACHA20_POLY1305_SHA256"),
    Options(ciphers="TLS_AES_128_CCM_SHA256"),
    Options(ciphers="TLS_AES_128_CCM_8_SHA256"),
    Options(curve=ec.SECP384R1()),
    Options(TLS12, "ECDHE-RSA-AES128-GCM-SHA256"),
    Options(TLS12, "AES256-GCM-SHA384"),
    Options(TLS12, "ECDHE-RSA-CHACHA20-POLY1305"),
    Options(TLS12, "ECDHE-ECDSA-AES256-GCM-SHA384", elliptic=True),
    Options(TLS12, "AES128-CCM"),
    Options(TLS12, "AES256-CCM"),
    Options(TLS12, "AES128-CCM8"),
    Options(TLS12, "AES256-CCM8"),
    Options(TLS12, "AES128-SHA"),
    Options(TLS12, "AES256-SHA256"),
    Options(TLS12, "ECDHE-RSA-AES128-SHA256"),
    Options(TLS12, "ECDHE-RSA-AES256-SHA384"),
    Options(TLS12, "AES128-SHA", options=WITHOUT_ENCRYPT_THEN_MAC),
    Options(TLS12, "ECDHE-RSA-AES256-SHA384", options=WITHOUT_ENCRYPT_THEN_MAC),
]


@pytest.mark.parametrize(
    "options", KINDS, ids=lambda o: f"{o.ciphers}{(o.curve and o.curve.name) or ''}{o.options or ''}"
)
def test_what_is_said_inside_is_read(replayed: Replayed, options: Options) -> None:
    tls = TlsTalk(options).hello().up(search()).down(answer(b"<p>" + b"x" * 40_000)).bye()
    outcome = replayed(tls.packets, tls.lines)
    assert asked(outcome) == READ
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert [body.bytes for body in outcome.ledger.bodies] == [40_003]
    assert not outcome.unread


def test_http_2_inside_is_read(replayed: Replayed) -> None:
    tls = TlsTalk(Options(alpn=b"h2")).hello()
    Http2Talk(within=tls).get("/search?q=nobody+likes+you").answer(200, b"<p>Hello.</p>")
    outcome = replayed(tls.bye().packets, tls.lines)
    assert asked(outcome) == READ
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread


@pytest.mark.parametrize(
    "options",
    [Options(), Options(TLS12), Options(TLS12, options=SSL.OP_NO_TICKET)],
    ids=["TLS 1.3 by key", "TLS 1.2 by ticket", "TLS 1.2 by id"],
)
def test_a_session_that_is_resumed_is_read(replayed: Replayed, options: Options) -> None:
    tls = TlsTalk(options).hello().up(get("/first")).down(answer())
    tls.again(Talk(client=(PUPIL, 40001))).hello()
    assert lib.SSL_session_reused(tls.client._ssl)
    outcome = replayed(tls.up(search()).down(answer()).packets, tls.lines)
    assert [url for _, url, _ in asked(outcome)] == ["https://news.test/first", READ[0][1]]
    assert not outcome.unread


EARLY = get("/early")


def resumed_with_early_data(*, taken: bool) -> TlsTalk:
    tls = TlsTalk(Options(early=1000)).hello().up(get("/first")).down(answer())
    tls.takes_early(1000 if taken else 0)
    assert tls.again(Talk(client=(PUPIL, 40001))).early(EARLY) == (EARLY if taken else b"")
    tls.hello()
    if taken:
        tls.down(answer())
    return tls.up(search()).down(answer()).bye()


def test_early_data_is_read(replayed: Replayed) -> None:
    tls = resumed_with_early_data(taken=True)
    outcome = replayed(tls.packets, tls.lines)
    assert [(url[17:], status) for _, url, status in asked(outcome)] == [
        ("/first", 200),
        ("/early", 200),
        ("/search?q=nobody+likes+you", 200),
    ]
    assert not outcome.unread


def test_early_data_that_the_server_would_not_have_is_counted(replayed: Replayed) -> None:
    tls = resumed_with_early_data(taken=False)
    outcome = replayed(tls.packets, tls.lines)
    assert len(outcome.detections) == 1
    assert outcome.unread == {("bytes of TLS", "early data that the server refused"): len(EARLY) + 17}


def test_early_data_without_its_key_is_counted_and_the_rest_is_read(replayed: Replayed) -> None:
    tls = resumed_with_early_data(taken=True)
    outcome = replayed(tls.packets, [line for line in tls.lines if b"EARLY" not in line])
    assert len(outcome.detections) == 1
    assert outcome.unread["bytes of TLS", "TLS without keys (to news.test)"] == len(EARLY) + 17 + 21


def test_a_session_that_is_renegotiated_is_read(replayed: Replayed) -> None:
    tls = TlsTalk(Options(TLS12, options=WITH_RENEGOTIATION)).hello().up(get("/first")).down(answer())
    tls.renegotiate()
    assert tls.client.total_renegotiations() == 1
    outcome = replayed(tls.up(search()).down(answer()).bye().packets, tls.lines)
    assert [url for _, url, _ in asked(outcome)] == ["https://news.test/first", READ[0][1]]
    assert not outcome.unread


@pytest.mark.parametrize("kept", [b"TRAFFIC_SECRET_0", b"SERVER"])
def test_some_of_the_secrets_tell_some_of_what_is_said(replayed: Replayed, kept: bytes) -> None:
    tls = TlsTalk().hello().up(search()).down(answer(f"<p>{WORDS} today</p>".encode())).bye()
    outcome = replayed(tls.packets, [line for line in tls.lines if kept in line.split()[0]])
    assert len(outcome.ledger.requests) == (kept == b"TRAFFIC_SECRET_0")
    assert len(outcome.detections) == len(outcome.ledger.bodies) == 1
    assert outcome.unread["bytes of TLS", "TLS without keys (to news.test)"]


@pytest.mark.parametrize("version", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_without_keys_the_names_and_the_sizes_are_told(replayed: Replayed, version: int) -> None:
    tls = TlsTalk(Options(version)).hello().up(search()).down(answer()).bye()
    outcome = replayed(tls.packets)
    known = "to news.test" if version == SSL.TLS1_3_VERSION else "to news.test; certificate of *.news.test, news.test"
    assert set(outcome.unread) == {
        ("TLS connections", f"TLS without keys ({known})"),
        ("bytes of TLS", f"TLS without keys ({known})"),
    }
    assert outcome.unread["bytes of TLS", f"TLS without keys ({known})"] > len(search() + answer())


def test_a_certificate_names_the_server_where_the_client_did_not(replayed: Replayed) -> None:
    tls = TlsTalk(Options(TLS12, host="")).hello().up(search()).down(answer()).bye()
    reason = "TLS without keys (certificate of *.news.test, news.test)"
    assert replayed(tls.packets).unread["TLS connections", reason] == 1


@pytest.mark.parametrize("has_keys", [True, False])
@pytest.mark.parametrize("version", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_what_the_gateway_would_not_open_is_not_read_and_not_named(
    replayed: Replayed, version: int, has_keys: bool
) -> None:
    tls = TlsTalk(Options(version, host="www.nhs.uk")).hello().up(search()).down(answer()).bye()
    outcome = replayed(tls.packets, tls.lines if has_keys else [])
    assert not outcome.ledger.requests
    assert not outcome.detections
    assert outcome.unread == {("messages to hosts that are never opened", "health"): 1}


def test_a_proxys_tunnel_to_another_host_does_not_keep_tls_closed(replayed: Replayed) -> None:
    """As in the live gateway: the names must agree."""
    for target, requests in ((b"news.test:443", 2), (b"nhs.uk:443", 1)):
        talk = Talk(server=("10.1.0.1", 3128)).hello()
        talk.up(b"CONNECT %s HTTP/1.1\r\n\r\n" % target).down(b"HTTP/1.1 200 OK\r\n\r\n")
        tls = TlsTalk(Options(host="www.nhs.uk"), talk).hello().up(search()).down(answer()).bye()
        assert len(replayed(tls.packets, tls.lines).ledger.requests) == requests


def test_tls_through_a_socks_proxy_and_in_tls_is_read(replayed: Replayed) -> None:
    talk = Talk().hello().up(b"\x05\x01\x00").down(b"\x05\x00")
    talk.up(b"\x05\x01\x00\x03\x09news.test\x01\xbb").down(b"\x05\x00\x00\x01" + bytes(6))
    tls = TlsTalk(talk=talk).hello().up(search()).down(answer()).bye()
    assert asked(replayed(tls.packets, tls.lines)) == READ


def test_records_and_messages_may_be_split_anyhow(replayed: Replayed) -> None:
    tls = TlsTalk(talk=Talk(mss=7)).hello().up(search()).down(answer()).bye()
    assert asked(replayed(tls.packets, tls.lines)) == READ


def test_the_client_is_who_says_hello_whatever_the_ports(replayed: Replayed) -> None:
    tls = TlsTalk(talk=Talk(client=(PUPIL, 443), server=("192.0.2.80", 40000))).hello().up(search()).down(answer())
    outcome = replayed(tls.packets[3:], tls.lines)
    assert asked(outcome) == READ
    assert outcome.detections[0].observation.subject.address == PUPIL


def test_a_capture_that_begins_in_the_middle_is_named(replayed: Replayed) -> None:
    tls = TlsTalk().hello()
    begun = len(tls.packets)
    tls.up(search()).down(answer()).bye()
    assert replayed(tls.packets[begun:], tls.lines).unread == {("TLS connections", NOT_WHOLE): 1}


PAGE = b"<p>" + b"x" * 200_000 + b"</p>"


def with_a_hole(options: Options, at: int, size: int) -> TlsTalk:
    """In the middle of an answer's body; another request follows."""
    tls = TlsTalk(options).hello().up(get("/long"))
    begun = len(tls.packets)
    tls.down(answer(PAGE)).up(search()).down(answer()).bye()
    del tls.talk.packets[begun + at : begun + at + size]
    return tls


@pytest.mark.parametrize("size", [1, 2, 40])
@pytest.mark.parametrize("ciphers", ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-CHACHA20-POLY1305", ""])
def test_behind_a_hole_reading_goes_on_and_only_what_was_in_it_is_missing(
    replayed: Replayed, ciphers: str, size: int
) -> None:
    tls = with_a_hole(Options(TLS12 if ciphers else SSL.TLS1_3_VERSION, ciphers), 30, size)
    outcome = replayed(tls.packets, tls.lines)
    assert [(url, status) for _, url, status in asked(outcome)] == [("https://news.test/long", 200), READ[0][1:]]
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    long, _ = outcome.ledger.bodies
    assert len(PAGE) - (size // 17 + 3) * 16_384 <= long.bytes < len(PAGE)
    assert set(outcome.unread) == {
        ("answers", "parts of them are missing"),
        ("bytes of TCP", "missing from the capture"),
    }


def test_behind_a_hole_in_cbc_the_next_message_is_found(replayed: Replayed) -> None:
    tls = with_a_hole(Options(TLS12, "AES128-SHA"), 30, 2)
    outcome = replayed(tls.packets, tls.lines)
    assert [url for _, url, _ in asked(outcome)] == ["https://news.test/long", READ[0][1]]
    assert len(outcome.detections) == 1


def test_a_hole_in_the_handshake_ends_what_can_be_read(replayed: Replayed) -> None:
    tls = TlsTalk().hello().up(search()).down(answer()).bye()
    begins = next(n for n, p in enumerate(tls.packets) if SERVER_HELLO.search(bytes(p)))
    outcome = replayed([p for n, p in enumerate(tls.packets) if n != begins], tls.lines)
    assert not outcome.ledger.requests
    assert outcome.unread["TLS connections", f"{NOT_WHOLE} (to news.test)"] == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([TLS12, SSL.TLS1_3_VERSION]),
    st.lists(st.tuples(st.integers(0), st.integers(1, 255)), max_size=8),
    st.sets(st.integers(0, 30), max_size=3),
)
def test_whatever_is_damaged_or_missing_nothing_fails(
    replayed: Replayed, version: int, flips: list[tuple[int, int]], lost: set[int]
) -> None:
    tls = a_talk(version)
    whole = recorded(tls)
    talk = Talk().hello()
    for number, (up, data) in enumerate(whole):
        hurt = bytearray(data)
        for at, change in flips:
            if at % len(whole) == number:
                hurt[at // len(whole) % len(hurt)] ^= change
        (talk.up if up else talk.down)(bytes(hurt))
    outcome = replayed((p for n, p in enumerate(talk.bye().packets) if n not in lost), tls.lines)
    assert "faults of ours" not in {what for what, _ in outcome.unread}


def clear(kind: int, body: bytes) -> bytes:
    message = bytes([kind]) + sized(3, body)
    return b"\x16\x03\x03" + sized(2, message)


MESSAGES = st.tuples(st.sampled_from([1, 2, 4, 5, 8, 11, 13, 20, 24]), st.binary(max_size=40))
SEALED = st.tuples(st.sampled_from(Side), st.sampled_from([20, 21, 22, 23]), MESSAGES | st.binary(max_size=40))


@settings(max_examples=300, deadline=None)
@given(st.booleans(), st.booleans(), st.booleans(), st.lists(SEALED, max_size=12), st.sets(st.integers(0, 14)))
def test_no_messages_whatever_ends_with_the_right_keys_say_stop_a_replay(
    early: bool, resumes: bool, retry: bool, said: list[tuple[Side, int, tuple[int, bytes] | bytes]], lost: set[int]
) -> None:
    log = KeyLog()
    assert not log.add(f"{label} {bytes(32).hex()} {SECRET.hex()}".encode() for label in LABELS).bad
    session = Session(log)
    taken = [*session.feed(Side.CLIENT, clear(1, client(*[extension(42, b"")] * early)))]
    if retry:
        taken += session.feed(Side.SERVER, clear(2, server(extension(43, b"\x03\x04"), random=hellos._RETRY)))
        taken += session.feed(Side.CLIENT, clear(1, client()))
    agreed = [extension(43, b"\x03\x04"), *[extension(41, b"\0\0")] * resumes]
    taken += session.feed(Side.SERVER, clear(2, server(*agreed)))
    numbers = dict.fromkeys(Side, 0)
    for count, (side, kind, content) in enumerate(said):
        body = content if isinstance(content, bytes) else bytes([content[0]]) + sized(3, content[1])
        record = sealed(body + bytes([kind]), numbers[side])
        numbers[side] = 0 if kind == 22 and body[:1] in (b"\x14", b"\x05") else numbers[side] + 1
        if count in lost:
            session.lost(side, len(record.body) + 5)
        else:
            taken += session.feed(side, record.header + record.body)
    for side in Side:
        session.end(side)
    assert all(isinstance(told.data, bytes) for told in taken)


@functools.cache
def a_talk(version: int) -> TlsTalk:
    return TlsTalk(Options(version)).hello().up(search()).down(answer()).up(get()).down(answer()).bye()


def recorded(tls: TlsTalk) -> list[tuple[bool, bytes]]:
    """What the ends said, in pieces."""
    return [(p[TCP].dport == 443, bytes(p[TCP].payload)) for p in tls.packets if p[TCP].payload]
