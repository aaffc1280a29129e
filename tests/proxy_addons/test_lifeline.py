"""A worker beats, leaves when it is told to, and when its supervisor is gone."""

import asyncio
import socket

from proxy_addons.lifeline import Lifeline


class DrainDouble:
    def __init__(self):
        self.open, self.begun = 7, []

    def begin(self, seconds):
        self.begun.append(seconds)


def alive(during):
    """What the drain was told while ``during`` had the supervisor's end of the line."""
    drain = DrainDouble()
    tunnels = []

    async def run():
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        lifeline = Lifeline(theirs, drain, 1800.0, tunnels.append)
        lifeline.running()
        await during(ours, asyncio.get_running_loop())
        lifeline.done()
        ours.close()

    asyncio.run(run())
    return drain.begun + tunnels


def test_it_says_how_many_connections_are_open_again_and_again():
    async def during(ours, loop):
        assert await loop.sock_recv(ours, 100) == b"open 7\n"
        assert await loop.sock_recv(ours, 100) == b"open 7\n"

    assert alive(during) == []


def test_it_is_told_to_leave_even_in_pieces():
    async def during(ours, loop):
        for piece in (b"dr", b"ain 60.0\ndrain ", b"5.0\nnothing known\n"):
            await loop.sock_sendall(ours, piece)
            await asyncio.sleep(0.05)

    assert alive(during) == [60.0, 5.0]


def test_left_alone_it_leaves_by_itself():
    async def during(ours, loop):
        ours.close()
        await asyncio.sleep(0.2)

    assert alive(during) == [1800.0]


def test_a_supervisor_that_does_not_read_holds_nobody_up():
    async def during(ours, loop):
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        await asyncio.sleep(1.2)

    assert alive(during) == []


def test_it_is_told_of_a_tunnel():
    async def during(ours, loop):
        await loop.sock_sendall(ours, b'tunnel {"device": "192.0.2.10"}\n')
        await asyncio.sleep(0.2)

    assert alive(during) == [b'{"device": "192.0.2.10"}']
