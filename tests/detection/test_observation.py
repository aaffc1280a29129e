import pytest

from detection.observation import Subject


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        (Subject(people=("p-1",), device="d-1", address="10.0.0.1"), "person:p-1"),
        (Subject(people=("p-1", "p-2"), device="d-1", address="10.0.0.1"), "device:d-1"),
        (Subject(device="d-1", address="10.0.0.1"), "device:d-1"),
        (Subject(people=("p-1", "p-2"), address="10.0.0.1"), "address:10.0.0.1"),
        (Subject(address="10.0.0.1"), "address:10.0.0.1"),
    ],
)
def test_a_person_stands_for_themselves_only_when_sure(subject: Subject, key: str) -> None:
    assert subject.key == key
