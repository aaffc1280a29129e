import pytest
from hypothesis import given
from hypothesis import strategies as st
from mitmproxy.http import Headers

from proxy_addons.replay import http1_head
from proxy_addons.replay.http1_head import OLDEST
from proxy_addons.replay.http1_parts import Framing


@pytest.mark.parametrize(
    ("line", "method", "host", "port", "path", "version"),
    [
        (b"GET /a?b=c HTTP/1.1", "GET", "", 0, "/a?b=c", "HTTP/1.1"),
        (b"GET /a b HTTP/1.0", "GET", "", 0, "/a b", "HTTP/1.0"),
        (b"GET http://news.test/a HTTP/1.1", "GET", "news.test", 80, "/a", "HTTP/1.1"),
        (b"GET HTTP://news.test HTTP/1.1", "GET", "news.test", 80, "/", "HTTP/1.1"),
        (b"GET https://news.test/ HTTP/1.1", "GET", "news.test", 443, "/", "HTTP/1.1"),
        (b"GET http://[2001:db8::1]:8080/ HTTP/1.1", "GET", "2001:db8::1", 8080, "/", "HTTP/1.1"),
        (b"GET http://anna:word@news.test:81/ HTTP/1.1", "GET", "news.test", 81, "/", "HTTP/1.1"),
        (b"GET http://:99999/ HTTP/1.1", "GET", "", 0, "http://:99999/", "HTTP/1.1"),
        (b"OPTIONS * HTTP/1.1", "OPTIONS", "", 0, "*", "HTTP/1.1"),
        (b"CCM_POST / http/1.1", "CCM_POST", "", 0, "/", "HTTP/1.1"),
        (b"GET /old", "GET", "", 0, "/old", OLDEST),
        (b"GET HTTP/1.1", "GET", "", 0, "/", "HTTP/1.1"),
        (b"GET", "GET", "", 0, "/", OLDEST),
        (b"CONNECT chat.test:443 HTTP/1.1", "CONNECT", "", 0, "chat.test:443", "HTTP/1.1"),
    ],
)
def test_request_lines(line: bytes, method: str, host: str, port: int, path: str, version: str) -> None:
    asked = http1_head.request(line + b"\r\nHost: news.test\r\n\r\n")
    assert (asked.method, asked.host, asked.port, asked.path) == (method, host, port, path)
    assert (asked.http_version, asked.headers["host"]) == (version, "news.test")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"HTTP/1.1 200 OK", 200),
        (b"HTTP/1.0 404", 404),
        (b"http/1.1 301 Moved", 301),
        (b"ICY 200 OK", 200),
        (b"HTTP/1.1 999 \xff\xfe", 999),
    ],
)
def test_status_lines(line: bytes, status: int) -> None:
    answered = http1_head.response(line + b"\r\nA: b\r\n\r\n")
    assert answered is not None
    assert (answered.status_code, answered.headers["a"]) == (status, "b")


@pytest.mark.parametrize(
    ("head", "status"),
    [(b"HTTP/1.1", 200), (b"HTTP/1.1 OK", 200), (b"HTTP/ 1.1 404 No", 404), (b"HTTP 1.1 OK\r\nA: b", 200)],
)
def test_an_odd_status_line_is_one_all_the_same(head: bytes, status: int) -> None:
    answered = http1_head.response(head + b"\r\n\r\n")
    assert answered is not None
    assert answered.status_code == status


@pytest.mark.parametrize("name", [b"\0Content-Type", b"Content-Type\0", b"X: y\rContent-Type", b" Content-Type"])
def test_what_does_not_belong_in_a_headers_name_hides_it_not(name: bytes) -> None:
    answered = http1_head.response(b"HTTP/1.1 200 OK\r\n" + name + b": text/html\r\n\r\n")
    assert answered is not None
    assert answered.headers["content-type"] == "text/html"


@pytest.mark.parametrize("line", [b"", b"220 ready"])
def test_what_is_no_status_line_is_no_answer(line: bytes) -> None:
    assert http1_head.response(line + b"\r\n\r\n") is None


def test_odd_header_lines_are_read_as_far_as_they_can_be() -> None:
    asked = http1_head.request(b"GET / HTTP/1.1\r\nA : b\r\n c\r\nno colon\r\nA:d\n: e\r\nX:\r\n\r\n")
    assert asked.headers == Headers([(b"A", b"b c"), (b"A", b"d"), (b"X", b"")])


@pytest.mark.parametrize(
    ("head", "framing"),
    [
        (b"GET / HTTP/1.1", 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 12", 12),
        (b"POST / HTTP/1.1\r\nContent-Length: +12", 12),
        (b"POST / HTTP/1.1\r\nContent-Length: many", 0),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", Framing.CHUNKED),
        (b"CONNECT a.test:1 HTTP/1.1\r\nContent-Length: 12", Framing.HELD),
    ],
)
def test_where_requests_end(head: bytes, framing: Framing | int) -> None:
    assert http1_head.request_framing(http1_head.request(head + b"\r\n\r\n")) == framing


@pytest.mark.parametrize(
    ("method", "head", "framing"),
    [
        ("GET", b"200 OK", Framing.UNTIL_END),
        ("GET", b"200 OK\r\nContent-Length: 3", 3),
        ("GET", b"200 OK\r\nContent-Length: 3, 3", 3),
        ("GET", b"200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3", Framing.CHUNKED),
        ("GET", b"200 OK\r\nTransfer-Encoding: identity", Framing.UNTIL_END),
        ("HEAD", b"200 OK\r\nContent-Length: 3", 0),
        ("GET", b"304 No\r\nContent-Length: 3", 0),
        ("GET", b"204 No", 0),
        ("GET", b"100 Go on", 0),
    ],
)
def test_where_answers_end(method: str, head: bytes, framing: Framing | int) -> None:
    answered = http1_head.response(b"HTTP/1.1 " + head + b"\r\n\r\n")
    assert answered is not None
    assert http1_head.response_framing(method, answered) == framing


@given(st.binary(max_size=200))
def test_no_head_stops_a_replay(head: bytes) -> None:
    http1_head.request_framing(http1_head.request(head))
    if answered := http1_head.response(b"HTTP/1.1 " + head):
        http1_head.response_framing("GET", answered)
    assert http1_head.request(b"GET " + head).pretty_url is not None
