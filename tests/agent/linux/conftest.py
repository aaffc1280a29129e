"""A desktop for all tests here, and a session that looks at it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from agent.linux.accessible_bus import ROOT, AccessibleBus
from agent.linux.desktop import LinuxDesktop
from agent.linux.roles import State, bits
from agent.linux.surroundings import Surroundings
from agent.orders import Orders
from agent.seen import Seen
from agent.session.session import Session
from detection.agent_policy.private_window import PrivateWindow
from detection.observation import Direction
from tests.desktop import Screen, missing, screen, wait_for

ORDERS = Orders(screen=True, pictures=True, private_windows=(PrivateWindow(title="my diary"),))


@pytest.fixture(scope="session")
def desk() -> Iterator[Screen]:
    if reason := missing():
        pytest.skip(reason)
    with screen() as made:
        yield made


@pytest.fixture
def where(desk: Screen) -> Surroundings:
    return Surroundings(
        display=desk.environment["DISPLAY"],
        bus=desk.environment["DBUS_SESSION_BUS_ADDRESS"],
        runtime=desk.environment["XDG_RUNTIME_DIR"],
    )


@dataclass
class Eyes:
    """A running session and what it has said so far."""

    session: Session
    desk: Screen
    seen: list[Seen] = field(default_factory=list)

    def wait_for_window(self, title: str) -> None:
        """Until the session knows that it is the active one, which takes it some milliseconds longer than xdotool."""
        self.desk.wait_for_window(title)
        wait_for(lambda: (shown := self.session.shown()) and title in shown[0].title, what=f"{title!r} to be looked at")

    def wait_for_field(self, title: str, name: str = "", seconds: float = 40.0) -> None:
        """Until a field of the window with this title has the keyboard and tells so: nobody types sooner."""
        self.desk.wait_for_window(title, seconds)
        wait_for(lambda: self._has_field(title, name), seconds, f"a field in {title!r}")

    def _has_field(self, title: str, name: str) -> bool:
        with closing(AccessibleBus(self.desk.environment["DBUS_SESSION_BUS_ADDRESS"])) as bus:
            frames = [frame for program in bus.children(ROOT) for frame in bus.children(program)]
            wanted = bits((State.FOCUSED, State.EDITABLE))
            fields = [f for frame in frames if title in bus.name(frame) for f in bus.matches(frame, wanted, 0, 5) or ()]
            return any(name in bus.name(field) for field in fields)

    @property
    def written(self) -> list[Seen]:
        return [seen for seen in self.seen if seen.direction is Direction.WRITTEN]

    @property
    def everything(self) -> str:
        return "\n".join(f"{seen.title}\n{seen.text}" for seen in self.seen)

    def saw(self, text: str, seconds: float = 15.0) -> Seen:
        """The last one that says this, as soon as there is one."""
        return wait_for(
            lambda: next((seen for seen in reversed(self.seen) if seen.text == text), None),
            seconds,
            lambda: f"{text!r} to be seen; so far: {[s.text for s in self.seen]}",
        )


@pytest.fixture
def eyes(desk: Screen, where: Surroundings) -> Iterator[Eyes]:
    seen: list[Seen] = []
    found: list[LinuxDesktop] = []

    def find() -> LinuxDesktop:
        found.append(LinuxDesktop(where))
        return found[-1]

    session = Session(find, seen.append)
    thread = threading.Thread(target=session.run)
    thread.start()
    session.obey(ORDERS)
    wait_for(lambda: found and found[-1].is_listening, what="the session to listen")
    try:
        yield Eyes(session, desk, seen)
    finally:
        session.stop()
        thread.join(10)
        desk.stop_programs()
