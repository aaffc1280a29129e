import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.wrapped_text import unwrapped

WORDS = "see you at the river, пока"
JSON = '{"text": "see you at the river"}'


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


WRAPPED = [
    (coded(WORDS), WORDS),
    (coded(WORDS * 20), WORDS * 20),
    (coded("до встречи " * 40), "до встречи " * 40),
    (coded(JSON).rstrip("="), JSON),
    (f"data:text/plain;charset=utf-8;base64,{coded(WORDS)}", WORDS),
    ("data:,see%20you%20there%20then", "see you there then"),
    (f"data:application/json;base64,{coded(JSON)}", JSON),
]
NOT_WRAPPED = [
    "",
    "hello",
    "a sentence that is longer than twenty",
    "4fd2a9c013aa4fd2a9c013aa",
    "VeryLongNameOfAThingInCode",
    coded("\0\1\2" * 20),
    coded("4fd2a9c0-13aa-4fd2"),
    f"data:image/png;base64,{coded(WORDS)}",
    "data:text/plain;base64,%%",
]


@pytest.mark.parametrize(("text", "plain"), WRAPPED)
def test_what_is_wrapped_up_is_unwrapped(text: str, plain: str) -> None:
    assert unwrapped(text) == plain


@pytest.mark.parametrize("text", NOT_WRAPPED)
def test_names_keys_and_pictures_stay_as_they_are(text: str) -> None:
    assert unwrapped(text) == ""


@given(st.text(max_size=100) | st.binary(max_size=100).map(lambda content: base64.b64encode(content).decode()))
def test_any_text_is_answered(text: str) -> None:
    unwrapped(text)
    unwrapped(f"data:;base64,{text}")


def test_text_that_was_squeezed_before_it_was_wrapped_is_unwrapped() -> None:
    squeezed = base64.b64encode(gzip.compress(b'{"text": "see you at the river"}')).decode()
    assert unwrapped(squeezed) == '{"text": "see you at the river"}'
    assert unwrapped("H4sI" + "A" * 40) == ""
    assert unwrapped(base64.b64encode(gzip.compress(bytes(range(256)))).decode()) == ""
