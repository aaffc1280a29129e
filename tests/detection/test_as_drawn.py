import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.as_drawn import as_drawn, drawn, holds_flags


@pytest.mark.parametrize(
    ("original", "seen"),
    [
        ("plain, as it is", "plain, as it is"),
        ("ｆｕｌｌ！１", "full!1"),
        ("ⓐ𝓫🅲", "abc"),
        ("аnd", "and"),  # Cyrillic а
        ("a\u200bn\u0301d", "and"),
        ("an\u00a0egg", "an\negg"),
        ("an✨egg👍🏽ok", "an\negg\nok"),
        ("an🇬🇧egg", "an\negg"),
        ("🇳🇴", "no"),
        ("an&nbsp;e&shy;gg &#101;&#x67;g", "an\negg egg"),
        ("R&B; fish & chips; &made-up;", "R&B; fish & chips; &made-up;"),
        ("你好", "你好"),
        ("", ""),
    ],
)
def test_a_text_is_seen_in_its_plainest_form(original: str, seen: str) -> None:
    assert as_drawn(original)[0] == seen


def test_every_character_knows_where_it_stood_and_takes_its_marks_with_it() -> None:
    seen, starts, ends = as_drawn("o&shy;k e\u0301\u0301&#33;")
    assert [(letter, start, end) for letter, start, end in zip(seen, starts, ends, strict=True)] == [
        ("o", 0, 1),
        ("k", 6, 7),
        (" ", 7, 8),
        ("e", 8, 11),
        ("!", 11, 16),
    ]


@pytest.mark.parametrize(("original", "flags"), [("a🇬🇧b", True), ("a 🇬🇧 b", False), ("🇾🇴🇺", False), ("é&nbsp;", False)])
def test_flags_beside_words_are_noticed(original: str, flags: bool) -> None:
    assert holds_flags(original) is flags


@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from("&#x6;nbsp🇬🇧\u0301\u200b"))))
def test_any_text_is_drawn_without_an_error_and_every_place_lies_within_it(original: str) -> None:
    seen, starts, ends = as_drawn(original)
    assert len(seen) == len(starts) == len(ends)
    assert list(starts) == sorted(starts)
    assert all(0 <= start < end <= len(original) for start, end in zip(starts, ends, strict=True))
    assert isinstance(drawn(original), str)
