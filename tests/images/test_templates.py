from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from images import templates
from images.drawing import Line
from tests.images.factories import NOON, drawing


def parsed(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def texts(html: str, selector: str) -> list[str]:
    return [node.text() for node in parsed(html).css(selector)]


def said(text: str, direction: str = "shown", author: str = "Sam", minutes: int = 5) -> Line:
    return Line(when=NOON - timedelta(minutes=minutes), direction=direction, author=author, text=text)


@pytest.mark.parametrize("kind", ["page", "message", "search", "text"])
def test_the_words_stand_marked_in_every_kind(kind: str) -> None:
    assert texts(templates.html(drawing(kind=kind)), "mark") == ["nobody likes you"]


@pytest.mark.parametrize("kind", ["page", "message", "search", "text"])
def test_what_a_child_wrote_is_never_markup(kind: str) -> None:
    text = "</div></main><script>x</script><img src=//a.example/x>nobody likes you&amp;<b>"
    html = templates.html(
        drawing(
            kind=kind, text=text, author=text, who=text, app=text, url="https://a.example/<b>", before=(said(text),)
        )
    )
    assert parsed(html).css("script, img, b b, main div.text b") == []
    assert text in texts(html, ".text")


@pytest.mark.parametrize("kind", ["message", "search", "text"])
def test_a_drawing_needs_nothing_from_anywhere(kind: str) -> None:
    html = templates.html(drawing(kind=kind))
    assert parsed(html).css("[src], [href], link, iframe, object") == []
    assert "url(" not in html
    assert "@import" not in html


def test_a_message_follows_what_was_said_before() -> None:
    before = (said("Are you coming?"), said("No", direction="written", author="Alex"))
    html = templates.html(drawing(kind="message", author="Alex", before=before))
    assert texts(html, ".said .text") == ["Are you coming?", "No", "Go away, nobody likes you at all."]
    assert ["own" in (node.attributes["class"] or "") for node in parsed(html).css(".said")] == [False, True, True]
    assert texts(html, ".flagged .by") == ["Alex 12:00 · this message was flagged"]


def test_what_was_written_before_without_an_author_is_the_persons() -> None:
    html = templates.html(drawing(kind="message", who="Alex Example", before=(said("No", "written", author=""),)))
    assert texts(html, ".said .name") == ["Alex Example", "Alex Example"]


def test_a_long_conversation_is_shortened_at_its_beginning() -> None:
    before = tuple(said(f"line {n} " + "x" * 900, minutes=60 - n) for n in range(40))
    shown = texts(templates.html(drawing(kind="message", before=before)), ".said .text")
    assert len(shown) == templates.MOST_LINES_BEFORE + 1
    assert shown[0].startswith("line 30 ")
    assert all(len(text) <= templates.MOST_OF_A_LINE + 1 for text in shown)


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        (
            {"kind": "search", "channel": "search", "url": "https://www.bing.com/search?q=x"},
            "Searched for on www.bing.com",
        ),
        ({"kind": "message", "channel": "message", "app": "Chat"}, "Wrote in Chat"),
        ({"kind": "message", "channel": "message", "app": "Chat", "direction": "shown"}, "Was sent in Chat"),
        ({"channel": "post"}, "Wrote in a form on forum.example"),
        ({"channel": "prompt", "url": "", "where": "", "app": "Assistant"}, "Asked in Assistant"),
        ({"channel": "page", "direction": "shown"}, "Text on the page from forum.example"),
        (
            {"channel": "document", "url": "", "where": "Essay - Writer", "app": "Writer"},
            "Wrote in a document in Writer",
        ),
    ],
)
def test_the_heading_says_what_it_is(changes: dict[str, str], heading: str) -> None:
    assert [" ".join(text.split()) for text in texts(templates.html(drawing(**changes)), "h1")] == [heading]


def test_a_search_names_its_engine_but_never_the_query_in_the_address() -> None:
    html = templates.html(drawing(kind="search", channel="search", url="https://www.bing.com/search?q=secret"))
    assert "secret" not in html


@pytest.mark.parametrize(
    ("where", "host"),
    [
        ("https://a.example/x", "a.example"),
        ("a.example/x", "a.example"),
        ("http://[broken", ""),
        ("Essay - Writer", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(where: str, host: str) -> None:
    assert templates.host(where) == host


def test_a_long_text_is_cut_and_says_so() -> None:
    text = "lorem " * 1000 + "nobody likes you" + " ipsum" * 1000
    html = templates.html(drawing(text=text))
    assert len(texts(html, ".text")[0]) < 1400
    assert len(texts(html, ".cut")) == 2
    assert texts(html, "footer") == ["A part of what was written."]


def test_the_words_alone_can_stand_above_a_page() -> None:
    assert texts(templates.words(drawing()), "mark") == ["nobody likes you"]
