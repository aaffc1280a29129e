"""The pipe, over scripted calls; on Windows itself over its own."""

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from agent.link.frames import Hello
from agent.link.line import Line, SessionLine
from agent.link.saying import Saying
from agent.orders import Orders
from agent.service import connections as service_end
from agent.windows.account import number_of
from agent.windows.named_pipe import PIECE, WHO_MAY, connect, listen
from tests.agent.link.test_saying import seen
from tests.agent.service.test_connections import Desk
from tests.agent.windows.scripted_pipes import ScriptedPipes
from tests.detection.scripted_appliance import eventually

CREATE_INSTANCE, GENERIC_READ, GENERIC_WRITE = 0x4, 0x120089, 0x120116
NAME = Path(r"\\.\pipe\gatehouse-agent-test")
SID = "S-1-5-21-1-2-3-1001"


def named(sid: str) -> str:
    return {SID: "a.clarke"}[sid]


@pytest.fixture
def pipes() -> ScriptedPipes:
    return ScriptedPipes(SID)


@pytest.fixture
def ends(pipes: ScriptedPipes) -> Iterator[tuple[Line, SessionLine]]:
    listening = listen(NAME, hears=0.2, says=5, calls=pipes, named=named)
    with closing(connect(NAME, hears=5, says=5, calls=pipes)) as session, closing(listening.accept()) as service:
        yield session, service
    listening.close()


def test_people_at_the_device_may_read_and_write_and_not_pose_as_the_service() -> None:
    rights = {who: right for right, who in re.findall(r"\(A;;([^;]+);;;(\w+)\)", WHO_MAY)}
    assert WHO_MAY.startswith("D:P(")
    assert rights.keys() == {"SY", "BA", "IU"}
    assert int(rights["IU"], 16) == (GENERIC_READ | GENERIC_WRITE) & ~CREATE_INSTANCE


def test_who_it_is_is_asked_after_the_first_words_and_none_of_them_is_lost(ends: tuple[Line, SessionLine]) -> None:
    session, service = ends
    session.sendall(b"hello")
    peer = service.peer()
    assert (peer.account, peer.number) == ("a.clarke", number_of(SID))
    assert (service.recv(2), service.recv(100)) == (b"he", b"llo")
    service.sendall(b"orders")
    assert session.recv(100) == b"orders"


def test_more_than_a_piece_arrives_whole(ends: tuple[Line, SessionLine]) -> None:
    session, service = ends
    sent = bytes(range(256)) * (PIECE // 64)
    saying = Thread(target=session.sendall, args=(sent,))
    saying.start()
    heard = b""
    while len(heard) < len(sent):
        heard += service.recv(PIECE)
    saying.join()
    assert heard == sent


def test_of_who_goes_without_a_word_nothing_is_believed(ends: tuple[Line, SessionLine]) -> None:
    session, service = ends
    session.hang_up()
    with pytest.raises(ConnectionAbortedError):
        service.peer()


def test_who_says_nothing_is_given_up(ends: tuple[Line, SessionLine]) -> None:
    with pytest.raises(TimeoutError):
        ends[1].recv(1)


def test_nobody_can_have_the_name_twice(pipes: ScriptedPipes) -> None:
    listen(NAME, hears=1, says=1, calls=pipes)
    with pytest.raises(PermissionError):
        listen(NAME, hears=1, says=1, calls=pipes)


def test_session_and_service_speak_over_it(
    pipes: ScriptedPipes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programs' own two ends, with nothing but Windows itself replaced."""
    monkeypatch.setattr(service_end, "listen", partial(listen, calls=pipes, named=named))
    monkeypatch.setattr("agent.link.saying.connect", partial(connect, calls=pipes))
    ordered = list[Orders]()
    with closing(Desk(tmp_path)) as desk:
        saying = Saying(Hello(version="1.0"), ordered.append, path=desk.path)
        saying.start()
        saying.say(seen("one", picture=bytes(3 * PIECE)))
        saying.say(seen("two"))
        assert saying.stop(20)
        eventually(lambda: [each.seen.text for each in desk.told] == ["one", "two"])
        assert {each.account for each in desk.told} == {"a.clarke"}
        assert ordered == [Orders(screen=True)]
    eventually(lambda: not pipes.open_handles)


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        listen(NAME, hears=1, says=1)
    with pytest.raises(OSError, match="this is not Windows"):
        connect(NAME, hears=1, says=1)


@pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
def test_on_windows_the_service_knows_who_speaks() -> None:
    listening = listen(NAME, hears=5, says=5)
    with closing(connect(NAME, hears=5, says=5)) as session, closing(listening.accept()) as service:
        session.sendall(b"hello")
        assert service.peer().account
        service.sendall(b"orders")
        assert session.recv(100) == b"orders"
    listening.close()
