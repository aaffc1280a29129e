"""Workers that die, hang, grow old or are to be replaced: who is cut off, who passes unread, and how soon."""

import os
import signal
import sys
import time

import pytest

from tests.appliance.deadline import eventually
from tests.box.gateway_side import READY, box, gateway_side
from tests.box.pupil import curl
from tests.box.town import PUPILS4

SOON = 5.0
"""Seconds within which the policy must hold after a worker died."""


@pytest.fixture(scope="module")
def opened(town, internet, town_folder):
    """One worker, so that everybody is behind it."""
    with gateway_side(town, internet, town_folder / "open", supervisor="workers = 1\n") as made:
        yield made


@pytest.fixture
def side(opened):
    opened.load(box(workers=1))
    opened.read("pupils")
    opened.start()
    return opened


@pytest.fixture
def closed(town, internet, opened, tmp_path):
    opened.stop()
    with gateway_side(town, internet, tmp_path / "closed", supervisor='workers = 1\nfail = "closed"\n') as made:
        made.load(box(workers=1, fail="closed"))
        made.read("pupils")
        made.start()
        yield made


def fetched(side, *trusted):
    return curl(side.town.pupils, "https://web.test/", *(trusted or side.trusted), seconds=3)


def passes_unread(side):
    return fetched(side, side.internet.ca).exit == 0


def is_read(side):
    return fetched(side, side.root).exit == 0


def deaths_of(side):
    """A supervisor that has just started has not written yet."""
    eventually(lambda: side.status()["supervisor"]["workers"], within=20)
    return side.status()["supervisor"]["deaths"]


def worker(side):
    return side.process_at(*side.slots().values())


def test_a_worker_that_is_killed_leaves_the_web_open_and_is_replaced(side):
    missed, deaths = side.counter("pupils-missed"), deaths_of(side)
    began = time.monotonic()
    os.kill(worker(side), signal.SIGKILL)
    eventually(lambda: passes_unread(side), within=SOON)
    assert time.monotonic() - began < SOON
    assert side.counter("pupils-missed") > missed
    eventually(lambda: side.status()["supervisor"]["deaths"] > deaths, within=20)
    eventually(lambda: is_read(side), within=READY)


def test_a_worker_that_is_killed_leaves_nothing_where_the_box_says_closed(closed):
    os.kill(worker(closed), signal.SIGKILL)
    began = time.monotonic()
    while time.monotonic() - began < 2:  # at no moment anything passes
        assert not passes_unread(closed)
    eventually(lambda: closed.slots() == {0: 9} or is_read(closed), within=SOON)
    eventually(lambda: is_read(closed), within=READY)


def test_with_no_worker_at_all_a_closed_box_passes_nothing(closed):
    closed.stop()
    assert fetched(closed).exit == 7
    closed.nft("flush map inet gatehouse workers")  # not even what leads to nobody is there
    assert fetched(closed).exit == 7
    assert closed.counter("pupils-missed") >= 1


def test_a_worker_that_stands_still_counts_as_dead(side):
    hung = worker(side)
    os.kill(hung, signal.SIGSTOP)
    began = time.monotonic()
    eventually(lambda: passes_unread(side), within=SOON + 3)
    assert time.monotonic() - began < SOON + 3.5  # curl itself waits up to three seconds for the one that hangs
    eventually(lambda: is_read(side), within=READY)
    eventually(lambda: not alive(hung), within=30)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_supervisor_killed_outright_leaves_no_device_with_a_worker_that_ends(side):
    os.kill(side.supervisor.pid, signal.SIGKILL)
    eventually(lambda: side.slots() == {}, within=SOON)
    assert passes_unread(side)
    side.supervisor.wait()
    side.start()  # as systemd does
    assert is_read(side)


def test_the_map_is_mended_when_the_rules_were_loaded_anew(side):
    ports = side.slots()
    side.nft("flush map inet gatehouse workers")
    eventually(lambda: side.slots() == ports, within=2)


DOWNLOAD = "https://web.test/drip?until=/done"
CHAT = """
import asyncio, pathlib, ssl, sys
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
trust = ssl.create_default_context(cafile=sys.argv[1])
async def talk():
    async with connect("wss://chat.test/", ssl=trust, proxy=None) as chat:
        try:
            while not pathlib.Path(sys.argv[2]).exists():
                await chat.send("are you there")
                assert await chat.recv() == "You said: are you there"
                print("answered", flush=True)
                await asyncio.sleep(0.5)
        except ConnectionClosed as e:
            print("closed", e.rcvd.code, flush=True)
asyncio.run(talk())
"""


