import pytest

from detection.extract.html_page import visible_text
from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

SEEN = [
    ("<p>want to <b>hu</b><i>rt</i> him", "want to hurt him"),
    ("<div>one</div>two<br>three<li>four", "one\ntwo\nthree\nfour"),
    ("<title>A &amp; B</title><body>text", "A & B\ntext"),
    ("a<script>var b = '</p>';</script>c", "ac"),
    ("a<script><!-- document.write('<script>x</script>') --></script>b", "ab"),
    ("a<style>b{}</style><template><p>c</p></template><noscript>d</noscript>e", "ae"),
    ("a<!-- b -->c<!-->d<!--->e", "acde"),
    ("<div hidden>a<div>b</div></div>c", "c"),
    ("<p style='color:red; display : none'>a</p>b", "b"),
    ('<span style="visibility:hidden">a</span>b', "b"),
    ("<p hidden>a<p>b", "b"),
    ("<div><span hidden>a</div>b", "b"),
    ('<p class="md:hidden hidden overflow-hidden">a</p>', "a"),
    ('<p aria-hidden="true">a</p>', "a"),
    ("<textarea>a <b></textarea>c", "a <b>\nc"),
    ('<a title="x > y" href=z>a</a>', "a"),
    ("<a title=it's>a</a> b", "a b"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ("a&nbsp;b \n\n c", "a b\nc"),
    ("a<b title='never closed>b", "a"),
    ("&#x48;i &#999999999999;", "Hi \ufffd;"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), SEEN)
def test_what_is_seen_is_read_and_nothing_else(markup: str, text: str) -> None:
    assert visible_text(markup) == text


def test_what_stands_in_fields_is_never_read() -> None:
    markup = "<input type=password value='open the door'><input value='open it' placeholder='open up'>Sign in"
    assert visible_text(markup) == "Sign in"


def test_a_page_is_one_passage() -> None:
    assert said(shown("<p>one<p>two", "text/html")) == [(Channel.PAGE, "one\ntwo")]


def test_a_page_without_a_type_is_known_by_its_start() -> None:
    assert said(shown("<!doctype html><p>one", "")) == [(Channel.PAGE, "one")]


def test_markup_sent_by_the_person_is_a_post() -> None:
    assert said(written("<p>one two", "text/html")) == [(Channel.POST, "one two")]


HOSTILE = {
    "nested": "<div>" * 200_000 + "x",
    "hidden": "<div hidden>" * 100_000,
    "objects": "<object>" * 100_000,
    "open quotes": '<a ="' * 200_000,
    "mixed quotes": "<a ='\">" * 100_000,
    "open comments": "<!--" * 200_000,
    "half comments": "<!-- -" * 100_000,
    "scripts in comments": "<script><!--" * 50_000 + "</script>" * 10_000,
    "titles": "<title>" * 100_000,
    "less-than": "<" * 500_000,
    "equals": "<a" + "=" * 500_000,
    "ampersands": "&" * 500_000,
    "long number": "&#" + "9" * 500_000,
    "font tags": "".join(f"<font color={n}>" for n in range(2000)) + "<p>x" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_made_to_be_slow_are_read_in_one_pass(name: str) -> None:
    """A parser that builds a tree needs minutes for some of these."""
    assert len(visible_text(HOSTILE[name])) <= len(HOSTILE[name])
