import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.socks import Granted, SocksError, negotiated

OPEN5, NAMED5 = b"\x05\x01\x00", b"\x05\x01\x00\x03\x09news.test\x00\x50"
LOGIN5 = b"\x05\x02\x00\x02\x01\x04anna\x04word"
DONE4, DONE5 = b"\x00\x5a\x00\x50\xc0\x00\x02\x50", b"\x05\x00\x00\x01\xc0\x00\x02\x50\x00\x50"


@pytest.mark.parametrize(
    ("client", "server", "host"),
    [
        (b"\x04\x01\x00\x50\xc0\x00\x02\x50anna\x00", DONE4, "192.0.2.80"),
        (b"\x04\x01\x00\x50\x00\x00\x00\x01\x00news.test\x00", DONE4, "news.test"),
        (OPEN5 + NAMED5, b"\x05\x00" + DONE5, "news.test"),
        (OPEN5 + b"\x05\x01\x00\x01\xc0\x00\x02\x50\x00\x50", b"\x05\x00" + DONE5, "192.0.2.80"),
        (OPEN5 + b"\x05\x01\x00\x04" + bytes(15) + b"\x01\x00\x50", b"\x05\x00" + DONE5, "::1"),
        (LOGIN5 + NAMED5, b"\x05\x02\x01\x00" + DONE5, "news.test"),
    ],
    ids=["4", "4a", "5 by name", "5 by address", "5 by IPv6", "5 with a password"],
)
def test_what_a_proxy_granted_is_known_once_both_sides_have_said_it(client: bytes, server: bytes, host: str) -> None:
    granted = Granted(host, 80, len(client), len(server))
    assert negotiated(client + b"GET /", server + b"HTTP") == granted
    for cut in range(3, len(client)):
        assert negotiated(client[:cut], b"") is None
    for cut in range(len(server)):
        assert negotiated(client, server[:cut]) is None


@pytest.mark.parametrize(
    ("client", "server"),
    [
        (b"\x04\x01\x00\x50\xc0\x00\x02\x50\x00", b"\x00\x5b" + bytes(6)),
        (OPEN5, b"\x05\xff"),
        (LOGIN5, b"\x05\x02\x01\x01"),
        (OPEN5 + NAMED5, b"\x05\x00\x05\x05\x00\x01" + bytes(6)),
        (OPEN5 + b"\x05\x01\x00\x09" + bytes(9), b"\x05\x00"),
    ],
)
def test_a_refusal_is_one(client: bytes, server: bytes) -> None:
    with pytest.raises(SocksError):
        negotiated(client, server)


@given(st.sampled_from([b"\x04", b"\x05"]), st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(version: bytes, client: bytes, server: bytes) -> None:
    try:
        granted = negotiated(version + client, server)
    except SocksError:
        return
    assert granted is None or granted.client <= len(client) + 1
