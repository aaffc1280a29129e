import pytest

from detection.extract.services.call import Call
from tests.detection.extract.factories import shown, written


def test_an_address_is_taken_apart() -> None:
    call = Call.of(written(url="https://Talk.example/a%20b/c?x=1&x=2&y="))
    assert (call.host, call.path, call.query) == ("talk.example", "/a b/c", {"x": "1", "y": ""})


def test_a_broken_address_is_no_error() -> None:
    assert Call.of(written(url="https://[talk/")).host == ""


def test_json_is_found_whole_by_lines_behind_a_guard_and_in_events() -> None:
    assert Call.of(shown({"a": 1})).json == [{"a": 1}]
    assert Call.of(shown('{"a": 1}\n{"a": 2}', "application/json")).json == [{"a": 1}, {"a": 2}]
    assert Call.of(shown(")]}'\n[1]", "application/json")).json == [[1]]
    assert Call.of(shown('event: x\ndata: {"a": 1}\n\ndata: [DONE]\n\n', "text/event-stream")).json[0] == {"a": 1}


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("text=hi+you&to=r1", "application/x-www-form-urlencoded"),
        ('--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nhi you\r\n--b\r\n'
         'Content-Disposition: form-data; name="to"\r\n\r\nr1\r\n--b--\r\n', "multipart/form-data"),
    ],
)  # fmt: skip
def test_the_fields_of_a_form_are_named(body: str, media_type: str) -> None:
    assert Call.of(written(body, media_type)).form == {"text": "hi you", "to": "r1"}


def test_who_sends_is_told_by_the_direction() -> None:
    assert Call.of(written()).sent
    assert not Call.of(shown()).sent
