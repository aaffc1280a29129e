"""They are what mitmproxy's own would be; whatever version of it is there."""

from mitmproxy.http import Headers, Request, Response

from proxy_addons.replay.bare_messages import request_of, response_of

HEADERS = Headers([(b"accept", b"text/html")])


def test_a_request_is_mitmproxys() -> None:
    made = request_of(b"GET", b"https", b"news.test", b"/a", b"HTTP/2.0", HEADERS, "192.0.2.1", 443)
    theirs = Request(
        "192.0.2.1", 443, b"GET", b"https", b"news.test", b"/a", b"HTTP/2.0", HEADERS, None, None, 0.0, None
    )
    assert made.get_state() == theirs.get_state()
    assert vars(made).keys() == vars(theirs).keys()
    assert made.copy().pretty_url == theirs.pretty_url


def test_an_answer_is_mitmproxys() -> None:
    made = response_of(b"HTTP/1.1", 404, b"Not Found", HEADERS)
    theirs = Response(b"HTTP/1.1", 404, b"Not Found", HEADERS, None, None, 0.0, None)
    assert made.get_state() == theirs.get_state()
    assert vars(made).keys() == vars(theirs).keys()
