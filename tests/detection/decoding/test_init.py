import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.decoding import LONGEST, MOST, decoded, hides_words

SAID = "i know where you live"
WAYS = {
    "Base64": base64.b64encode(SAID.encode()).decode(),
    "hexadecimal": SAID.encode().hex(" "),
    "binary": " ".join(f"{byte:08b}" for byte in SAID.encode()),
    "percent encoding": SAID.replace(" ", "%20"),
    "ROT13": codecs.encode(SAID, "rot13"),
    "words spelt backwards": " ".join(word[::-1] for word in SAID.split()),
    "a sentence spelt backwards": SAID[::-1],
    "Morse code": ".. / -.- -. --- .-- / .-- .... . .-. . / -.-- --- ..- / .-.. .. ...- .",
}


@pytest.mark.parametrize(("name", "written"), WAYS.items())
def test_every_way_is_read_and_named(name: str, written: str) -> None:
    said = [reading.said(0, len(SAID)) for reading in decoded(written) if reading.text == SAID]
    assert any(f" {name}: " in each for each in said)


@pytest.mark.parametrize("inner", ["Base64", "hexadecimal", "ROT13", "percent encoding"])
@pytest.mark.parametrize("outer", ["Base64", "hexadecimal"])
def test_what_was_coded_twice_is_read(inner: str, outer: str) -> None:
    once = WAYS[inner].encode()
    written = base64.b64encode(once).decode() if outer == "Base64" else once.hex()
    (reading,) = [reading for reading in decoded(written) if reading.text == SAID]
    assert reading.origin(0, 5) == (0, len(written))
    assert inner in reading.said(0, 5)
    assert outer in reading.said(0, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "see you at lunch",
        "Explain, with examples, how photosynthesis uses light (6 marks).",
        "my maths mock was 73/80 = 91%!",
        "wo treffen wir uns heute abend?",
    ],
)
def test_ordinary_text_has_no_other_reading(text: str) -> None:
    assert list(decoded(text)) == []


def test_a_long_text_is_not_searched() -> None:
    assert list(decoded(f"{WAYS['Base64']} " * LONGEST)) == []


@pytest.mark.parametrize(
    ("token", "hides"),
    [
        (WAYS["Base64"], True),
        (SAID.encode().hex(), True),
        ("9f86d081884c7d659a2feaa0c55ad015", False),
        ("https://a.example/?q=see%20you", False),
        ("c2VjcmV0", False),
    ],
)
def test_a_sentence_in_coded_bytes_is_told_from_a_programs_token(token: str, hides: bool) -> None:
    assert hides_words(token) is hides


@given(st.text(st.sampled_from("aZ09+/=%&#;x.- \\uoyjnag"), max_size=200))
def test_any_text_is_read_without_an_error_and_every_range_lies_within_it(text: str) -> None:
    readings = list(decoded(text))
    assert len(readings) <= MOST
    for reading in readings:
        for start in range(len(reading.text)):
            if origin := reading.origin(start, start + 1):
                assert 0 <= origin[0] < origin[1] <= len(text)
