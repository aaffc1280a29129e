"""What systemd hears, over a real datagram socket."""

import socket
from pathlib import Path

import pytest

from detection import service_manager
from detection.service_manager import ALIVE, READY, Watched
from tests.detection.service_manager_double import listening


def test_it_is_told_that_a_program_is_ready_and_that_it_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(tmp_path, 2.0) as manager:
        for name, value in manager.surroundings.items():
            monkeypatch.setenv(name, value)
        service_manager.say(READY)
        watched = Watched()
        assert watched.every == 0.5
        for _ in range(100):
            watched.turned()
        assert [manager.hears(1), manager.hears(1), manager.hears(0.1)] == [READY, ALIVE, ""]


def test_an_address_without_a_file_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0gatehouse-{tmp_path}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@gatehouse-{tmp_path}")
        service_manager.say(READY)
        assert line.recv(100) == READY.encode()


def test_where_nobody_listens_nothing_is_said_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.setenv("WATCHDOG_USEC", "soon")
    service_manager.say(READY)
    assert Watched().every == 0
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    service_manager.say(READY)


def test_one_who_listens_no_more_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(tmp_path, 2.0) as manager:
        monkeypatch.setenv("NOTIFY_SOCKET", manager.surroundings["NOTIFY_SOCKET"])
        for _ in range(5000):
            service_manager.say(ALIVE)
