"""Lines without an end, from a client and from an origin, through a running gateway."""

import socket
import threading
from contextlib import contextmanager

import pytest

from proxy_addons.bounded_heads import AHEAD, LONGEST
from tests.proxy_addons.conftest import gateway

GET = b"GET http://endless.test/ HTTP/1.1\r\nHost: endless.test\r\n"
PIECE = b"x" * 60_000


@pytest.fixture(scope="module")
def origin():
    """Answers each connection with what is in ``says``, and then with one piece after another, until nobody listens;
    with nothing at all where that is None."""
    says = [b""]

    def answer(line):
        with line:
            line.recv(65536)
            if says[0] is None:
                _listen(line)
                return
            line.sendall(says[0])
            while True:
                line.sendall(PIECE)

    def serve():
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_until_gone, args=(answer, line), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], says


def _listen(line):
    while line.recv(65536):
        pass


def _until_gone(answer, line):
    try:
        answer(line)
    except OSError:
        return


@pytest.fixture(scope="module")
def made(tmp_path_factory, origin):
    where = {"endless.test": f"127.0.0.1:{origin[0]}"}
    with gateway(tmp_path_factory.mktemp("gateway"), also=where) as running:
        yield running


@contextmanager
def line_to(made):
    with socket.create_connection(("127.0.0.1", made.port), timeout=30) as line:
        yield line


def sent_until_refused(line, most):
    """How many bytes were taken before the gateway would have no more of them."""
    taken = 0
    try:
        while taken < most:
            line.sendall(PIECE)
            taken += len(PIECE)
    except ConnectionError:
        pass
    return taken


@pytest.mark.parametrize("begins", [b"", b"GET http://endless.test/ HTTP/1.1\r\nX: ", b"GET http://endless.test/"])
def test_a_request_without_an_end_is_refused(made, begins):
    with line_to(made) as line:
        line.sendall(begins)
        assert sent_until_refused(line, 100 * LONGEST) < 100 * LONGEST


@pytest.mark.parametrize("status", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_an_answer_whose_head_has_no_end_is_the_origins_fault(made, origin, status):
    origin[1][0] = status
    with line_to(made) as line:
        line.sendall(GET + b"\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 502")


def test_a_chunk_whose_size_has_no_end_ends_the_answer(made, origin):
    origin[1][0] = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2;"
    with line_to(made) as line:
        line.sendall(GET + b"\r\n")
        heard = b""
        while piece := line.recv(65536):
            heard += piece
        assert b"ab" in heard
        assert len(heard) < LONGEST


def test_requests_ahead_of_their_turn_are_kept_in_bounds(made, origin):
    origin[1][0] = None
    with line_to(made) as line:
        line.sendall(GET + b"\r\n")
        assert sent_until_refused(line, 4 * AHEAD) < 4 * AHEAD


def test_a_long_head_that_ends_is_passed_on(made):
    with line_to(made) as line:
        head = b"GET http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\nCookie: " + b"a" * 60_000
        line.sendall(head + b"\r\n\r\n")
        assert line.recv(65536).startswith((b"HTTP/1.1 404", b"HTTP/1.1 431"))
