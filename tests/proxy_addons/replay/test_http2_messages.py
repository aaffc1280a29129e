import pytest

from proxy_addons.replay.http2_messages import MalformedError, request, response

ASKED = ((b":method", b"GET"), (b":scheme", b"https"), (b":path", b"/news?q=1"), (b":authority", b"news.test:8443"))


def test_a_request_has_what_its_headers_say() -> None:
    asked = request((*ASKED, (b"accept", b"text/html"), (b"cookie", b"a=1"), (b"cookie", b"b=2")))
    assert (asked.method, asked.scheme, asked.path, asked.authority) == ("GET", "https", "/news?q=1", "news.test:8443")
    assert asked.headers.fields == ((b"accept", b"text/html"), (b"cookie", b"a=1"), (b"cookie", b"b=2"))
    assert asked.is_http2
    assert not asked.host


def test_a_name_that_no_host_has_hides_no_request() -> None:
    assert request((*ASKED[:3], (b":authority", b"a b\xff"))).path == "/news?q=1"


@pytest.mark.parametrize(
    "names",
    [
        ASKED[1:],
        ASKED[:2],
        (*ASKED, (b":protocol", b"x")),
        (*ASKED, ASKED[0]),
        ((b":method", b"CONNECT"), (b":authority", b"news.test:443")),
    ],
    ids=["no method", "no path", "unknown", "twice", "a tunnel"],
)
def test_what_is_no_request_is_told(names: tuple[tuple[bytes, bytes], ...]) -> None:
    with pytest.raises(MalformedError):
        request(names)


def test_an_answer_has_its_status_and_headers() -> None:
    answered = response(((b":status", b"404"), (b"content-type", b"text/html")))
    assert (answered.status_code, answered.headers["content-type"], answered.is_http2) == (404, "text/html", True)


@pytest.mark.parametrize("names", [(), ((b":status", b"+1"),), ((b":status", b"200"), (b":path", b"/"))])
def test_what_is_no_answer_is_told(names: tuple[tuple[bytes, bytes], ...]) -> None:
    with pytest.raises(MalformedError):
        response(names)
