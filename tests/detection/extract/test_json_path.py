from typing import Any

import pytest

from detection.extract.json_path import at, first


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        ({"a": 1}, "", [{"a": 1}]),
        ({"a": {"b": 1}}, "a.b", [1]),
        ({"a": [{"b": 1}, {"b": 2}, 3]}, "a[].b", [1, 2]),
        ([[1, 2], [3]], "[0][1]", [2]),
        ([1, 2, 3], "[-1]", [3]),
        ({"x": {"t": 1}, "y": {"t": 2}}, "{}.t", [1, 2]),
        ({"a": '{"b": [1, 2]}'}, "a.b[]", [1, 2]),
        ({"a": "{no json"}, "a.b", []),
        ({"a": 1}, "b.c[3]", []),
        (None, "a[]", []),
    ],
)
def test_a_path_leads_to_every_value_it_names(value: Any, path: str, found: list[Any]) -> None:
    assert list(at(value, path)) == found


def test_the_first_of_several_paths_counts() -> None:
    value = {"nick": "", "user": {"name": "Sam"}, "id": 7, "ok": True}
    assert first(value, "nick|user.name") == "Sam"
    assert first(value, "id") == "7"
    assert first(value, "ok|missing") == ""
    assert first(value, "") == ""
