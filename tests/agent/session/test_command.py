"""The whole program with a service to speak to and a real desktop to look at."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.link.frames import Hello, receive, send
from agent.orders import Orders
from agent.seen import Seen
from agent.session.command import main
from detection.agent_policy.notice import Notice
from tests.desktop import Screen, missing, needs, screen, wait_for


@pytest.fixture
def desk() -> Iterator[Screen]:
    if reason := missing():
        pytest.skip(reason)
    with screen() as made:
        yield made


@pytest.fixture
def service(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "agent.sock"))
        listening.listen()
        listening.settimeout(20)
        yield listening


@needs("mousepad")
def test_a_session_finds_its_desktop_says_what_it_sees_and_ends_when_told(
    desk: Screen, service: socket.socket, tmp_path: Path
) -> None:
    root = Path(__file__).parents[3]
    environment = desk.environment | {"PYTHONPATH": str(root), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "agent.cli", "session", "--socket", str(tmp_path / "agent.sock")]
    desk.editor()
    desk.wait_for_window("Mousepad")
    process = subprocess.Popen(command, env=environment, cwd=root)
    try:
        line, _ = service.accept()
        with line:
            line.settimeout(20)
            assert isinstance(receive(line), Hello)
            send(line, Orders(pictures=True, screen=True))
            shown = receive(line)
            assert isinstance(shown, Seen)
            assert shown.app == "Mousepad"
            desk.type("my cat sleeps. ")
            said = wait_for(lambda: receive(line))
            assert isinstance(said, Seen)
            assert said.text == "my cat sleeps."
            assert said.picture.startswith(b"\xff\xd8")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_help_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "--socket" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("dunst") is None, reason="dunst is not here")
def test_whoever_signs_in_is_told_what_is_monitored(desk: Screen, service: socket.socket, tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = desk.environment | {"PYTHONPATH": str(root), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "agent.cli", "session", "--socket", str(tmp_path / "agent.sock")]
    desk.start("dunst")
    wait_for(lambda: _shown(desk) == "0", what="dunst")
    process = subprocess.Popen(command, env=environment, cwd=root)
    try:
        line, _ = service.accept()
        with line:
            receive(line)
            send(line, Orders(screen=True, notice=Notice(school="Hill School")))
            wait_for(lambda: _shown(desk) == "1", what="a notification")
    finally:
        process.terminate()
        process.wait(20)


def _shown(desk: Screen) -> str:
    asked = ["dunstctl", "count", "displayed"]
    return subprocess.run(asked, env=desk.environment, capture_output=True, text=True, check=False).stdout.strip()
