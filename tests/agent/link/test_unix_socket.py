"""The line over a Unix socket."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from agent.link.line import Line, Listening, SessionLine
from agent.link.unix_socket import connect, listen
from agent.service.logins import account_of


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    with closing(listen(tmp_path / "s", hears=0.2, says=0.2)) as made:
        yield made


@pytest.fixture
def ends(listening: Listening, tmp_path: Path) -> Iterator[tuple[Line, SessionLine]]:
    with closing(connect(tmp_path / "s", hears=5, says=5)) as session, closing(listening.accept()) as service:
        yield session, service


def test_the_service_knows_whose_account_it_is_before_a_word_is_said(ends: tuple[Line, SessionLine]) -> None:
    peer = ends[1].peer()
    assert (peer.number, peer.account) == (os.getuid(), account_of(os.getuid()))


def test_who_says_nothing_for_too_long_is_given_up(ends: tuple[Line, SessionLine]) -> None:
    with pytest.raises(TimeoutError, match="it says nothing"):
        ends[1].recv(1)


def test_who_does_not_listen_is_given_up(ends: tuple[Line, SessionLine]) -> None:
    with pytest.raises(TimeoutError, match="it does not listen"):
        ends[1].sendall(bytes(10_000_000))


def test_whoever_waits_to_hear_something_is_told_of_a_hang_up(ends: tuple[Line, SessionLine]) -> None:
    session, service = ends
    heard = list[bytes]()
    waiting = Thread(target=lambda: heard.append(session.recv(1)))
    waiting.start()
    session.hang_up()
    session.hang_up()
    waiting.join(5)
    assert heard == [b""]
    assert service.recv(1) == b""


def test_nobody_is_waited_for_once_it_is_closed(listening: Listening, tmp_path: Path) -> None:
    ended = list[OSError]()

    def accept() -> None:
        try:
            listening.accept()
        except OSError as e:
            ended.append(e)

    waiting = Thread(target=accept)
    waiting.start()
    listening.close()
    waiting.join(5)
    assert ended
    assert not (tmp_path / "s").exists()
    with pytest.raises(OSError, match="No such file"):
        connect(tmp_path / "s", hears=1, says=1)