def test_replaced_on_demand_it_cuts_nobody_off(side, internet):
    """An open download and a chat go on with the old worker; whoever comes anew gets the new one."""
    old, pupils, done, deaths = worker(side), side.town.pupils, side.folder / "done", deaths_of(side)
    got, before = side.folder / "got", len(pupils.said())
    going = pupils.start("curl", "-sS", "--cacert", side.root, "-o", got, "--noproxy", "*", DOWNLOAD)
    talking = pupils.start(sys.executable, "-c", CHAT, side.root, done)
    eventually(lambda: "answered" in pupils.said()[before:] and got.exists() and got.stat().st_size)
    os.kill(side.supervisor.pid, signal.SIGHUP)
    eventually(lambda: worker(side) != old, within=READY)
    for address in PUPILS4:
        assert curl(pupils, "https://web.test/", side.root, address=address).exit == 0
    so_far, said = got.stat().st_size, len(pupils.said())
    eventually(lambda: got.stat().st_size > so_far and "answered" in pupils.said()[said:])
    assert established(side, old) == 2
    internet.put("/done", "")
    done.touch()
    assert (going.wait(READY), talking.wait(READY)) == (0, 0)
    assert "closed" not in pupils.said()[before:]
    eventually(lambda: not alive(old), within=30)
    assert side.status()["supervisor"]["deaths"] == deaths


def established(side, pid):
    """Connections of pupils at this worker."""
    listed = side.town.gateway.run("ss", "-Htnp", "state", "established").stdout.splitlines()
    return sum(f"pid={pid}," in line and ("192.0.2." in line or "2001:db8:1:" in line) for line in listed)


H2 = """
import socket, ssl, sys, time
import h2.config, h2.connection, h2.events
trust = ssl.create_default_context(cafile=sys.argv[1])
trust.set_alpn_protocols(["h2"])
line = trust.wrap_socket(socket.create_connection(("h2.test", 443)), server_hostname="h2.test")
speaker = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
speaker.initiate_connection()
line.sendall(speaker.data_to_send())
def ask(number):
    speaker.send_headers(number, [(":method", "GET"), (":path", "/"), (":authority", "h2.test"), (":scheme", "https")], end_stream=True)
    line.sendall(speaker.data_to_send())
ask(1)
while data := line.recv(65536):
    for event in speaker.receive_data(data):
        if isinstance(event, h2.events.StreamEnded):
            print("h2 answered", flush=True)
        if isinstance(event, h2.events.ConnectionTerminated):
            print("h2 goaway", event.error_code, flush=True)
    line.sendall(speaker.data_to_send())
print("h2 closed", flush=True)
"""  # noqa: E501


def test_an_idle_http2_connection_is_told_to_go(side):
    before = len(side.town.pupils.said())
    talking = side.town.pupils.start(sys.executable, "-c", H2, side.root)
    eventually(lambda: "h2 answered" in side.town.pupils.said()[before:])
    os.kill(side.supervisor.pid, signal.SIGHUP)
    assert talking.wait(READY) == 0
    said = side.town.pupils.said()[before:].split("\n")
    assert [line for line in said if line.startswith("h2")][-2:] == ["h2 goaway 0", "h2 closed"]


def test_a_chat_that_outlasts_the_drain_is_closed_politely(town, internet, opened, tmp_path):
    opened.stop()
    with gateway_side(town, internet, tmp_path / "g", supervisor="workers = 1\ndrain_minutes = 0.05\n") as side:
        side.load(box(workers=1))
        side.read("pupils")
        side.start()
        before = len(town.pupils.said())
        talking = town.pupils.start(sys.executable, "-c", CHAT, side.root, "never")
        eventually(lambda: "answered" in town.pupils.said()[before:])
        os.kill(side.supervisor.pid, signal.SIGHUP)
        assert talking.wait(READY) == 0
        assert "closed 1001" in town.pupils.said()[before:]


def test_ended_by_systemd_it_leaves_the_web_open(side):
    side.supervisor.send_signal(signal.SIGTERM)
    assert side.supervisor.wait(40) == 0
    assert side.slots() == {}
    assert passes_unread(side)
