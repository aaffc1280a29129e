import gzip
from datetime import UTC, datetime, timedelta

import pytest

from proxy_addons.bypass import UNREAD
from proxy_addons.exchanges import exchange
from proxy_addons.first_part import FirstPart
from proxy_addons.recorder import Recorder
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
PAGE = "https://forum.test/thread?id=7"
MARKUP = b'<link href="/site.css?v=1&amp;x=2"><img src="/logo.png"><p>Hello</p>'


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def recorder(clock):
    return Recorder(Watchdog(), most_bytes=1 << 20, minutes=10, part_bytes=1000, now=clock)


def page(recorder, url=PAGE, markup=MARKUP, **more):
    made = flow(url=url, answer=markup, **more)
    recorder.keep(made, exchange(made, made.response.raw_content))
    return made


def part(recorder, url, referer="", body=b"picture", kind="image/png", **more):
    """What a page loads, as it goes through the recorder's hooks."""
    loaded = flow(url=url, answer=body, answer_headers={"content-type": kind}, referer=referer, **more)
    recorder.responseheaders(loaded)
    if isinstance(loaded.response.stream, FirstPart):
        loaded.response.stream(body)
    recorder.response(loaded)
    return loaded


def addresses(recorder, made):
    return [exchange.url for exchange in recorder.exchanges_for(made)]


def test_a_page_comes_first_then_what_it_has_loaded(recorder):
    made = page(recorder)
    part(recorder, "https://forum.test/a.png", PAGE)
    part(recorder, "https://cdn.test/site.css", PAGE, b"body{}", "text/css")
    assert addresses(recorder, made) == [PAGE, "https://forum.test/a.png", "https://cdn.test/site.css"]
    assert [e.body for e in recorder.exchanges_for(made)] == [MARKUP, b"picture", b"body{}"]


def test_what_a_style_sheet_loads_belongs_to_its_page(recorder):
    made = page(recorder)
    part(recorder, "https://cdn.test/site.css", PAGE, b"", "text/css")
    part(recorder, "https://cdn.test/letters.woff2", "https://cdn.test/site.css", b"font", "font/woff2")
    assert "https://cdn.test/letters.woff2" in addresses(recorder, made)


def test_a_picture_that_only_says_which_site_it_is_for_belongs_if_it_came_after(recorder, clock):
    part(recorder, "https://cdn.test/before.png", "https://forum.test/")
    clock.now += timedelta(seconds=5)
    made = page(recorder)
    part(recorder, "https://cdn.test/after.png", "https://forum.test/")
    assert addresses(recorder, made) == [PAGE, "https://cdn.test/after.png"]


def test_what_the_browser_had_already_is_found_by_its_name_in_the_markup(recorder, clock):
    part(recorder, "https://forum.test/logo.png", "https://forum.test/front")
    part(recorder, "https://forum.test/site.css?v=1&x=2", "https://forum.test/front", b"p{}", "text/css")
    part(recorder, "https://forum.test/other.png", "https://forum.test/front")
    clock.now += timedelta(minutes=5)
    made = page(recorder)
    assert addresses(recorder, made) == [
        PAGE,
        "https://forum.test/logo.png",
        "https://forum.test/site.css?v=1&x=2",
    ]


def test_another_pupils_pages_and_pictures_never_appear(recorder):
    made = page(recorder)
    part(recorder, "https://forum.test/theirs.png", PAGE, client="192.0.2.8")
    assert addresses(recorder, made) == [PAGE]


def test_a_flow_that_brought_no_page_has_none(recorder):
    page(recorder)
    assert recorder.exchanges_for(flow(url=PAGE)) == []


def test_bodies_come_unpacked(recorder):
    made = page(recorder, markup=gzip.compress(MARKUP), answer_headers={"content-encoding": "gzip"})
    assert recorder.exchanges_for(made)[0].body == MARKUP


def test_a_body_that_cannot_be_unpacked_is_left_out_and_said_to_be_missing(recorder):
    made = page(recorder, markup=b"not packed", answer_headers={"content-encoding": "gzip"})
    (only,) = recorder.exchanges_for(made)
    assert (only.body, only.truncated) == (b"", True)


def test_after_ten_minutes_everything_is_forgotten(recorder, clock):
    made = page(recorder)
    clock.now += timedelta(minutes=10, seconds=1)
    recorder.forget()
    assert (addresses(recorder, made), recorder.size) == ([], 0)


def test_the_oldest_goes_when_there_is_too_much(clock):
    recorder = Recorder(Watchdog(), most_bytes=20_000, minutes=10, part_bytes=1000, now=clock)
    pages = [page(recorder, markup=b"x" * 6000) for _ in range(9)]
    assert recorder.size <= 20_000
    assert [bool(recorder.exchanges_for(made)) for made in pages] == [False] * 7 + [True] * 2


@pytest.mark.parametrize(
    ("kind", "headers", "remembered"),
    [
        ("image/png", {}, True),
        ("text/css; charset=utf-8", {}, True),
        ("font/woff2", {}, True),
        ("image/png", {"content-length": "5000"}, False),
        ("video/mp4", {}, False),
        ("application/javascript", {}, False),
    ],
)
def test_only_what_a_page_is_drawn_with_is_remembered_and_only_if_small(recorder, kind, headers, remembered):
    loaded = flow(url="https://forum.test/x", answer=b"x", answer_headers={"content-type": kind} | headers)
    loaded.response.stream = False
    recorder.responseheaders(loaded)
    assert isinstance(loaded.response.stream, FirstPart) is remembered


def test_a_picture_that_turns_out_large_is_not_remembered(recorder):
    part(recorder, "https://forum.test/a.png", PAGE, b"x" * 1001)
    assert recorder.size == 0


def test_what_must_not_be_read_is_not_remembered(recorder):
    loaded = flow(url="http://nhs.uk/a.png", answer=b"x", answer_headers={"content-type": "image/png"})
    loaded.metadata[UNREAD] = True
    recorder.responseheaders(loaded)
    assert not loaded.response.stream
