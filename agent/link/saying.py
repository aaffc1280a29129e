"""A session's end of the line: says what was seen, and says it again until the service has taken it."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread

from agent.link.frames import AskStanding, FrameError, Hello, Message, Taken, Unseen, receive, send
from agent.link.line import Line
from agent.link.transport import PLACE, connect
from agent.orders import NOT_CONNECTED, Orders
from agent.seen import Seen

log = logging.getLogger(__name__)
MOST = 2000
"""Things kept while the service is away; the oldest go first."""
MOST_PICTURES = 16 * 2**20
"""Bytes of pictures kept; beyond them the oldest things go on without."""
AT_ONCE = 32
"""Things said and not yet taken, so that the service need not keep more in its memory."""
AGAIN = 0.5
"""Seconds between attempts to connect."""
STILL_HERE = 15.0
"""Seconds of silence after which we say something all the same, and after which we look again what is not seen."""
PATIENCE = 30.0
"""Seconds the service may take to hear us, and twice as many to say anything at all: asked, it answers."""


class Saying:
    """``say`` may be called from any thread and never waits. One thread of this class's says, another hears: on that
    one ``ordered`` is called with the orders whenever they change."""

    def __init__(
        self,
        hello: Hello,
        ordered: Callable[[Orders], None] = lambda _: None,
        *,
        path: Path = PLACE,
        unseen: Callable[[], Iterable[str]] = lambda: (),
    ) -> None:
        """``unseen``: what cannot be seen now, in sentences; asked from time to time on the thread that says."""
        self._hello, self._ordered, self._path, self._unseen = hello, ordered, path, unseen
        self._orders = Orders(paused=NOT_CONNECTED)
        self._kept: OrderedDict[str, Seen] = OrderedDict()
        self._said = set[str]()
        self._dropped = 0
        self._lock, self._stopping = Lock(), Event()
        self._turn, self._gone = Event(), Event()
        """There may be something to say; the service has gone, and why."""
        self._trouble: OSError | FrameError | None = None
        self._thread = Thread(target=self._run, name="saying", daemon=True)

    @property
    def orders(self) -> Orders:
        """The last ones given: they hold while the service is away, for a moment or for good."""
        return self._orders

    @property
    def waiting(self) -> int:
        return len(self._kept)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """Wait, within ``timeout`` seconds, until everything is taken; whether it was."""
        end = time.monotonic() + timeout
        while self._kept and time.monotonic() < end and self._thread.is_alive():
            self._thread.join(0.02)
        self._stopping.set()
        self._turn.set()
        if self._thread.ident is not None:
            self._thread.join(max(0.1, end - time.monotonic()))
        return not self._kept

    def say(self, seen: Seen) -> None:
        with self._lock:
            self._kept[seen.id] = seen
            self._bound()
        self._turn.set()

    def _bound(self) -> None:
        """Pictures go before words."""
        while len(self._kept) > MOST:
            id, _ = self._kept.popitem(last=False)
            self._said.discard(id)
            self._dropped += 1
            if self._dropped % 100 == 1:
                log.warning("%d things seen are lost: the service does not take them", self._dropped)
        size = sum(map(_size, self._kept.values()))
        for id, seen in self._kept.items():
            if size <= MOST_PICTURES:
                return
            size -= _size(seen)
            self._kept[id] = replace(seen, picture=b"", earlier_pictures=())

    def _run(self) -> None:
        told = ""
        while not self._stopping.is_set():
            try:
                self._converse()
                told = ""
            except (OSError, FrameError) as e:
                if str(e) != told:  # once, and not twice a second for as long as the service is away
                    log.info("no service to speak to: %s", e)
                told = str(e)
            self._stopping.wait(AGAIN)

    def _converse(self) -> None:
        line = connect(self._path, hears=2 * PATIENCE, says=PATIENCE)
        hearing = Thread(target=self._hear, args=(line,), name="hearing", daemon=True)
        try:
            self._said.clear()
            self._gone.clear()
            self._trouble = None
            send(line, self._hello)
            hearing.start()
            self._say(line)
        finally:
            line.hang_up()
            if hearing.ident is not None:
                hearing.join()
            line.close()
        if self._trouble:
            raise self._trouble

    def _say(self, line: Line) -> None:
        """Until the service has gone."""
        unseen, looks_at = Unseen(), time.monotonic() + STILL_HERE
        while not self._stopping.is_set():
            self._turn.clear()
            if self._gone.is_set():
                return
            self._say_next(line)
            if time.monotonic() >= looks_at:
                unseen, looks_at = self._say_unseen(line, unseen), time.monotonic() + STILL_HERE
            if not self._turn.wait(STILL_HERE):
                send(line, AskStanding())

    def _say_next(self, line: Line) -> None:
        with self._lock:
            unsaid = [seen for id, seen in self._kept.items() if id not in self._said]
            now = unsaid[: AT_ONCE - len(self._said)]
            self._said |= {seen.id for seen in now}
        for seen in now:
            send(line, seen)

    def _say_unseen(self, line: Line, before: Unseen) -> Unseen:
        now = Unseen(said=tuple(self._unseen()))
        if now != before:
            send(line, now)
        return now

    def _hear(self, line: Line) -> None:
        """Until the service has gone."""
        try:
            while message := receive(line):
                self._heed(message)
        except (OSError, FrameError) as e:
            self._trouble = e
        finally:
            self._gone.set()
            self._turn.set()

    def _heed(self, message: Message) -> None:
        match message:
            case Taken(id=id):
                with self._lock:
                    self._kept.pop(id, None)
                    self._said.discard(id)
                self._turn.set()
            case Orders() as orders:
                self._orders = orders
                self._ordered(orders)


def _size(seen: Seen) -> int:
    return len(seen.picture) + sum(map(len, seen.earlier_pictures))
