from detection.extract.json_documents import Json
from detection.extract.json_within import holding

VALUE: Json = {
    "a": [{"text": "one", "by": "x"}, {"b": {"text": "two", "by": "y"}}],
    "quoted": {"text": "old", "by": "z"},
}


def test_objects_are_found_in_order_however_deep_they_lie() -> None:
    assert [each["text"] for each in holding(VALUE, "text", "by")] == ["one", "two", "old"]


def test_all_the_keys_must_be_there() -> None:
    assert list(holding(VALUE, "text", "to")) == []


def test_what_lies_outside_is_not_looked_at() -> None:
    assert [each["text"] for each in holding(VALUE, "text", outside=frozenset({"quoted"}))] == ["one", "two"]


def test_a_deep_document_is_no_error() -> None:
    value: Json = {"text": "bottom"}
    for _ in range(5000):
        value = [value]
    assert [each["text"] for each in holding(value, "text")] == ["bottom"]
