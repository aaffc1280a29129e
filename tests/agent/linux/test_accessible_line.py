"""The line to the bus answers nothing for whom is not there, and says when it is gone."""

from collections.abc import Iterator

import pytest

from agent.linux.accessible_line import AccessibleLine, Ref
from agent.linux.surroundings import Surroundings


@pytest.fixture
def line(where: Surroundings) -> Iterator[AccessibleLine]:
    made = AccessibleLine(where.bus)
    yield made
    made.close()


def test_whoever_is_not_there_answers_nothing(line: AccessibleLine) -> None:
    nobody = Ref(":1.4711", "/org/a11y/atspi/accessible/1")
    assert line.ask(nobody, "org.a11y.atspi.Accessible", "GetRole") is None
    assert line.process(nobody.owner) is None
    assert line.signal(0.0) is None


def test_who_waits_is_told_when_it_is_interrupted(line: AccessibleLine) -> None:
    line.interrupt()
    with pytest.raises(OSError, match="reset"):
        line.signal()


def test_a_bus_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(OSError, match=r"no accessibility on the session bus: .*at-spi2-core"):
        AccessibleLine("unix:path=/nonexistent")


@pytest.mark.parametrize(
    ("owner", "path", "is_nothing"),
    [(":1.7", "/org/a11y/atspi/accessible/1", False), (":1.7", "/org/a11y/atspi/null", True), ("", "", True)],
)
def test_some_names_stand_for_nothing(owner: str, path: str, is_nothing: bool) -> None:
    assert Ref(owner, path).is_nothing == is_nothing
