"""What a device says about a passkey is believed only if it was asked here, just now, and saw its owner."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ceremonies import Ceremonies, Made, Question, Refused, named_in
from tests.console.authenticators import Soft

ORIGIN = "https://console.oak.example"
NOW = datetime(2025, 3, 4, 14, 30, tzinfo=UTC)
HANDLE = "aGFuZGxl"
HERE = Ceremonies(ORIGIN)


def made(device: Soft) -> Made:
    options, question = HERE.to_make("dsl", "Alex Lead", HANDLE, [], NOW)
    return HERE.made(question, device.make(options))


def answered(device: Soft, known: Made) -> int:
    options, question = HERE.to_answer(NOW)
    return HERE.answered(question, device.answer(options), known.public_key, HANDLE)


def test_a_device_makes_a_key_and_answers_with_it() -> None:
    device = Soft(counter=3)
    known = made(device)
    assert known.sign_count == 3
    device.counter = 4
    assert answered(device, known) == 4


def test_no_account_is_named_to_the_browser_at_the_door() -> None:
    asked = json.loads(HERE.to_answer(NOW)[0])
    assert not asked.get("allowCredentials")
    assert (asked["userVerification"], asked["rpId"]) == ("required", "console.oak.example")


def test_a_new_key_must_be_kept_by_the_device_and_not_be_made_twice() -> None:
    asked = json.loads(HERE.to_make("dsl", "Alex Lead", HANDLE, ["Y3JlZA"], NOW)[0])
    chosen = asked["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"], asked["attestation"]) == ("required", "required", "none")
    assert [each["id"] for each in asked["excludeCredentials"]] == ["Y3JlZA"]


LIES: list[dict[str, Any]] = [
    {"flags": 0x01},  # nobody was seen
    {"flags": 0x04},  # nobody was there
    {"origin": "https://console.oak.example:8443"},
    {"origin": "https://evil.console.oak.example"},
    {"origin": "http://console.oak.example"},
    {"host": "oak.example"},
]


@pytest.mark.parametrize("lie", LIES)
def test_what_was_said_elsewhere_or_without_its_owner_is_refused(lie: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        made(Soft(**lie))
    device = Soft()
    known = made(device)
    for name, value in lie.items():
        setattr(device, name, value)
    with pytest.raises(Refused):
        answered(device, known)


def test_another_key_another_account_and_another_question_are_refused() -> None:
    device = Soft()
    known = made(device)
    with pytest.raises(Refused, match="signature"):
        answered(Soft(handle=HANDLE), known)
    device.handle = "b3RoZXI"
    with pytest.raises(Refused, match="another"):
        answered(device, known)
    device.handle = HANDLE
    old, (_, question) = HERE.to_answer(NOW)[0], HERE.to_answer(NOW)
    with pytest.raises(Refused, match="challenge"):
        HERE.answered(question, device.answer(old), known.public_key, HANDLE)


def test_an_answer_to_sign_in_adds_no_key_and_a_new_key_signs_nobody_in() -> None:
    device = Soft()
    known = made(device)
    options, question = HERE.to_make("dsl", "Alex Lead", HANDLE, [], NOW)
    with pytest.raises(Refused):
        HERE.made(question, device.answer(options))
    with pytest.raises(Refused):
        HERE.answered(question, device.make(options), known.public_key, HANDLE)


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.text() | NONSENSE.map(json.dumps))
def test_nonsense_is_refused_and_breaks_nothing(said: str) -> None:
    with pytest.raises(Refused):
        HERE.made(HERE.to_make("dsl", "Alex Lead", HANDLE, [], NOW)[1], said)
    with pytest.raises(Refused):
        HERE.answered(HERE.to_answer(NOW)[1], said, "oA", HANDLE)
    assert isinstance(named_in(said), str)


@given(st.data())
def test_an_answer_with_a_part_that_is_nonsense_is_refused(data: st.DataObject) -> None:
    options, question = HERE.to_make("dsl", "Alex Lead", HANDLE, [], NOW)
    said = json.loads(Soft().make(options))
    part = data.draw(st.sampled_from(["id", "rawId", "response", "clientDataJSON", "attestationObject"]))
    (said if part in said else said["response"])[part] = data.draw(NONSENSE)
    with pytest.raises(Refused):
        HERE.made(question, json.dumps(said))


def test_a_question_is_good_for_five_minutes_and_not_before_it_was_asked() -> None:
    question = Question(challenge="c", at=NOW)
    assert Question.of(question.kept()) == question
    assert question.is_good(NOW + timedelta(minutes=4))
    assert not question.is_good(NOW + timedelta(minutes=5))
    assert not question.is_good(NOW - timedelta(seconds=1))
    assert Question.of(None) is None
