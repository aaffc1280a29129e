"""What programs tell is heard, and heard again after the bus was away."""

import pytest

from agent.linux import accessible_listener
from agent.linux.accessible_bus import AccessibleBus
from agent.linux.accessible_line import Ref
from agent.linux.accessible_listener import AccessibleListener
from agent.linux.surroundings import Surroundings
from agent.session.desktop import Edited, Event, Focused, Redrawn, Window
from tests.agent.linux.conftest import Eyes
from tests.desktop import Screen, needs, wait_for

WINDOW = Window(key="w", app="Mousepad")


@needs("mousepad")
def test_typing_is_told_again_after_the_bus_was_away(
    desk: Screen, where: Surroundings, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accessible_listener, "_AGAIN", 0.05)
    told, buses = list[Event](), list[AccessibleBus]()

    def connect() -> AccessibleBus:
        buses.append(AccessibleBus(where.bus))
        return buses[-1]

    def look(frame: Ref | None) -> Window:
        return WINDOW

    listener = AccessibleListener(connect, told.append, lambda: WINDOW, look)
    listener.begin()
    wait_for(lambda: listener.is_listening)
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.type("cat")
    wait_for(lambda: [e.inserted for e in told if isinstance(e, Edited)] == ["c", "a", "t"])
    wait_for(lambda: {type(event) for event in told} >= {Focused, Redrawn})
    buses[0].interrupt()
    wait_for(lambda: len(buses) > 1 and listener.is_listening)
    desk.type("s")
    wait_for(lambda: any(isinstance(e, Edited) and e.inserted == "s" for e in told))
    listener.end()
    assert not listener._thread.is_alive()
