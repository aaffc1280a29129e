"""WebSocket messages longer than is held back, packed and in one piece or many, through a running gateway."""

import json
import re
import ssl
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually
from tests.websocket_client import connect

HELD = 100_000
WORDS = "i want to hurt myself"
LONG = "and so on it went " * 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with gateway(tmp_path_factory.mktemp("gateway"), held_bytes=HELD) as running:
        yield running


@contextmanager
def talking(made, compression="deflate"):
    trust = ssl.create_default_context(cafile=str(made.root))
    with connect("wss://chat.test/room", proxy=made.proxy, ssl=trust, compression=compression, max_size=None) as chat:
        yield chat


def unread(made):
    file = made.folder / "state" / "status.json"
    return json.loads(file.read_text()).get("unread", {}) if file.exists() else {}


def most_resident(made):
    """Megabytes the gateway's process has had at once."""
    found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{made.process.pid}/status").read_text())
    return int(found[1]) / 1024


PIECES = {
    "amber": [f"{WORDS} amber. {LONG}"],
    "birch": [f"{WORDS} birch. ", *re.findall(".{1,999}", LONG)],
    "cedar": [f"{WORDS} cedar. {LONG}".encode()],
}


@pytest.mark.parametrize("compression", ["deflate", None])
@pytest.mark.parametrize("word", PIECES)
def test_what_came_first_is_read_and_everything_arrives(made, word, compression):
    pieces, before = PIECES[word], unread(made).get("large", 0)
    with talking(made, compression) as chat:
        chat.send(iter(pieces) if len(pieces) > 1 else pieces[0])
        whole = type(pieces[0])().join(pieces)
        said = chat.recv()
        assert said == (f"You said: {whole}" if isinstance(whole, str) else whole)
        chat.send(f"{WORDS} after {word} {compression}")
        assert chat.recv() == f"You said: {WORDS} after {word} {compression}"
    found = eventually(lambda: made.appliance.report_of(f"{WORDS} {word}"))
    assert found.detection.observation.direction == "written"
    eventually(lambda: made.appliance.report_of(f"{WORDS} after {word} {compression}"))
    eventually(lambda: unread(made).get("large", 0) == before + 2)  # what is said, and what comes back


def test_a_small_message_that_unpacks_to_a_long_one_costs_little(made):
    before = most_resident(made)
    with talking(made) as chat:
        chat.send(bytes(64 << 20))
        assert chat.recv() == bytes(64 << 20)
    assert most_resident(made) - before < 50
