import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.jsonp import calls_back
from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

URL = "https://talk.example/comments?id=4&callback=show_4&_=1"
ANSWER = '({"comments": [{"author": "jo", "text": "see you at the river"}]});'
MESSAGE = [(Channel.MESSAGE, "see you at the river")]


@pytest.mark.parametrize("name", ["callback", "jsonp", "cb", "jsonpCallback", "jsoncallback", "json_callback"])
def test_an_address_that_names_what_to_call_is_known(name: str) -> None:
    assert calls_back(f"https://talk.example/comments?a=1&{name}=jQuery111.show")


@pytest.mark.parametrize("url", ["https://a.example/", "https://a.example/?callback=", "https://a.example/?acb=x",
                                 "https://a.example/?callback=https://b.example/back"])  # fmt: skip
def test_others_are_not(url: str) -> None:
    assert not calls_back(url)


@pytest.mark.parametrize("before", ["", "/**/", " ;", "\n// ".strip("/ "), "typeof show_4 === 'function' && "])
@pytest.mark.parametrize("kind", ["text/javascript", "application/javascript", "text/plain", "application/json", ""])
def test_the_answer_is_read_as_what_it_calls_with(before: str, kind: str) -> None:
    assert said(shown(f"{before}show_4{ANSWER}", kind, url=URL)) == MESSAGE


@pytest.mark.parametrize("body", ["let words = 'see you at the river'", f"other{ANSWER}", "show_4(", ""])
def test_a_program_says_nothing(body: str) -> None:
    assert said(shown(body, "text/javascript", url=URL)) == []


def test_what_breaks_off_is_read_as_far_as_it_came() -> None:
    assert said(shown('show_4([{"author": "jo", "text": "see you at the ri', "text/javascript", url=URL)) == [
        (Channel.MESSAGE, "see you at the ri")
    ]


@pytest.mark.parametrize(
    ("query", "channel"), [("comment=see+you+there", Channel.POST), ("q=see%20you%20there", Channel.SEARCH),
                           ("password=see+you+there", None)]
)  # fmt: skip
def test_the_words_in_the_address_are_a_form_or_a_search(query: str, channel: Channel | None) -> None:
    url = f"https://talk.example/say?{query}&callback=done"
    assert said(written(url=url)) == ([(channel, "see you there")] if channel else [])
    assert said(written(url=f"https://talk.example/say?callback=done&{query}")) == said(written(url=url))


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(body: bytes) -> None:
    said(shown(b"show_4(" + body, "text/javascript", url=URL))
