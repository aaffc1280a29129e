from detection.extract.json_documents import Json
from detection.extract.json_find import objects_with


def texts(value: Json, **options: tuple[str, ...]) -> list[Json]:
    return [one["text"] for one in objects_with(value, "text", **options)]


def test_objects_are_found_at_any_depth_in_the_order_they_stand() -> None:
    value: Json = {"a": [{"text": "one", "replies": [{"b": {"text": "two"}}]}], "c": {"text": "three"}}
    assert texts(value) == ["one", "two", "three"]


def test_nothing_is_read_of_an_object_with_a_mark() -> None:
    value: Json = [{"ad": {"id": 1}, "post": {"text": "buy this"}}, {"ad": None, "post": {"text": "hello"}}]
    assert texts(value, without=("ad",)) == ["hello"]


def test_a_value_that_is_no_object_holds_none() -> None:
    assert texts("text") == []
    assert texts(None) == []


def test_any_depth_is_walked_without_recursion() -> None:
    value: Json = {"text": "deep"}
    for _ in range(5000):
        value = [value]
    assert texts(value) == ["deep"]


def test_so_many_objects_are_found_and_no_more() -> None:
    assert len(texts([{"text": "x"}] * 6000)) == 5000
