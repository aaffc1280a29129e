import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.scrub_json import scrub_json

CASES: list[tuple[str, str]] = [
    ('{"text": "hi", "password": "x1", "n": 5}', '{"text": "hi", "password": "removed", "n": 5}'),
    ('{"pin": 1234, "token": null, "otp": true}', '{"pin": "removed", "token": null, "otp": true}'),
    ('{"credentials": {"a": "x1", "b": ["x2", 3]}}', '{"credentials": {"a": "removed", "b": ["removed", "removed"]}}'),
    ('{"tokens": ["x1", "x2"], "a": "b"}', '{"tokens": ["removed", "removed"], "a": "b"}'),
    ('{"session": {"title": "talk", "id": "x"}}', '{"session": {"title": "talk", "id": "x"}}'),
    ('{"sessions": [{"title": "talk"}]}', '{"sessions": [{"title": "talk"}]}'),
    ('{"name": "password", "value": "x1"}', '{"name": "password", "value": "removed"}'),
    ('{"value": "x1", "name": "password"}', '{"value": "removed", "name": "password"}'),
    ('{"value": "v", "name": "colour"}', '{"value": "v", "name": "colour"}'),
    ('{"u": "https://a.example/?token=x1&q=2"}', '{"u": "https://a.example/?token=removed&q=2"}'),
    (r'{"payload": "{\"password\": \"x1\"}"}', r'{"payload": "{\"password\": \"removed\"}"}'),
    (")]}'\n" + '{"password":"x1"}', ")]}'\n" + '{"password":"removed"}'),
    ('{"a":1}\n{"password":"x1"}\n', '{"a":1}\n{"password":"removed"}\n'),
    ('data: {"password":"x1"}\n\n', 'data: {"password":"removed"}\n\n'),
    ('{"password":"x1 cut o', '{"password":"removed"'),
    ("{password: 'x1', text: 'hi'}", "{password: \"removed\", text: 'hi'}"),
    (r'{"text": "a \"quoted\" \ud83d word"}', r'{"text": "a \"quoted\" \ud83d word"}'),
    ("", ""),
]


@pytest.mark.parametrize(("text", "clean"), CASES)
def test_only_the_secrets_change(text: str, clean: str) -> None:
    assert scrub_json(text) == clean


PIECES = ['"', "\\", "{", "}", "[", "]", ":", ",", '"password"', '"name"', '"value"', "x", "\n", " "]
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["password", "text", "session", "credentials", "name", "value"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_json_stays_json_and_a_second_time_changes_nothing(value: Any) -> None:
    once = scrub_json(json.dumps(value))
    json.loads(once)
    assert scrub_json(once) == once


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_broken_json_raises_nothing(text: str) -> None:
    once = scrub_json(text)
    assert scrub_json(once) == once
