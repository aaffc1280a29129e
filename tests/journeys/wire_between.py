"""The wire between gateway and appliance, with a gate in each direction, and a record of what passes through it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler
from itertools import count

from tests.local_server import serving


class State(Enum):
    ARRIVED = "the POST was on its way"
    FORWARDED = "the POST was being answered"
    ANSWERED = "the answer was on its way back"
    DONE = "answered"
    BROKEN = "with the appliance, which never answered"
    REFUSED = "never reached the appliance"


GATED = "/detections"
ON_THE_WAY = (State.ARRIVED, State.FORWARDED, State.ANSWERED)


@dataclass
class Passing:
    number: int
    method: str
    path: str
    body: bytes = field(repr=False)
    state: State = State.ARRIVED


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Wire:
    appliance: int
    port: int = 0
    way_in: threading.Event = field(default_factory=threading.Event)
    """Open while set: detections go on to the appliance."""
    way_back: threading.Event = field(default_factory=threading.Event)
    """Open while set: answers to them go back to the gateway."""
    passed: list[Passing] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def open(self) -> None:
        self.way_in.set()
        self.way_back.set()

    def lose(self) -> None:
        """What has come from the gateway and was not passed on never will be."""
        for passing in self.passed:
            if passing.state is State.ARRIVED:
                passing.state = State.REFUSED

    def carry(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """The appliance's answer; None if there is none."""
        passing = Passing(next(self._numbers), method, path, body)
        self.passed.append(passing)
        if path == GATED:
            self.way_in.wait(60)
        answer = None if passing.state is State.REFUSED else self._ask(passing, headers)
        if answer and path == GATED:
            self.way_back.wait(60)
        if answer:
            passing.state = State.DONE
        return answer

    def _ask(self, passing: Passing, headers: dict[str, str]) -> Answer | None:
        connection = HTTPConnection("127.0.0.1", self.appliance, timeout=90)
        try:
            connection.request(passing.method, passing.path, passing.body, headers)
            passing.state = State.FORWARDED
            response = connection.getresponse()
            told = {name: value for name, value in response.getheaders() if name in TOLD}
            answer = Answer(response.status, told, response.read())
        except (OSError, HTTPException):
            passing.state = State.BROKEN if passing.state is State.FORWARDED else State.REFUSED
            return None
        finally:
            connection.close()
        passing.state = State.ANSWERED
        return answer


ASKED = ("Authorization", "Content-Type", "User-Agent", "If-None-Match")
TOLD = ("ETag", "Retry-After")


@contextmanager
def wire_to(appliance: int) -> Iterator[Wire]:
    """A wire that ends at this port of loopback."""
    wire = Wire(appliance)
    wire.open()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _take(self) -> None:
            wanted = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(wanted)
            if len(body) < wanted:
                self.close_connection = True  # the gateway was killed while it spoke
                return
            headers = {name: self.headers[name] for name in ASKED if name in self.headers}
            answer = wire.carry(self.command, self.path, headers, body)
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = _take

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as wire.port:
        try:
            yield wire
        finally:
            wire.open()
