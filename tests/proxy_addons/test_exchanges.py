import gzip

from proxy_addons.exchanges import decoded, exchange, request_exchange
from tests.proxy_addons.factories import flow


def test_a_flow_becomes_an_exchange():
    made = exchange(
        flow(url="https://forum.test/x", method="POST", answer=b"hello", referer="https://forum.test/"), b"hello"
    )
    assert (made.method, made.url, made.status, made.media_type) == ("POST", "https://forum.test/x", 200, "text/html")
    assert made.body == b"hello"
    assert ("referer", "https://forum.test/") in made.request_headers


def test_before_the_answer_there_is_the_asking_half():
    made = request_exchange(flow(content_type="application/json"), b"{}")
    assert (made.request_type, made.request_body, made.body) == ("application/json", b"{}", b"")


def test_a_packed_body_is_unpacked_and_a_broken_one_left_out():
    made = exchange(flow(answer=b""), gzip.compress(b"hello"))
    assert decoded(made, "gzip", 100).body == b"hello"
    broken = decoded(exchange(flow(answer=b""), b"not packed at all"), "gzip", 100)
    assert (broken.body, broken.truncated) == (b"", True)
