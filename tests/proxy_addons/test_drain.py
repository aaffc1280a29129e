"""A gateway that ends: no new connections, and the open ones in their time."""

import json
import signal
import socket
import ssl
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed

from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.websocket_client import connect

LEAVES = (
    "import sys, signal; from proxy_addons import drain, gateway\n"
    "made = drain.Drain.__init__\n"
    "def keep(self, *given):\n"
    "    made(self, *given)\n"
    "    import asyncio\n"
    "    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.begin, 60.0)\n"
    "    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR2, self.begin, 0.5)\n"
    "drain.Drain.__init__ = keep\n"
    "sys.exit(gateway.main(sys.argv[1:]))"
)
"""A gateway that is told by a signal instead of by its supervisor."""


@pytest.fixture
def leaving(tmp_path):
    with gateway(tmp_path, LEAVES) as made:
        yield made


def refused(running):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", running.port)) != 0


def test_what_is_open_is_finished_and_nobody_new_is_taken(leaving):
    go_on = threading.Event()

    def pieces():
        yield b"first"
        go_on.wait(60)
        yield b"last"

    leaving.web.answers["/long"] = Answer(b"", {"Content-Type": "application/octet-stream"}, pieces=pieces)
    answer = leaving.browser().request("GET", "https://forum.test/long", preload_content=False)
    assert answer.read1() == b"first"
    leaving.process.send_signal(signal.SIGUSR1)
    eventually(lambda: refused(leaving))
    assert leaving.process.poll() is None
    go_on.set()
    assert answer.read() == b"last"
    assert leaving.process.wait(30) == 0
    assert json.loads((leaving.folder / "state" / "status.json").read_text())["faults"] == {}


def test_a_chat_is_closed_with_1001_when_its_time_is_over(leaving):
    trust = ssl.create_default_context(cafile=str(leaving.root))
    with connect("wss://chat.test/room", proxy=leaving.proxy, ssl=trust) as chat:
        chat.send("hello")
        assert chat.recv() == "You said: hello"
        leaving.process.send_signal(signal.SIGUSR1)
        eventually(lambda: refused(leaving))
        chat.send("still there")
        assert chat.recv() == "You said: still there"
        leaving.process.send_signal(signal.SIGUSR2)
        with pytest.raises(ConnectionClosed) as closed:
            chat.recv(timeout=30)
    assert closed.value.rcvd.code == 1001
    assert leaving.process.wait(30) == 0


def test_with_nothing_open_it_ends_at_once(leaving):
    began = time.monotonic()
    leaving.process.send_signal(signal.SIGUSR1)
    assert leaving.process.wait(30) == 0
    assert time.monotonic() - began < 20
