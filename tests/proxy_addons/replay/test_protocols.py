import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.protocols import Speaks, answers, begins_tls, server_name, speaks


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (b"", Speaks.UNDECIDED),
        (b"G", Speaks.UNDECIDED),
        (b"GET /a?q=" + b"x" * 3000, Speaks.UNDECIDED),
        (b"GET / HTTP/1.1\r\n", Speaks.HTTP1),
        (b"\r\nGET / HTTP/1.1\r\n", Speaks.HTTP1),
        (b"GET / http/1.1\n", Speaks.HTTP1),
        (b"GET /old\r\n", Speaks.HTTP1),
        (b"GET HTTP/1.1\r\n", Speaks.HTTP1),
        (b"OPTIONS\nHost: news.test\n\n", Speaks.HTTP1),
        (b"CCM_POST / HTTP/1.1\r\n", Speaks.HTTP1),
        (b"CONNECT a.test:443 HTTP/1.1\r\n", Speaks.HTTP1),
        (b"PRI * HTTP/2.0\r\n\r\nSM", Speaks.HTTP2),
        (b"PRI * HT", Speaks.UNDECIDED),
        (b"\x16\x03\x01\x02\x00", Speaks.TLS),
        (b"\x16\x09", Speaks.OTHER),
        (b"\x17\x03\x03\x00\x20", Speaks.TLS),
        (b"\x18\x03", Speaks.OTHER),
        (b"\x05\x01\x00", Speaks.SOCKS),
        (b"\x05\x02", Speaks.UNDECIDED),
        (b"\x05\x01\x77", Speaks.OTHER),
        (b"\x04\x01\x00\x50\xc0\x00\x02\x50\x00", Speaks.SOCKS),
        (b"\x04\x09\x00\x50\xc0\x00\x02\x50\x00", Speaks.OTHER),
        (b"\x00\x01binary", Speaks.OTHER),
        (b"\x00\x1b\xab\xcd\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04news", Speaks.DNS),
        (b"\x00\x1b\xab", Speaks.UNDECIDED),
        (b"\x00\x1b\xab\xcd\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00", Speaks.OTHER),
        (b"SSH-2.0-OpenSSH\r\n", Speaks.OTHER),
        (b"EHLO mail.test\r\n", Speaks.OTHER),
        (b"USER anna\r\n", Speaks.OTHER),
        (b"NICK anna\r\n", Speaks.OTHER),
        (b"get / HTTP/1.1\r\n", Speaks.OTHER),
    ],
)
def test_first_bytes_tell(first: bytes, what: Speaks) -> None:
    assert speaks(first) is what


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (b"", Speaks.UNDECIDED),
        (b"HTT", Speaks.UNDECIDED),
        (b"HTTP/1.1 200 OK", Speaks.HTTP1),
        (b"http/1.0 200 OK", Speaks.HTTP1),
        (b"220 mail.test", Speaks.OTHER),
    ],
)
def test_first_bytes_of_an_answer_tell(first: bytes, what: Speaks) -> None:
    assert answers(first) is what


@given(st.binary(max_size=200))
def test_no_bytes_confuse(first: bytes) -> None:
    assert speaks(first) in Speaks
    assert answers(first) in Speaks
    assert isinstance(server_name(b"\x16\x03" + first), str)


def test_a_clients_hello_is_told_from_the_servers() -> None:
    assert begins_tls(b"\x16\x03\x01\x00\x80\x01")
    assert not begins_tls(b"\x16\x03\x03\x00\x80\x02")
    assert not begins_tls(b"\x16\x03\x03")


def test_the_host_a_client_of_tls_asks_for_is_named() -> None:
    extension = b"\x00\x00\x00\x0e\x00\x0c\x00\x00\x09news.test"
    assert server_name(b"\x16\x03\x01\x00\x80\x01" + bytes(40) + extension + b"\x00\x17") == "news.test"
    assert server_name(b"\x16\x03\x01") == ""
