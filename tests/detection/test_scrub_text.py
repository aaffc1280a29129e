import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detection.scrub_text import mask_text, scrub_url

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXRoaW5n"

ADDRESSES = [
    ("https://a.example/x?q=hello+you&page=2#top", "https://a.example/x?q=hello+you&page=2#top"),
    ("https://a.example/x?token=abc&q=1", "https://a.example/x?token=removed&q=1"),
    ("/x?%74oken=abc", "/x?%74oken=removed"),
    ("https://bo:pa55@a.example/x", "https://a.example/x"),
    ("https://a.example/@bo?x=1", "https://a.example/@bo?x=1"),
    ("https://a.example/x;jsessionid=abc?q=1", "https://a.example/x;jsessionid=removed?q=1"),
    ("https://a.example/x#access_token=abc&state=1", "https://a.example/x#access_token=removed&state=1"),
    ("https://a.example/cb?code=abc&state=xyz", "https://a.example/cb?code=removed&state=xyz"),
    ("https://a.example/x?code=GB", "https://a.example/x?code=GB"),
    (f"https://a.example/confirm/{JWT}/x", "https://a.example/confirm/removed/x"),
    ("https://maps.example/js?key=AIzaNotARealKey&v=3", "https://maps.example/js?key=removed&v=3"),
    ("https://a.example/go?to=https%3A%2F%2Fb.example%2F%3Ftoken%3Dabc", "https://a.example/go?to=https%3A%2F%2Fb.example%2F%3Ftoken%3Dremoved"),
    ("/x?a=1&amp;token=abc", "/x?a=1&amp;token=removed"),
    ("https://auth.example/a=1", "https://auth.example/a=1"),
    ("/x?token=", "/x?token="),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("address", "clean"), ADDRESSES)
def test_an_address_keeps_everything_but_its_secrets(address: str, clean: str) -> None:
    assert scrub_url(address) == clean
    assert scrub_url(clean) == clean


TEXTS = [
    ("my password is my own business", "my password is my own business"),
    ("a bearer of good news, responsible", "a bearer of good news, responsible"),
    (f"Authorization: Bearer {JWT}", "Authorization: Bearer removed"),
    ("curl -H 'Authorization: Basic Ym9iOmh1bnRlcjJodW50ZXI='", "curl -H 'Authorization: Basic removed'"),
    ("ghp_" + "a1" * 18, "removed"),
    ("see https://a.example/?token=abc and go", "see https://a.example/?token=removed and go"),
]


@pytest.mark.parametrize(("text", "clean"), TEXTS)
def test_running_text_loses_only_tokens(text: str, clean: str) -> None:
    assert mask_text(text) == clean


PIECES = [
    "https://",
    "//",
    "a@",
    "?",
    "&",
    "#",
    ";",
    "=",
    "token",
    "q",
    "%3D",
    "%3Ftoken%3Dx",
    "+",
    JWT,
    "bearer ",
    "é",
    "%ff",
]


@settings(max_examples=200, deadline=None)
@example(f"bearer //{JWT}=//{JWT}=")
@example(f"{JWT}{JWT}%3Ftoken%3Dx=a@;")
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_a_second_time_changes_nothing(text: str) -> None:
    for scrub in (scrub_url, mask_text):
        once = scrub(text)
        assert scrub(once) == once
