import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from detection.observation import Evidence
from images.annotate import MARK
from images.bundle import NotDrawable
from images.draw import Drawing, Picture, Renderer, RendererError, RendererSettings, from_browser
from images.orders import Shot
from tests.images import processes
from tests.images.factories import URL, count, drawing, eventually, evidence, opened, page, square

SETTINGS = RendererSettings()
WORDS = "<p>nobody likes you</p>"


@pytest.fixture(scope="module")
def hurried() -> Iterator[Renderer]:
    """Ends a hostile page early, so that the tests need not wait."""
    with Renderer(replace(SETTINGS, seconds=4.0)) as renderer:
        yield renderer


def is_marked(picture: Picture) -> bool:
    return count(opened(picture.png), MARK) > 500


@pytest.mark.parametrize(
    ("asked", "width"),
    [
        (drawing(kind="message", channel="message"), 760),
        (drawing(kind="search", channel="search"), 760),
        (drawing(kind="text"), 760),
        (drawing(kind="text", direction="shown"), 760),
        (page(WORDS), 1280),
    ],
    ids=["message", "search", "post", "text", "page"],
)
def test_every_kind_is_drawn_with_its_words_marked(renderer: Renderer, asked: Drawing, width: int) -> None:
    picture = renderer.draw(asked)
    assert is_marked(picture)
    assert picture.note == ""
    assert opened(picture.png).width == width


def test_a_page_is_drawn_from_what_was_recorded(renderer: Renderer) -> None:
    html = f'<link rel=stylesheet href="/s.css"><img src="/a.png">{WORDS}'
    picture = renderer.draw(
        page(
            html,
            ("https://forum.example/s.css", "text/css", b"body{background:#008000}"),
            ("https://forum.example/a.png", "image/png", square("red")),
        )
    )
    assert count(opened(picture.png), (255, 0, 0)) == 100 * 100
    assert count(opened(picture.png), (0, 128, 0)) > 900_000


def test_words_the_page_does_not_show_stand_above_it(renderer: Renderer) -> None:
    picture = renderer.draw(page("<body style='background:#008000'><h1>Welcome</h1>"))
    assert picture.note == "The words are not in the visible page; they are shown above it."
    assert is_marked(picture)
    assert opened(picture.png).width == 1280
    assert count(opened(picture.png), (0, 128, 0)) > 900_000


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Welcome</h1><p hidden>nobody likes you",
        f"<h1>Welcome</h1>{WORDS}<div style='position:fixed;inset:0;background:#eee'>A notice</div>",
    ],
    ids=["hidden", "covered"],
)
def test_words_hidden_in_the_page_stand_above_it(renderer: Renderer, html: str) -> None:
    picture = renderer.draw(page(html))
    assert picture.note == "The words are in this page but not visible in it; they are shown above it."
    assert is_marked(picture)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (page("<div id=app></div><script src=/app.js></script>"), "Without its scripts"),
        (page(WORDS, evidence=None), "The page's bytes were not recorded."),
        (page(WORDS, evidence=None, note="The sensor's memory was full."), "The sensor's memory was full."),
        (page(WORDS, evidence=evidence((URL, "application/json", b"{}"))), "What was recorded is not a page"),
        (page(WORDS, evidence=Evidence(index=b"not a HAR")), "The page's record cannot be read."),
        (
            page(WORDS, evidence=replace(evidence((URL, "text/html", b"x")), bodies={})),
            "The page's bytes were not recorded.",
        ),
    ],
    ids=["made by scripts", "not recorded", "reason known", "no page", "no record", "body lost"],
)
def test_a_page_that_cannot_be_drawn_becomes_its_text_and_says_why(
    renderer: Renderer, asked: Drawing, why: str
) -> None:
    picture = renderer.draw(asked)
    assert picture.note.startswith(why)
    assert picture.note.endswith("Its text is shown instead.")
    assert is_marked(picture)


def hostile_svg() -> bytes:
    levels = b"".join(b'<g id="a%d">' % (n + 1) + b'<use href="#a%d"/>' % n * 10 + b"</g>" for n in range(8))
    return b"<svg><defs><g id=a0><circle r=1 /></g>" + levels + b'</defs><use href="#a8"/></svg>'


