import json

import pytest

from detection.extract.cut_json import up_to_the_cut
from detection.extract.json_documents import documents

WHOLE = json.dumps(
    {"room": "r1", "list": [1, 22.5, True, None, ['a\\"b', "é"]], "say": {"text": "see you \\ at \u00e9 the river"}}
)


@pytest.mark.parametrize("cut", range(12, len(WHOLE)))
def test_wherever_a_value_breaks_off_what_had_come_of_it_is_there(cut: int) -> None:
    (found,) = documents(WHOLE[:cut])
    assert isinstance(found, dict)
    assert str(found.get("room")) in ("r1", "r", "")
    if cut > WHOLE.index("see you") + 7:
        assert str(found["say"]).startswith("{'text': 'see you")


@pytest.mark.parametrize("guard", ["", ")]}'\n", "for (;;);", '{"text": "before"}\n'])
def test_it_is_found_behind_a_guard_and_after_other_lines(guard: str) -> None:
    *_, last = documents(guard + '{"text": "see you at the ri')
    assert last == {"text": "see you at the ri"}


@pytest.mark.parametrize("text", ["[brb", "{hug", "[", '{"', '{"text":', "[[[[", "}", "x]", '{"a": 1]'])
def test_where_nothing_had_come_nothing_is_made_up(text: str) -> None:
    assert list(documents(text)) == []


@pytest.mark.parametrize(
    ("text", "value"), [('["a\\', ["a"]), ('["a\\u00', ["a"]), ('["a\\\\', ["a\\"]), ('["a", tr', ["a"])]
)
def test_half_a_letter_and_half_a_word_are_left_out(text: str, value: list[str]) -> None:
    assert up_to_the_cut(text, 0) == value


def test_what_is_damaged_in_its_middle_is_not_taken_for_cut() -> None:
    assert list(documents('{"a": oops, "b": {"text": "see you"}, "c": "this and that"}')) == [{"text": "see you"}]


def test_nesting_without_an_end_is_no_error() -> None:
    assert list(documents("[" * 100_000)) == []
    assert list(documents('[{"a":' * 100_000)) == []
