import pytest
from mitmproxy.http import Headers

from detection.growing_searches import Asked
from detection.observation import Direction
from proxy_addons.fetch_metadata import direction, how_asked, is_navigation, is_page, is_third_party
from tests.proxy_addons.factories import flow


def headers(**given):
    return Headers(**given)


TYPED = headers(sec_fetch_site="none", sec_fetch_mode="navigate", sec_fetch_user="?1", sec_fetch_dest="document")
LINK = headers(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_user="?1", sec_fetch_dest="document")
CHAT = headers(sec_fetch_site="same-origin", sec_fetch_mode="cors", sec_fetch_dest="empty")
CHAT_API = headers(sec_fetch_site="cross-site", sec_fetch_mode="cors", sec_fetch_dest="empty")
PIXEL = headers(sec_fetch_site="cross-site", sec_fetch_mode="no-cors", sec_fetch_dest="image")
AD = headers(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="iframe", accept="text/html")
SELF_SENT = headers(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document")
AHEAD = headers(
    sec_fetch_site="same-origin", sec_fetch_mode="navigate", sec_fetch_dest="document", sec_purpose="prefetch"
)
OWN_FRAME = headers(sec_fetch_site="same-origin", sec_fetch_mode="navigate", sec_fetch_dest="iframe")
OLD_BROWSER = headers(accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
APP = headers(accept="application/json")


def who(given, method="GET", url="https://www.search.test/search?q=rivers"):
    return direction(
        flow(url=url, method=method, **{name.replace("-", "_"): value for name, value in given.items()}).request
    )


@pytest.mark.parametrize(
    ("given", "asked"),
    [(TYPED, Asked.OPENED), (LINK, Asked.OPENED), (CHAT, Asked.BY_SCRIPT), (OLD_BROWSER, Asked.UNSAID)],
)
def test_a_script_that_asks_is_told_from_a_page_that_is_opened(given, asked):
    assert how_asked(given) is asked


@pytest.mark.parametrize("written", [TYPED, LINK, CHAT, OWN_FRAME, OLD_BROWSER, APP])
def test_what_the_person_does_is_written(written):
    assert who(written) is Direction.WRITTEN


@pytest.mark.parametrize("sent", [PIXEL, AD, SELF_SENT, AHEAD])
def test_what_a_page_does_in_their_name_is_sent_by_the_page(sent):
    assert who(sent) is Direction.SENT_BY_PAGE


@pytest.mark.parametrize(
    ("method", "more", "by"),
    [
        ("GET", {}, Direction.SENT_BY_PAGE),
        ("GET", {"x_client_data": "CIa2"}, Direction.SENT_BY_PAGE),
        ("GET", {"authorization": "Bearer abc"}, Direction.WRITTEN),
        ("GET", {"x_api_key": "abc"}, Direction.WRITTEN),
        ("POST", {"content_type": "application/json"}, Direction.WRITTEN),
    ],
)
def test_a_search_that_a_script_fires_at_a_strangers_site_without_its_leave_is_the_pages(method, more, by):
    assert who(headers(**dict(CHAT_API), **more), method) is by


@pytest.mark.parametrize(
    ("given", "by"),
    [
        ({"referer": "http://quiz.test/"}, Direction.SENT_BY_PAGE),
        ({"referer": "http://search.test.evil.test/"}, Direction.SENT_BY_PAGE),
        ({"origin": "null"}, Direction.SENT_BY_PAGE),
        ({"referer": "http://quiz.test/", "content_type": "text/plain"}, Direction.SENT_BY_PAGE),
        ({"referer": "https://search.test/"}, Direction.WRITTEN),
        ({"referer": "https://images.search.test/x"}, Direction.WRITTEN),
        ({"referer": "http://quiz.test/", "content_type": "application/json"}, Direction.WRITTEN),
        ({"referer": "http://quiz.test/", "authorization": "Bearer abc"}, Direction.WRITTEN),
    ],
)
def test_where_a_browser_says_nothing_else_the_page_it_came_from_tells(given, by):
    assert who(headers(**given)) is by
    assert who(headers(**given, sec_fetch_site="none")) is Direction.WRITTEN


@pytest.mark.parametrize("page", [TYPED, LINK, OWN_FRAME, CHAT, OLD_BROWSER])
def test_a_page_and_a_piece_of_one_are_put_before_the_person(page):
    assert is_page(page)


@pytest.mark.parametrize("part", [AD, PIXEL, CHAT_API, APP])
def test_a_strangers_frame_a_picture_and_data_are_not_a_page(part):
    assert not is_page(part)


def test_only_the_window_itself_goes_to_a_new_page():
    assert [is_navigation(h) for h in (TYPED, OLD_BROWSER, OWN_FRAME, CHAT)] == [True, True, False, False]


def test_data_from_somebody_elses_site_is_told_apart():
    assert [is_third_party(h) for h in (CHAT_API, CHAT, APP)] == [True, False, False]
