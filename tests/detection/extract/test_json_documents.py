from typing import Any

import pytest

from detection.extract.json_documents import documents

CASES: list[tuple[str, list[Any]]] = [
    ('{"a": 1}', [{"a": 1}]),
    ("3", [3]),
    (')]}\'\n{"a": 1}', [{"a": 1}]),
    ('{"a": 1}\n[2]\n', [{"a": 1}, [2]]),
    ('12\n[["x"]]\n5\n[3]', [[["x"]], [3]]),
    ('{"a": {"b": 1}, "c', [{"a": {"b": 1}}]),
    ("nothing here", []),
    ("", []),
    ("[" * 100_000, []),
    ("[" * 100_000 + '\n{"a": 1}\n', [{"a": 1}]),
    ('{"a": ' + "9" * 5000 + "}", []),
]


@pytest.mark.parametrize(("text", "values"), CASES)
def test_every_value_in_a_text_is_found(text: str, values: list[Any]) -> None:
    assert list(documents(text)) == values
