from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls import hellos
from proxy_addons.replay.tls.records import TlsError


def extension(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2, "big") + sized(2, data)


def sized(width: int, data: bytes) -> bytes:
    return len(data).to_bytes(width, "big") + data


def named(host: bytes, kind: int = 0) -> bytes:
    return extension(0, sized(2, bytes([kind]) + sized(2, host)))


def client(*extensions: bytes) -> bytes:
    body = b"\x03\x03" + bytes(32) + sized(1, b"id") + sized(2, b"\x13\x01") + sized(1, b"\0")
    return body + (sized(2, b"".join(extensions)) if extensions else b"")


def server(*extensions: bytes, random: bytes = bytes(32), suite: int = 0x1301) -> bytes:
    body = b"\x03\x03" + random + sized(1, b"id") + suite.to_bytes(2, "big") + b"\0"
    return body + (sized(2, b"".join(extensions)) if extensions else b"")


@pytest.mark.parametrize(
    ("extensions", "name"),
    [
        ([], ""),
        ([named(b"news.test")], "news.test"),
        ([extension(99, b""), named(b"News.Test")], "News.Test"),
        ([named(b"news.test", kind=1)], ""),
        ([named(b"bad name\xff")], ""),
        ([named(b"")], ""),
        ([extension(0, b"")], ""),
        ([extension(0, b"\x00\x09\x00\x00\x09")], ""),
        ([named(b"first.test"), named(b"second.test")], "first.test"),
    ],
)
def test_the_host_asked_for(extensions: list[bytes], name: str) -> None:
    assert hellos.client_hello(client(*extensions)).server_name == name


def test_what_the_client_would_speak_and_whether_it_has_said_something_already() -> None:
    hello = hellos.client_hello(
        client(extension(16, sized(2, sized(1, b"h2") + sized(1, b"http/1.1"))), extension(42, b""))
    )
    assert hello.alpn == (b"h2", b"http/1.1")
    assert hello.offers_early_data
    assert not hellos.client_hello(client()).offers_early_data


def test_what_the_server_agrees_to() -> None:
    hello = hellos.server_hello(server(extension(43, b"\x03\x04"), extension(41, b"\0\0")))
    assert (hello.version, hello.suite, hello.resumes, hello.encrypts_then_macs) == (0x0304, 0x1301, True, False)
    older = hellos.server_hello(server(extension(22, b""), extension(16, sized(2, sized(1, b"h2"))), suite=0x2F))
    assert (older.version, older.suite, older.alpn, older.encrypts_then_macs) == (0x0303, 0x2F, b"h2", True)


def test_a_server_that_asks_for_another_hello_is_told_by_its_random() -> None:
    assert hellos.server_hello(server(random=hellos._RETRY)).is_retry
    assert not hellos.server_hello(server()).is_retry


@pytest.mark.parametrize("read", [hellos.client_hello, hellos.server_hello, hellos.encrypted_extensions])
@given(data=st.binary(max_size=150), cut=st.integers(0, 90))
def test_whatever_is_damaged_there_is_one_answer(read, data: bytes, cut: int) -> None:
    for body in (data, client(named(b"news.test"))[:cut] + data, server(extension(43, b"\x03\x04"))[:cut] + data):
        with suppress(TlsError):
            found = read(body)
            if isinstance(found, hellos.ClientHello):
                assert isinstance(found.server_name, str)
                assert isinstance(found.alpn, tuple)
