"""One who speaks on the line, and what is said to them."""

from threading import BoundedSemaphore, Lock

from agent.link.frames import Message, send
from agent.link.line import Peer, SessionLine
from agent.orders import Orders

AT_ONCE = 64
"""Things of one session that wait here; it is not listened to while there are more."""


class Connection:
    """One session, or whoever asks how we stand."""

    def __init__(self, line: SessionLine, peer: Peer) -> None:
        self.line, self.uid, self.account = line, peer.number, peer.account
        self.room = BoundedSemaphore(AT_ONCE)
        self.is_session = False
        self.unseen: tuple[str, ...] = ()
        """What it says that it cannot see. Its user could say anything in its place, so it is kept short."""
        self._orders: Orders | None = None
        self._lock, self._ordering = Lock(), Lock()

    def say(self, message: Message) -> None:
        """Whoever does not listen is hung up on."""
        try:
            with self._lock:
                send(self.line, message)
        except OSError:
            self.hang_up()

    def order(self, orders: Orders) -> None:
        with self._ordering:
            if self.is_session and orders != self._orders:
                self._orders = orders
                self.say(orders)

    def hang_up(self) -> None:
        self.line.hang_up()
