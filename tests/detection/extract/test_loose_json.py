import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.loose_json import quoted
from detection.observation import Channel
from tests.detection.extract.factories import said, written

JSON = "application/json"


@pytest.mark.parametrize(
    "body",
    [
        '{"message": "see you at the river",}',
        "{message: 'see you at the river'}",
        '// a note\n{"id": 7 "message": "see you at the river"}',
        "[" * 5000 + '{"message": "see you at the river"}' + "]" * 5000,
        '{"id": 007, "message": "see you at the \\u0072iver"}',
    ],
)
def test_what_is_no_json_by_the_letter_is_read_by_its_quotes(body: str) -> None:
    assert said(written(body, JSON)) == [(Channel.POST, "see you at the river")]


def test_names_go_with_their_texts_and_secrets_are_left_out() -> None:
    loose = '{"text" : "see you there", "password": "open for me now", "q": "rivers of wales", 5,}'
    assert list(quoted(loose)) == [{"text": "see you there"}, {"password": "open for me now"}, {"q": "rivers of wales"}]
    assert said(written(loose, JSON)) == [(Channel.POST, "see you there"), (Channel.SEARCH, "rivers of wales")]


def test_json_that_says_nothing_is_not_gone_through_again() -> None:
    assert said(written('{"ids": ["ab12"], "n": null}', JSON)) == []


@given(st.text(alphabet="\"'\\:{[ab \n,", max_size=300))
def test_any_text_is_answered(text: str) -> None:
    list(quoted(text))


@pytest.mark.parametrize("text", ['"' * 200_001, "'" * 200_001, "a:" * 100_000 + "'", '"\\' * 100_000, ":'a" * 100_000])
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    began = time.process_time()
    list(quoted(text))
    assert time.process_time() - began < 1
