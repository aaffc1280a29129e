import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.protocols import Speaks, server_name, speaks, tunnel


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (b"", Speaks.UNDECIDED),
        (b"G", Speaks.UNDECIDED),
        (b"GET / HTTP/1.1\r\n", Speaks.HTTP1),
        (b"PRI * HTTP/2.0\r\n\r\nSM", Speaks.HTTP2),
        (b"CONNECT a.test:443 HTTP/1.1\r\n", Speaks.CONNECT),
        (b"\x16\x03\x01\x02\x00", Speaks.TLS),
        (b"\x00\x01binary", Speaks.OTHER),
        (b"SSH-2.0-OpenSSH\r\n", Speaks.OTHER),
    ],
)
def test_first_bytes_tell(first: bytes, what: Speaks) -> None:
    assert speaks(first) is what


@given(st.binary(max_size=200))
def test_no_bytes_confuse(first: bytes) -> None:
    speaks(first)
    server_name(first)


def test_a_tunnel_is_named_by_its_target() -> None:
    head = b"CONNECT chat.test:80 HTTP/1.1\r\nHost: chat.test\r\n\r\n"
    found = tunnel(head + b"more")
    assert found is not None
    assert (found.host, found.port, found.length) == ("chat.test", 80, len(head))
    assert tunnel(head[:-1]) is None
