import pytest

from detection.extract.search_query import searched
from detection.observation import Channel
from tests.detection.extract.factories import only, said, shown, written

SEARCHES = [
    ("https://shop.example/search?query=tent", "tent"),
    ("https://blog.example/?s=camping", "camping"),
    ("https://site.example/find?term=camping", "camping"),
    ("https://www.baidu.com/s?wd=%E4%BD%A0%E5%A5%BD", "你好"),
    ("https://site.example/search?q=su1c1d3", "su1c1d3"),
    ("https://site.example/list?p=two+words", "two words"),
]

NO_SEARCHES = [
    "https://site.example/api/autocomplete?q=how+to",
    "https://site.example/typeahead?query=how+to",
    "https://site.example/list?p=2",
    "https://site.example/list?p=next",
    "https://site.example/?q=9f86d081884c7d659a2feaa0c55ad015",
    "https://site.example/?q=https%3A%2F%2Felse.example%2F",
    "https://site.example/style.css?q=dark",
    "https://www.google-analytics.com/collect?q=how+to",
    "https://site.example/page?id=5",
    "https://site.example/search?q=",
    "https://site.example/search",
    "https://[broken/search?q=how+to",
]


@pytest.mark.parametrize(("url", "words"), SEARCHES)
def test_what_was_searched_for_is_read_off_the_address(url: str, words: str) -> None:
    assert searched(url) == words


@pytest.mark.parametrize("url", NO_SEARCHES)
def test_other_requests_with_the_same_parameters_are_no_searches(url: str) -> None:
    assert searched(url) == ""


def test_a_get_request_says_its_search_and_nothing_else() -> None:
    assert only(written(url="https://site.example/search?q=camping")).channel is Channel.SEARCH


def test_an_answer_without_a_body_is_no_search() -> None:
    assert said(shown(url="https://site.example/search?q=camping")) == []


def test_a_password_in_the_address_is_not_read() -> None:
    assert said(written(url="https://site.example/login?password=open+the+door&q=")) == []
