import gc

import pytest
from mitmproxy.http import Headers, MessageData, Request

from proxy_addons import quick_messages


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setattr(MessageData, "__post_init__", MessageData.__post_init__, raising=False)  # put back afterwards
    quick_messages.install()


def request(content):
    headers = Headers([(b"host", b"web.test")])
    return Request("web.test", 443, b"POST", b"https", b"", b"/", b"HTTP/1.1", headers, content, None, 1.0, None)


def test_a_message_is_what_it_was_made_of(installed):
    made = request(b"said")
    assert (made.host, made.content, made.headers["host"]) == ("web.test", b"said", "web.test")
    assert made.copy().get_state() == made.get_state()


def test_nothing_is_left_to_be_collected(installed):
    request(None)
    gc.collect()
    for _ in range(100):
        request(None)
    assert gc.collect() == 0
