"""The socket of the service: whose account speaks the system says."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.holding import OFF, Holding
from agent.link.asking import ask_standing
from agent.link.frames import AskStanding, Hello, Taken, Unseen, receive, send
from agent.link.saying import Saying
from agent.orders import Orders
from agent.service.connected_logins import ConnectedLogins
from agent.service.connection import AT_ONCE
from agent.service.connections import LONGEST_SENTENCE, MOST_OF_ONE, MOST_SENTENCES, Connections
from agent.service.inspection import Told
from agent.service.monitoring import Monitored
from agent.service.takings import Takings
from agent.standing import Standing
from tests.agent.service.device import ME, seen
from tests.agent.service.test_heartbeat import NOW
from tests.detection.scripted_appliance import eventually

HELLO = Hello(version="1.0")


class Monitoring:
    def __init__(self) -> None:
        self.orders = Orders(screen=True)

    def of(self, account: str) -> Monitored:
        return Monitored(subject=None, holding=Holding(scope=OFF, why=""), orders=self.orders)

    def standing(self, account: str) -> Standing:
        return Standing(version="1.0", account=account)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "agent.sock"
        self.told, self.monitoring = list[Told](), Monitoring()
        self.inspects = True
        self.logins = ConnectedLogins(lambda: NOW)
        self.takings = Takings()
        self.takings.start()
        self.connections = Connections(self.path, self.monitoring, self.takings, self.inspect, self.logins)
        self.connections.start()

    def inspect(self, told: Told) -> None:
        self.told.append(told)
        if self.inspects:
            told.done()

    def session(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(20)
        line.connect(str(self.path))
        return line

    def close(self) -> None:
        self.connections.stop()
        self.takings.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Desk(tmp_path)) as made:
        yield made


def test_a_session_is_ordered_and_answered(desk: Desk) -> None:
    said = seen("words", picture=b"jpeg")
    with desk.session() as line:
        send(line, HELLO)
        assert receive(line) == Orders(screen=True)
        send(line, said)
        assert receive(line) == Taken(id=said.id)
    (told,) = desk.told
    assert (told.seen, told.account) == (said, ME)


def test_orders_are_said_again_only_when_they_change(desk: Desk) -> None:
    with desk.session() as line:
        send(line, HELLO)
        assert receive(line) == Orders(screen=True)
        desk.connections.refresh()
        desk.monitoring.orders = Orders(paused="outside the hours")
        desk.connections.refresh()
        assert receive(line) == Orders(paused="outside the hours")


def test_nobody_speaks_for_another(desk: Desk) -> None:
    """The kernel says whose account it is, whatever the session says."""
    if os.geteuid() != 0:
        pytest.skip("another account needs root")
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from agent.link.asking import ask_standing\n"
        "os.setuid(65534)\n"
        "print(ask_standing(Path(sys.argv[1])).account)"
    )
    for folder in (desk.path.parent, desk.path.parent.parent, desk.path.parent.parent.parent):
        folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", script, str(desk.path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "nobody", done.stderr


def test_anybody_may_ask_how_it_stands(desk: Desk) -> None:
    standing = ask_standing(desk.path)
    assert standing
    assert standing.account == ME
    assert desk.path.stat().st_mode & 0o777 == 0o666


def test_whoever_is_connected_is_signed_in(desk: Desk) -> None:
    with desk.session() as line:
        send(line, HELLO)
        receive(line)
        assert [login.account for login in desk.logins.now()] == [ME]
        ask_standing(desk.path)
    eventually(lambda: desk.logins.now() == ())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.sendall(b"\xff" * 8),
        lambda line: send(line, Taken(id="x")),
        lambda line: send(line, seen("words")),
        lambda line: (send(line, HELLO), send(line, seen("words", id="../x"))),
    ],
    ids=["too large", "of the other end", "before hello", "an id that is none"],
)
def test_whoever_speaks_otherwise_is_hung_up_on_and_nobody_else(
    desk: Desk, spoil: Callable[[socket.socket], object]
) -> None:
    with desk.session() as line:
        spoil(line)
        while receive(line):
            pass
    with desk.session() as other:
        send(other, AskStanding())
        assert receive(other)
    assert desk.told == []


def test_a_session_that_says_too_much_is_not_listened_to_meanwhile(desk: Desk) -> None:
    desk.inspects = False
    with desk.session() as line:
        send(line, HELLO)
        for number in range(AT_ONCE + 10):
            send(line, seen(str(number)))
        eventually(lambda: len(desk.told) == AT_ONCE)
        for told in list(desk.told):
            told.done()
        eventually(lambda: len(desk.told) == AT_ONCE + 10)


def test_what_sessions_cannot_see_is_known_while_they_are_there_and_kept_short(desk: Desk) -> None:
    with desk.session() as line, desk.session() as other:
        for each in (line, other):
            send(each, HELLO)
            send(each, Unseen(said=("No pictures.",)))
        eventually(lambda: desk.connections.unseen == ["No pictures."])
        send(other, Unseen(said=tuple(f"{number} {'x' * 999}" for number in range(99))))
        eventually(lambda: len(desk.connections.unseen) == MOST_SENTENCES)
        assert max(map(len, desk.connections.unseen)) == LONGEST_SENTENCE
        send(other, Unseen())
        eventually(lambda: desk.connections.unseen == ["No pictures."])
    eventually(lambda: desk.connections.unseen == [])


def test_nobody_keeps_their_own_session_out(desk: Desk) -> None:
    lines = list[socket.socket]()
    for _ in range(MOST_OF_ONE):  # each is known before the next comes, or another might be the first
        lines.append(desk.session())
        send(lines[-1], HELLO)
        receive(lines[-1])
    with desk.session() as latest:
        send(latest, HELLO)
        assert receive(latest) == Orders(screen=True)
        assert receive(lines[0]) is None
    for line in lines:
        line.close()


def test_a_session_that_is_held_still_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.service.connections.SILENCE", 1)
    monkeypatch.setattr("agent.link.saying.STILL_HERE", 0.2)
    with closing(Desk(tmp_path)) as desk, desk.session() as still:
        living = Saying(HELLO, path=desk.path)
        living.start()
        send(still, HELLO)
        assert receive(still)
        assert receive(still) is None
        assert len(tuple(desk.logins.now())) == 1
        assert living.stop(1)


def test_a_second_start_takes_the_place_of_what_a_kill_left(tmp_path: Path) -> None:
    (tmp_path / "agent.sock").write_text("left")
    with closing(Desk(tmp_path)) as desk:
        assert ask_standing(desk.path)
    assert not (tmp_path / "agent.sock").exists()
