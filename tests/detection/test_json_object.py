"""What every reader of a stranger's JSON relies on."""

import pytest

from detection.json_object import JsonObject, WireError, read_object


def test_fields_are_read_by_type() -> None:
    top = read_object(b'{"a": "x", "b": 3, "c": 1.5, "d": null, "e": [{"f": true}], "g": {"h": {"i": "j"}}}')
    assert (top.text("a"), top.whole("b"), top.number("c"), top.optional_text("d")) == ("x", 3, 1.5, None)
    assert top.parts("e")[0].truth("f")
    assert top.part("g").text_by_text("h") == {"i": "j"}


def test_an_error_names_the_whole_path() -> None:
    top = JsonObject({"people": [{"name": "x"}, {"name": 3}]})
    with pytest.raises(WireError, match=r"^people\[1\]\.name: must be a text$"):
        [person.text("name") for person in top.parts("people")]


def test_an_optional_field_may_be_null_but_not_missing() -> None:
    assert JsonObject({"age": None}).optional_number("age") is None
    with pytest.raises(WireError, match=r"^age: is missing$"):
        JsonObject({}).optional_number("age")


def test_a_later_part_may_be_null_or_missing_but_nothing_else() -> None:
    assert JsonObject({"opinion": None}).later_part("opinion") is JsonObject({}).later_part("opinion") is None
    with pytest.raises(WireError, match=r"^opinion: must be an object$"):
        JsonObject({"opinion": ""}).later_part("opinion")


def test_a_field_of_a_later_contract_may_be_missing_but_is_a_text() -> None:
    assert (JsonObject({}).later_text("group"), JsonObject({"group": "staff"}).later_text("group")) == ("", "staff")
    with pytest.raises(WireError, match=r"^group: must be a text$"):
        JsonObject({"group": None}).later_text("group")


@pytest.mark.parametrize("value", [True, 1.0, "1", None, 2**60])
def test_a_whole_number_is_nothing_else(value: object) -> None:
    with pytest.raises(WireError, match=r"^n: must be a whole number$"):
        JsonObject({"n": value}).whole("n")
