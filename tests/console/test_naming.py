"""Whoever an incident is about is called by name where one is sure, else by device or address."""

import pytest

from appliance.models import Incident, Person
from console.naming import who


@pytest.mark.parametrize(
    ("key", "called"),
    [
        ("device:lap-3", "Somebody on lap-3"),
        ("address:10.0.0.7", "Somebody at 10.0.0.7"),
        ("address:fe80::1", "Somebody at fe80::1"),
        ("address:None", "Somebody unknown"),
        ("person:p9", "Somebody unknown"),
    ],
)
def test_without_a_name(key: str, called: str) -> None:
    assert who(Incident(subject_key=key)) == called


def test_with_a_name() -> None:
    assert who(Incident(subject_key="person:p1", person=Person(name="Robin"))) == "Robin"
