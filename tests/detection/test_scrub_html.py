import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.extract.html_page import visible_text
from detection.scrub_html import scrub_css, scrub_html

CASES = [
    ("<p class=x>I feel <b>sad</b> &amp; tired</p>", "<p class=x>I feel <b>sad</b> &amp; tired</p>"),
    ("<input type=password value=x1>", '<input type=password value="removed">'),
    ("<input type='PASSWORD' value=''>", "<input type='PASSWORD' value=''>"),
    ('<input type=hidden name="csrf_token" value="x1"/>', '<input type=hidden name="csrf_token" value="removed"/>'),
    ("<input autocomplete=cc-number value=4111>", '<input autocomplete=cc-number value="removed">'),
    ("<input name=q value='sad songs'>", "<input name=q value='sad songs'>"),
    ("<input type=submit name=auth value='Sign in'>", "<input type=submit name=auth value='Sign in'>"),
    ('<meta name="csrf-token" content="x1">', '<meta name="csrf-token" content="removed">'),
    ("<meta name=viewport content='width=device-width'>", "<meta name=viewport content='width=device-width'>"),
    ("a<script nonce=n>window.__STATE__ = {t: 'x1'}</script>b", "a<script nonce=n></script>b"),
    ('<script type="application/json">{"token":"x1"}</script>', '<script type="application/json"></script>'),
    ("<script>never closed x1", "<script>"),
    ('<a href="/x?token=x1&amp;q=2">go</a>', '<a href="/x?token=removed&amp;q=2">go</a>'),
    ("<img srcset='/a?sig=x1 1x, /b?w=2 2x'>", '<img srcset="/a?sig=removed 1x, /b?w=2 2x">'),
    ("<form action=/do?session=x1 method=post>", '<form action="/do?session=removed" method=post>'),
    ("<div data-csrf='x1' data-colour=red>", '<div data-csrf="removed" data-colour=red>'),
    ("<div data-props='{\"token\":\"x1\"}'>", '<div data-props="{&quot;token&quot;:&quot;removed&quot;}">'),
    ("<a onclick=\"go('x1')\" href='javascript:go(x1)'>t</a>", '<a onclick="" href="javascript:">t</a>'),
    ("a<!-- x1 -->b", "a<!---->b"),
    ("<textarea name=api_key>x1</textarea>", "<textarea name=api_key>removed</textarea>"),
    ("<textarea name=note>my words</textarea>", "<textarea name=note>my words</textarea>"),
    ("<iframe srcdoc='<input type=password value=x1>'>",
     '<iframe srcdoc="&lt;input type=password value=&quot;removed&quot;&gt;">'),
    ("<style>a{background:url(/i?token=x1)}</style>", "<style>a{background:url(/i?token=removed)}</style>"),
    ("<p>text<input type=password value='x1 cut o", "<p>text"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "clean"), CASES)
def test_only_the_secrets_change(page: str, clean: str) -> None:
    assert scrub_html(page) == clean
    assert scrub_html(clean) == clean


@pytest.mark.parametrize(
    ("document", "clean"),
    [
        ("<a:Password>x1</a:Password><b>x</b>", "<a:Password>removed</a:Password><b>x</b>"),
        ("<pin><![CDATA[x1]]></pin>", "<pin>removed</pin>"),
        ("<svg><script>x1</script><title>t</title></svg>", "<svg><script></script><title>t</title></svg>"),
    ],
)
def test_xml_elements_are_judged_by_their_name(document: str, clean: str) -> None:
    assert scrub_html(document, xml=True) == clean


def test_style_sheets_keep_everything_but_secrets_in_addresses() -> None:
    sheet = "a{b:c} @font-face{src:url('/f.woff2?v=3') , url( \"/g?token=x1\" )}"
    assert scrub_css(sheet) == sheet.replace("x1", "removed")


SEEN = ["<p>", "</p>", "<b>", "word ", "<!-- x -->", "<script>y</script>", "<i title='a'>", "&lt;"]

PIECES = [
    "<", ">", "</", "<p>", "<input type=password value=", "<script>", "</script>", "<textarea name=pin>", "<!--",
    "-->", "<style>", '"', "'", "=", " ", "/", "x", "&quot;", "data-token=", "{", "<svg", "?token=", "é", "url(", ")",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=20).map("".join), st.booleans())
def test_any_text_is_answered_and_a_second_time_changes_nothing(page: str, xml: bool) -> None:
    once = scrub_html(page, xml=xml)
    assert scrub_html(once, xml=xml) == once


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SEEN), max_size=15).map("".join))
def test_what_is_seen_stays(page: str) -> None:
    assert visible_text(scrub_html(page)) == visible_text(page)
