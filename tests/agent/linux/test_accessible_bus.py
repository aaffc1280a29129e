"""The accessibility bus with a real editor on it."""

from collections.abc import Iterator

import pytest
from jeepney import MatchRule

from agent.linux.accessible_bus import ROOT, AccessibleBus
from agent.linux.accessible_line import Ref
from agent.linux.roles import Role, State, bits, has
from agent.linux.surroundings import Surroundings
from tests.agent.linux.conftest import Eyes
from tests.desktop import Screen, needs, wait_for


@pytest.fixture
def bus(where: Surroundings) -> Iterator[AccessibleBus]:
    made = AccessibleBus(where.bus)
    yield made
    made.close()


@needs("mousepad")
def test_a_field_is_found_read_and_heard(desk: Screen, bus: AccessibleBus, eyes: Eyes) -> None:
    rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="TextChanged")
    bus.listen(rule, events=("object:text-changed",))
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.type("cat")
    first = wait_for(lambda: (signal := bus.signal(0.1)) and signal.value and signal)
    assert (first.detail, first.first, first.value) == ("insert", 0, "c")
    field = first.ref
    assert (bus.role(field), has(bus.states(field), State.FOCUSED, State.EDITABLE)) == (Role.TEXT, True)
    wait_for(lambda: bus.text(field, 0, bus.length(field)) == "cat")
    (program,) = [program for program in bus.children(ROOT) if program.owner == field.owner]
    (frame,) = bus.children(program)
    assert bus.name(frame) == "*Untitled 1 - Mousepad"
    assert bus.matches(frame, bits((State.FOCUSED,)), bits((Role.TEXT,)), 5) == [field]
    assert bus.parent(frame) == program
    assert [s.value for s in bus.waiting(lambda s: s.ref == field)] == ["a", "t"]


def test_what_is_not_there_answers_nothing(bus: AccessibleBus) -> None:
    nobody = Ref(":1.4711", "/org/a11y/atspi/accessible/1")
    assert bus.role(nobody) is None
    assert bus.states(nobody) == 0
    assert bus.name(nobody) == ""
    assert bus.children(nobody) == []
    assert bus.text(nobody, 0, 5) is None
    assert bus.parent(nobody) is None
    assert bus.matches(nobody, 0, 0, 5) is None
    assert bus.address(nobody) == ""
