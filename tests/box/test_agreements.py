"""What is agreed, withdrawn or paused holds for pupils within seconds, for connections that stand as well."""

import json
import sys
import time

import pytest

from appliance import store
from appliance.models import ReviewerRole
from appliance.provisioning.box import Box
from appliance.provisioning.nftables import fresh
from detection.settings import load
from tests.appliance import factories
from tests.box.pupil import curl
from tests.box.town import GATEWAY_PUPILS, WEB

BOX = f"""
school = "Oak School"
hostname = "gatehouse.oak.example"
outside = "outside"
masquerade = false
workers = 1
[[network]]
name = "pupils"
interface = "pupils"
address = "{GATEWAY_PUPILS}/24"
"""
WORKER = """
import socket, threading
def serve(taken):
    with taken:
        while taken.recv(4096):
            taken.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\nread")
door = socket.create_server(("0.0.0.0", 8081))
while True:
    threading.Thread(target=serve, args=(door.accept()[0],), daemon=True).start()
"""
"""Stands for one: it answers itself, so that the pupil can tell whether it was read."""
STAYS = """
import socket, sys, time
with socket.create_connection((sys.argv[1], 80)) as line:
    while True:
        line.sendall(b"GET / HTTP/1.1\\r\\nHost: web.test\\r\\n\\r\\n")
        if not line.recv(4096): break
        print("answered", flush=True)
        time.sleep(0.2)
"""
AGREE = [
    "--notice", "https://oak.example/m", "--published", "2026-01-05", "--dpia", "D1", "--retention", "90",
    "--contact", "Kim Reed <kim@oak.example>", "--contact", "Lee Ode <it@oak.example>",
]  # fmt: skip


@pytest.fixture
def gatehouse(town, tmp_path):
    """The program on the gateway, with a loaded firewall and a worker."""
    url = f"sqlite:///{tmp_path / 'gatehouse.db'}"
    store.migrate(url)
    with store.sessions(url).begin() as session:
        factories.reviewer(session, factories.school(session), ReviewerRole.NETWORK_MANAGER, login="lee")
    (tmp_path / "box.toml").write_text(BOX)
    (tmp_path / "appliance.toml").write_text(
        f'database = {json.dumps(url)}\nvault = "vault"\nprivate_key = "appliance.key"\n'
    )
    rules = fresh(load(tmp_path / "box.toml", Box)) + "add element inet gatehouse workers { 0 : 8081 }\n"
    town.gateway.run("nft", "-f", "-", stdin=rules)
    worker = town.gateway.start(sys.executable, "-c", WORKER)
    ends = ["--config", str(tmp_path / "appliance.toml"), "--box", str(tmp_path / "box.toml")]
    yield lambda *arguments: town.gateway.run(sys.executable, "-P", "-m", "appliance.cli", *arguments, *ends)
    worker.kill()
    worker.wait()
    town.gateway.run("nft", "delete", "table", "inet", "gatehouse")


def read(town, internet) -> bool:
    return curl(town.pupils, "http://web.test/", internet.ca).body == "read"


def until(holds, seconds=5.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(holds())


def test_a_network_is_read_from_its_agreement_to_its_withdrawal(town, internet, gatehouse) -> None:
    assert not read(town, internet)
    gatehouse("network", "agree", "pupils", "--by", "lee", *AGREE)
    assert until(lambda: read(town, internet))
    gatehouse("network", "withdraw", "pupils", "--by", "lee", "--why", "the notice is wrong")
    assert not read(town, internet)


def test_a_connection_that_stands_is_not_read_on(town, internet, gatehouse) -> None:
    gatehouse("network", "agree", "pupils", "--by", "lee", *AGREE)
    assert until(lambda: read(town, internet))
    stays = town.pupils.start(sys.executable, "-c", STAYS, WEB[0])
    time.sleep(1)
    assert stays.poll() is None
    began = time.monotonic()
    gatehouse("pause", "--network", "pupils", "--for", "30m", "--why", "the exam site is stuck")
    assert until(lambda: stays.poll() is not None)
    assert time.monotonic() - began < 10
    assert not read(town, internet)
    gatehouse("resume", "--network", "pupils")
    assert read(town, internet)
