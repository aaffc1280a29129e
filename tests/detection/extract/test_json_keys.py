import pytest

from detection.extract.json_documents import Json
from detection.extract.json_keys import Kind, fields_of, kind_of


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("q", Kind.SEARCH),
        ("searchTerm", Kind.SEARCH),
        ("prompt", Kind.PROMPT),
        ("commentText", Kind.MESSAGE),
        ("message_body", Kind.MESSAGE),
        ("avatarUrl", Kind.MECHANICAL),
        ("user_id", Kind.MECHANICAL),
        ("anything", Kind.OTHER),
        ("", Kind.OTHER),
        ("123", Kind.OTHER),
    ],
)
def test_a_key_says_what_stands_under_it(key: str, kind: Kind) -> None:
    assert kind_of(key) is kind


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"text": "see you", "n": 3, "password": "open", "avatarUrl": "a.png"}, [("text", "see you")]),
        ({"name": "password", "value": "open", "note": "see you"}, [("name", "password"), ("note", "see you")]),
        ({"op": "replace", "path": "/lines/0/title", "value": "see you"}, [("title", "see you"), ("op", "replace")]),
        ({"credentials": {"a": "b"}, "said": ["see you"]}, [("said", ["see you"])]),
    ],
)
def test_an_object_has_the_fields_that_may_hold_words(value: dict[str, Json], found: list[tuple[str, Json]]) -> None:
    assert sorted(map(str, fields_of(value))) == sorted(map(str, found))