HOSTILE = {
    "a body of 100 MB": b"<p>lorem ipsum dolor sit amet consectetur</p>\n" * 2_200_000,
    "60,000 elements in one another": b"<div>" * 60_000 + b"nobody likes you",
    "a picture that unfolds": hostile_svg(),
    "blur upon blur": b"<style>div{filter:blur(200px);width:3000px;height:3000px;background:red}</style>"
    + b"<div>" * 50,
    "a refresh for ever": b"<meta http-equiv=refresh content=0><h1>Welcome</h1>",
}
MORE_HOSTILE = {
    "endlessly tall": b"<div style='height:50000000px'>x</div><p>nobody likes you",
    "a script for ever": b"<p>nobody likes you<script>while(1){}</script>",
    "a hundred frames": b"<iframe srcdoc='<p>x'></iframe>" * 100 + b"<p>nobody likes you",
    "a frame in itself": b"<iframe src='/threads/12'></iframe><p>nobody likes you",
    "a megabyte of one word": b"<p>" + b"x" * 1_000_000 + b"</p><p>nobody likes you",
    "a style for every letter": b"<style>*{animation:a 1ms infinite}@keyframes a{to{width:9px}}</style>"
    + b"<b>x</b>" * 20_000
    + b"<p>nobody likes you",
    "not HTML at all": bytes(range(256)) * 4000,
}


@pytest.mark.parametrize(
    "html",
    [
        *(pytest.param(html, id=name) for name, html in HOSTILE.items()),
        *(pytest.param(html, id=name, marks=pytest.mark.slow) for name, html in MORE_HOSTILE.items()),
    ],
)
def test_a_hostile_page_gives_a_picture_and_the_next_is_drawn(
    hurried: Renderer, html: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    picture = hurried.draw(page(html))
    assert is_marked(picture)
    after = hurried.draw(page(WORDS))
    assert after.note == ""
    assert is_marked(after)
    # Neither what a child wrote nor where is in the log.
    assert "nobody" not in caplog.text
    assert "forum.example" not in caplog.text


def test_a_browser_killed_between_two_drawings_is_replaced(renderer: Renderer) -> None:
    renderer.draw(drawing())
    killed = renderer.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    assert renderer.draw(drawing()).note == ""
    assert renderer.pid != killed


def test_a_browser_whose_heart_stopped_between_two_drawings_is_replaced(hurried: Renderer) -> None:
    """Its process answers, but Chromium behind it has gone."""
    hurried.draw(drawing())
    assert hurried.pid
    for pid in processes.tree(hurried.pid):
        if processes.command_line(pid).startswith("/usr/lib/chromium"):
            os.kill(pid, signal.SIGKILL)
    assert is_marked(hurried.draw(drawing()))


def test_the_browser_is_renewed_after_so_many_drawings() -> None:
    with Renderer(replace(SETTINGS, recycle_after=2)) as renderer:
        pids = []
        for _ in range(4):
            renderer.draw(drawing())
            pids.append(renderer.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_closing_leaves_nothing_running() -> None:
    with Renderer(SETTINGS) as renderer:
        renderer.draw(drawing())
        assert renderer.pid
        everything = processes.tree(renderer.pid)
    assert renderer.pid is None
    assert eventually(lambda: not any(map(processes.alive, everything)))


@pytest.mark.parametrize("asked", [drawing(), page(WORDS)], ids=["text", "page"])
def test_without_any_browser_it_says_so(asked: Drawing) -> None:
    with (
        Renderer(replace(SETTINGS, chromium="/nowhere/chromium")) as renderer,
        pytest.raises(RendererError, match="no picture can be drawn: the browser stopped"),
    ):
        renderer.draw(asked)


@pytest.mark.parametrize("png", [b"", b"not a picture", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", square("red", 9000)])
def test_what_is_no_picture_is_not_believed(png: bytes) -> None:
    with pytest.raises(NotDrawable):
        from_browser(Shot(png=png))


def test_a_picture_opens_in_any_viewer(renderer: Renderer) -> None:
    png = renderer.draw(drawing()).png
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert isinstance(opened(png), Image.Image)
