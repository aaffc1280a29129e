"""Strangers who are slow, or say nothing, keep no device from being heard."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from appliance import store
from appliance.agents.patient_worker import DEVICE_LONGEST, PatientWorker
from appliance.impatient_worker import LONGEST
from tests.appliance.agents.running import code, met, running, written

HELLO = bytes.fromhex("1603010200")
"""The head of a TLS handshake of 512 bytes, of which no more comes."""


def test_strangers_in_the_middle_of_a_handshake_are_shut_out(url: str, tmp_path: Path) -> None:
    config, sessions = written(tmp_path, url), store.sessions(url)
    with ExitStack() as open_ones, running(config) as (address, _):
        device = met(address, config)
        assert device.enrol(code(sessions)) == 201
        where = (urlsplit(address).hostname, urlsplit(address).port)
        slow = [open_ones.enter_context(socket.create_connection(where)) for _ in range(8)]
        for each in slow:
            each.sendall(HELLO)
        began = time.monotonic()
        assert device.beat().status == 200
        assert time.monotonic() - began < 3 * LONGEST
        slow[0].settimeout(3 * LONGEST)
        assert slow[0].recv(1) == b""
    sessions.kw["bind"].dispose()


def test_a_plain_connection_is_a_strangers() -> None:
    with socket.socket() as plain:
        conn = type("Conn", (), {"sock": plain})
        assert PatientWorker.longest(PatientWorker.__new__(PatientWorker), conn) == LONGEST < DEVICE_LONGEST
