"""A session is told its orders when they change, and whoever does not listen is hung up on."""

import socket

from agent.link.frames import receive
from agent.link.line import Peer
from agent.orders import Orders
from agent.service.connection import Connection


class Line:
    """This end of a pair of sockets."""

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair()
        self._ours.settimeout(5)
        self.theirs.settimeout(5)
        self.is_hung_up = False

    def peer(self) -> Peer:
        return Peer(number=1000, account="robin")

    def recv(self, most: int, /) -> bytes:
        return self._ours.recv(most)

    def sendall(self, data: bytes, /) -> None:
        self._ours.sendall(data)

    def hang_up(self) -> None:
        self.is_hung_up = True
        self._ours.close()

    def close(self) -> None:
        self.hang_up()
        self.theirs.close()


def test_orders_are_for_a_session_and_told_once() -> None:
    line = Line()
    connection = Connection(line, line.peer())
    connection.order(Orders(screen=True))
    connection.is_session = True
    for orders in (Orders(screen=True), Orders(screen=True), Orders(paused="lunch")):
        connection.order(orders)
    assert (receive(line.theirs), receive(line.theirs)) == (Orders(screen=True), Orders(paused="lunch"))
    line.hang_up()
    assert receive(line.theirs) is None
    line.close()


def test_whoever_does_not_listen_is_hung_up_on() -> None:
    line = Line()
    connection = Connection(line, line.peer())
    line.theirs.close()
    connection.is_session = True
    connection.order(Orders(screen=True))
    assert line.is_hung_up
