"""Somebody who holds many connections open, or sends a letter at a time, keeps nobody else from the page."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from appliance.impatient_worker import LONGEST
from console.enrolment.serve import THREADS
from tests.console.enrolment.test_serve import running


def test_slow_visitors_are_shut_out_and_silent_ones_wait_elsewhere(tmp_path: Path) -> None:
    with ExitStack() as open_ones, running(tmp_path) as (_, (address, *_others)):
        where = (urlsplit(address).hostname, urlsplit(address).port)
        for _ in range(4 * THREADS):
            open_ones.enter_context(socket.create_connection(where))
        slow = [open_ones.enter_context(socket.create_connection(where)) for _ in range(2 * THREADS)]
        for each in slow:
            each.sendall(b"GET / HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        with urlopen(address + "proxy.pac", timeout=6 * LONGEST) as answer:
            assert answer.status == 200
        assert time.monotonic() - began < 3 * LONGEST
        slow[0].settimeout(3 * LONGEST)
        assert slow[0].recv(1) == b""
