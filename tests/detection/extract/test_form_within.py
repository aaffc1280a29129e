import json

import pytest

from detection.extract.form_within import fields
from detection.observation import Channel
from tests.detection.extract.factories import frame, said


def test_the_fields_of_a_form_in_a_string_are_found() -> None:
    assert list(fields("message%5Bbody%5D=see+you+there&_target=message")) == [
        ("body", "see you there"),
        ("_target", "message"),
    ]


@pytest.mark.parametrize("text", ["", "see you there", "a=b&c=d", "x = y + z", "=a+b", "a=b+c=d", "a=+" * 60_000])
def test_other_texts_have_none(text: str) -> None:
    assert list(fields(text)) == []


def test_what_is_typed_into_a_live_page_is_read_but_for_its_passwords() -> None:
    typed = "user%5Bpassword%5D=open+the+door&message%5Bbody%5D=see+you+there&_target=message"
    event = ["4", "9", "lv:phx-x", "event", {"type": "form", "event": "send", "value": typed}]
    assert said(frame(json.dumps(event))) == [(Channel.MESSAGE, "see you there")]
