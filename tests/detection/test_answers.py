"""Every row of the contract's answer tables."""

import pytest

from detection.answers import PATIENT, Outcome, outcome
from detection.letters import Kind

DETECTION, SUPPLEMENT, BLOB = Kind.DETECTION, Kind.SUPPLEMENT, Kind.BLOB


@pytest.mark.parametrize(
    ("kind", "status", "meaning"),
    [
        (DETECTION, 201, Outcome.DONE),
        (DETECTION, 200, Outcome.DONE),
        (DETECTION, 409, Outcome.REFUSED),
        (DETECTION, 422, Outcome.REFUSED),
        (DETECTION, 401, Outcome.AWAY),
        (DETECTION, 413, Outcome.REFUSED),
        (DETECTION, 429, Outcome.AWAY),
        (DETECTION, 503, Outcome.AWAY),
        (DETECTION, 404, Outcome.FAILED),
        (DETECTION, 302, Outcome.FAILED),
        (DETECTION, 500, Outcome.FAILED),
        (BLOB, 201, Outcome.DONE),
        (BLOB, 200, Outcome.DONE),
        (BLOB, 404, Outcome.DONE),
        (BLOB, 422, Outcome.REFUSED),
        (BLOB, 413, Outcome.REFUSED),
        (BLOB, 401, Outcome.AWAY),
        (BLOB, 503, Outcome.AWAY),
        (BLOB, 409, Outcome.FAILED),
        (SUPPLEMENT, 201, Outcome.DONE),
        (SUPPLEMENT, 404, Outcome.DONE),
        (SUPPLEMENT, 422, Outcome.REFUSED),
        (SUPPLEMENT, 502, Outcome.FAILED),
    ],
)
def test_an_answer_means_what_the_contract_says(kind: Kind, status: int, meaning: Outcome) -> None:
    assert outcome(kind, status) is meaning


def test_waiting_doubles_from_a_second_to_a_minute() -> None:
    assert [PATIENT.after(n) for n in (0, 1, 2, 3, 6, 7, 8, 10_000)] == [0, 1, 2, 4, 32, 60, 60, 60]
