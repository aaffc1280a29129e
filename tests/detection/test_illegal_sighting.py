"""Of listed content the facts are kept, the address sealed; and a listed site is one thing, however many its pages."""

import pytest
from nacl.public import PrivateKey

from detection import wire
from detection.categories import ConcernRole
from detection.grading import Detection
from detection.illegal_sighting import Sighting, detection_of, observation_of
from detection.observation import Direction, Mark, Subject
from detection.sealed_address import is_sealed, opened
from detection.sealing import Opener, Sealer
from tests.detection.illegal import sighting

PRIVATE = bytes(PrivateKey.generate())
SEALER = Sealer(bytes(PrivateKey(PRIVATE).public_key))


def found(of: Sighting) -> Detection:
    return detection_of(observation_of(of, SEALER), of, "library-1")


def test_it_is_a_five_with_a_sealed_address_and_no_word_of_what_was_there() -> None:
    made = found(sighting())
    seen = made.observation
    assert (made.category, made.severity, made.matches, made.before) == ("illegal", 5, (), ())
    assert (seen.app, seen.conversation, seen.evidence) == ("", "", None)
    assert Mark.WITHHELD in seen.marks
    assert is_sealed(seen.location)
    assert opened(seen.location, Opener(PRIVATE)) == "https://listed.test/page?id=7"
    assert b"listed.test" not in wire.dump(wire.Report(detection=made))
    assert "“Test list”, edition 7 of 2026-03-02" in made.reasons[0]


@pytest.mark.parametrize(
    ("direction", "role", "said"),
    [
        (Direction.WRITTEN, ConcernRole.CONDUCT, "went there"),
        (Direction.SENT_BY_PAGE, ConcernRole.EXPOSED, "by itself"),
        (Direction.SHOWN, ConcernRole.EXPOSED, "file itself"),
    ],
)
def test_it_says_whether_the_person_asked_for_it(direction: Direction, role: ConcernRole, said: str) -> None:
    made = found(sighting(direction=direction))
    assert made.severity == 5
    assert made.role is role
    assert said in made.reasons[1]


def test_the_same_entry_and_person_are_one_thing() -> None:
    first = found(sighting())
    assert found(sighting(address="https://listed.test/else")).once == first.once
    assert found(sighting(subject=Subject(people=("p-18",)))).once != first.once


def test_it_passes_over_the_wire_unchanged() -> None:
    made = found(sighting())
    assert wire.parse(wire.dump(wire.Report(detection=made))).detection == made


def test_a_service_for_testing_filters_is_named_and_it_stays_a_five() -> None:
    made = found(sighting(address="http://iwf.testfiltering.com/"))
    assert made.severity == 5
    assert any("Test Filtering of the South West Grid for Learning" in reason for reason in made.reasons)
