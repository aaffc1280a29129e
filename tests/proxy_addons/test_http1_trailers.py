import pytest
from h11 import Data, EndOfMessage, LocalProtocolError, RemoteProtocolError
from h11._receivebuffer import ReceiveBuffer

from proxy_addons.http1_trailers import WithoutTrailers


def events(body):
    buffer, reader = ReceiveBuffer(), WithoutTrailers()
    buffer += body
    while event := reader(buffer):
        yield event
        if isinstance(event, EndOfMessage):
            return


@pytest.mark.parametrize("trailers", [b"", b"Expires: 0\r\n", b"A: b\r\nServer-Timing: x;dur=1\r\n"])
def test_a_body_ends_without_its_trailers(trailers):
    *data, end = events(b"3\r\nsee\r\n4\r\n you\r\n0\r\n" + trailers + b"\r\n")
    assert b"".join(bytes(piece.data) for piece in data if isinstance(piece, Data)) == b"see you"
    assert list(end.headers) == []


def test_what_is_no_chunk_is_refused_as_ever():
    with pytest.raises((LocalProtocolError, RemoteProtocolError)):
        list(events(b"no chunk\r\n"))
