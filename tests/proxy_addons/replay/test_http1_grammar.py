import pytest

from proxy_addons.replay.http1_grammar import REQUESTS, RESPONSES, Grammar


@pytest.mark.parametrize(
    ("grammar", "first", "may", "does"),
    [
        (REQUESTS, b"G", True, False),
        (REQUESTS, b"GET /a b HTTP/1.1\r\n", True, True),
        (REQUESTS, b"CCM_POST / HTTP/1.0\n", True, True),
        (REQUESTS, b"GET /old\r\n", True, False),
        (REQUESTS, b"a word and more words", True, False),
        (REQUESTS, b"\xff\x00", False, False),
        (REQUESTS, b'{"a": 1}', False, False),
        (RESPONSES, b"HTT", True, False),
        (RESPONSES, b"HTTP/1.1 200 OK", True, True),
        (RESPONSES, b"http/1.0 404", True, True),
        (RESPONSES, b"HTTP/1.1 20", True, False),
        (RESPONSES, b"ICY 200 OK", True, False),
        (RESPONSES, b"<p>HTTP/1.1 200 OK", False, False),
        (RESPONSES, b"HELLO", False, False),
    ],
)
def test_how_messages_begin(grammar: Grammar, first: bytes, may: bool, does: bool) -> None:
    assert bool(grammar.may_begin.match(first)) is may
    assert bool(grammar.begins.match(first)) is does
