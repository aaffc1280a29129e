from appliance.sample.exchange import request
from appliance.sample.sites.post import Post


def test_a_message_is_shown_once_sent() -> None:
    site = Post()
    answer = site(request("POST", "/send", b"to=lou%40school.test&subject=Books&message=Hello%0ALou"))
    text = site(request("GET", answer.location)).body.decode()
    assert [words in text for words in ("To lou@school.test", "<h1>Books</h1>", "<p>Lou</p>")] == [True] * 3


def test_the_form_and_no_other_page() -> None:
    assert b'action="/send"' in Post()(request("GET", "/")).body
    assert Post()(request("GET", "/sent/1")).status == 404
