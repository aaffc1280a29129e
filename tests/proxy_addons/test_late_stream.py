"""A body that does not say how long it is, and is longer than is held back, through a running gateway."""

import json
import socket

import pytest

from proxy_addons.inspect_web import Limits
from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer

HELD = 100_000
FILLER = b"<p>the weather was fine that day</p>" * 10
WORDS = "i want to hurt myself"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with gateway(tmp_path_factory.mktemp("gateway"), held_bytes=HELD) as running:
        yield running


def counted(made):
    file = made.folder / "state" / "status.json"
    return json.loads(file.read_text()).get("unread") if file.exists() else None


def test_the_part_of_an_answer_that_came_before_is_read_and_the_rest_is_counted(made):
    pieces = [f"<html><p>{WORDS} amber</p>".encode(), *[FILLER] * (2 * Limits().first // len(FILLER))]
    made.web.answers["/long"] = Answer(b"", pieces=lambda: iter(pieces))
    answer = made.browser().request("GET", "https://forum.test/long", headers={"Accept": "text/html"})
    assert answer.data == b"".join(pieces)
    eventually(lambda: made.appliance.report_of(f"{WORDS} amber"))
    eventually(lambda: counted(made) == {"large": 1})


def test_so_is_the_part_of_what_is_sent(made):
    body = b"message=" + f"{WORDS} birch ".replace(" ", "+").encode() + b"and+so+on+" * (HELD // 4)
    pieces = [body[start : start + 9000] for start in range(0, len(body), 9000)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    head = b"POST http://plain.test/say HTTP/1.1\r\nHost: plain.test\r\nTransfer-Encoding: chunked\r\n"
    with socket.create_connection(("127.0.0.1", made.port), timeout=30) as line:
        line.sendall(head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + chunks + b"0\r\n\r\n")
        assert line.recv(65536)
    eventually(lambda: made.appliance.report_of(f"{WORDS} birch"))
