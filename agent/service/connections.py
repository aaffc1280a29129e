"""The line that sessions speak on: whose account speaks the system says, so that nobody speaks for another."""

import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Protocol

from agent.link.frames import AskStanding, FrameError, Hello, Message, Taken, Unseen, receive
from agent.link.line import SessionLine
from agent.link.transport import listen
from agent.seen import Seen
from agent.service.connection import Connection
from agent.service.inspection import Told
from agent.service.monitoring import Monitored
from agent.service.takings import Takings
from agent.standing import Standing

log = logging.getLogger(__name__)
MOST = 64
"""Connections."""
MOST_OF_ONE = 8
"""Of one account; the oldest is hung up on for another, so that nobody keeps their own session out."""
SILENCE = 60
"""Seconds after which a session that says nothing at all is held still, and hung up on."""
MOST_SENTENCES, LONGEST_SENTENCE = 8, 200
PATIENCE = 10.0
"""Seconds that a session may take to hear us."""
_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")


class Answers(Protocol):
    """What holds for an account."""

    def of(self, account: str) -> Monitored: ...

    def standing(self, account: str) -> Standing: ...


class Attendance(Protocol):
    """Is told of each session that came and went; from any thread."""

    def came(self, uid: int, account: str) -> None: ...

    def went(self, uid: int, account: str) -> None: ...


class Connections:
    def __init__(
        self,
        path: Path,
        monitoring: Answers,
        takings: Takings,
        inspect: Callable[[Told], None],
        attendance: Attendance,
    ) -> None:
        self._monitoring, self._takings = monitoring, takings
        self._inspect, self._attendance = inspect, attendance
        self._stopping = False
        self._lines: list[SessionLine] = []
        self._open: list[Connection] = []
        """Of those lines of which it is known whose they are."""
        self._lock = Lock()
        self._server = listen(path, hears=SILENCE, says=PATIENCE)
        self._thread = Thread(target=self._accept, name="connections", daemon=True)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._server.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            line.hang_up()

    def refresh(self) -> None:
        """Tell each session whose orders have changed."""
        for connection in self._all():
            if connection.is_session:
                connection.order(self._monitoring.of(connection.account).orders)

    @property
    def unseen(self) -> Sequence[str]:
        """By any session, each sentence once."""
        return list(dict.fromkeys(said for connection in self._all() for said in connection.unseen))[:MOST_SENTENCES]

    def _all(self) -> list[Connection]:
        with self._lock:
            return list(self._open)

    def _accept(self) -> None:
        while True:
            try:
                line = self._server.accept()
            except OSError:
                return
            with self._lock:
                if len(self._lines) >= MOST:
                    line.close()
                    continue
                self._lines.append(line)
            Thread(target=self._serve, args=(line,), name="connection", daemon=True).start()

    def _serve(self, line: SessionLine) -> None:
        try:
            self._converse(self._known(line))
        except OSError as e:
            log.info("somebody is hung up on, for nobody says who it is: %s", e)
        finally:
            with self._lock:
                self._lines.remove(line)
            line.close()

    def _known(self, line: SessionLine) -> Connection:
        connection = Connection(line, line.peer())
        with self._lock:
            theirs = [each for each in self._open if each.uid == connection.uid]
            self._open.append(connection)
        if len(theirs) >= MOST_OF_ONE:
            theirs[0].hang_up()
        return connection

    def _converse(self, connection: Connection) -> None:
        try:
            while message := receive(connection.line):
                self._hear(connection, message)
        except (OSError, FrameError) as e:
            log.info("the session of uid %d is hung up on: %s", connection.uid, e)
        finally:
            with self._lock:
                self._open.remove(connection)
            if connection.is_session and not self._stopping:
                self._attendance.went(connection.uid, connection.account)

    def _hear(self, connection: Connection, message: Message) -> None:
        match message:
            case Hello():
                if not connection.is_session:
                    connection.is_session = True
                    self._attendance.came(connection.uid, connection.account)
                connection.order(self._monitoring.of(connection.account).orders)
            case Seen() if connection.is_session:
                self._take(connection, message)
            case Unseen(said=said) if connection.is_session:
                connection.unseen = tuple(sentence[:LONGEST_SENTENCE] for sentence in said[:MOST_SENTENCES])
            case AskStanding():
                connection.say(self._monitoring.standing(connection.account))
            case _:
                raise FrameError("a frame that a session does not say")

    def _take(self, connection: Connection, seen: Seen) -> None:
        if not _ID.fullmatch(seen.id):
            raise FrameError("an id that is none")
        connection.room.acquire()

        def answer() -> None:
            connection.room.release()
            connection.say(Taken(id=seen.id))

        taking = self._takings.expect(answer)

        def done() -> None:
            taking.is_inspected = True

        self._inspect(Told(seen=seen, account=connection.account, done=done))
