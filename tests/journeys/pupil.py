"""A pupil who does everything once: each try says a word nobody has said before, and is never repeated."""

import json
import random
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote_plus

from tests.appliance.deadline import eventually
from tests.journeys.far_end import FarEnd

MARKER = r"\bzum(?:[a-z]{2}){5}\b"
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "no", "pi", "ru", "so", "ta", "ve", "wo", "zi", "lu")
"""What they spell is no word of any phrase in the library."""
ORDINARY = ("river", "bridge", "morning", "pencil", "garden", "window", "music", "yellow", "table", "orange", "winter")
HTML, JSON = "text/html; charset=utf-8", "application/json"


@dataclass
class Try:
    """One thing done once, and how it ended for the pupil."""

    kind: str
    markers: tuple[str, ...]
    """In the order in which the gateway comes upon them."""
    path: str
    request: bytes = field(repr=False)
    received: int = 0
    """Bytes."""
    whole: bool = False
    """The response came to its last byte."""
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_written(self) -> bool:
        """Read on its way out."""
        return self.kind in ("search", "post")


class Pupil:
    def __init__(self, web: FarEnd, proxy: int, chance: random.Random) -> None:
        self._web, self._proxy, self._chance, self._numbers = web, proxy, chance, count()
        self.tries: list[Try] = []

    def search(self) -> Try:
        """A few hundred bytes on their way out."""
        (marker,) = self._markers(1)
        return self._begin("search", (marker,), (HTML, b"<p>Nothing was found.</p>"), f"?q={quote_plus(_said(marker))}")

    def post(self) -> Try:
        """A few hundred kilobytes on their way out."""
        (marker,) = self._markers(1)
        body = f"message={quote_plus(_said(marker))}&more={quote_plus(self._ordinary(60_000))}".encode()
        return self._begin("post", (marker,), (JSON, b"{}"), body=body)

    def page(self) -> Try:
        """A few hundred kilobytes on their way in."""
        (marker,) = self._markers(1)
        text = "</p><p>".join([*(self._ordinary(1500) for _ in range(40)), _said(marker)])
        return self._begin("page", (marker,), (HTML, f"<p>{text}</p>".encode()))

    def messages(self) -> Try:
        """Read one by one on their way in, the first and the last of them flagged; passed on only when all are read."""
        first, last = self._markers(2)
        texts = [_said(first), *(self._ordinary(150) for _ in range(450)), _said(last)]
        said = [{"author": f"somebody{number}", "message": text} for number, text in enumerate(texts)]
        return self._begin("messages", (first, last), (JSON, json.dumps(said).encode()))

    def answered(self, do: Callable[[], Try]) -> Try:
        what = do()
        self.await_answer(what)
        return what

    def await_answer(self, what: Try) -> None:
        """Whole, or the test has failed."""
        eventually(what.ended.is_set, within=90)
        assert what.whole, f"{what.kind} was not answered"

    def _begin(
        self, kind: str, markers: tuple[str, ...], answer: tuple[str, bytes], query: str = "", body: bytes = b""
    ) -> Try:
        path, host = f"/{len(self.tries)}", "search.test" if kind == "search" else "forum.test"
        self._web.answers[path] = answer
        lines = [f"{'POST' if body else 'GET'} http://{host}{path}{query} HTTP/1.1", f"Host: {host}"]
        lines += [f"Accept: {answer[0].partition(';')[0]}", "Connection: close"]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        new = Try(kind, markers, path, "\r\n".join([*lines, "", ""]).encode() + body)
        self.tries.append(new)
        address = f"127.0.3.{self._chance.randrange(2, 60)}"
        threading.Thread(target=_carry_out, args=(new, self._proxy, address), daemon=True).start()
        return new

    def _markers(self, wanted: int) -> tuple[str, ...]:
        numbers = (f"{next(self._numbers):05x}" for _ in range(wanted))
        return tuple("zum" + "".join(SYLLABLES[int(digit, 16)] for digit in number) for number in numbers)

    def _ordinary(self, words: int) -> str:
        return " ".join(self._chance.choices(ORDINARY, k=words))


def _said(marker: str) -> str:
    return f"i want to hurt myself {marker}"


def _carry_out(what: Try, proxy: int, address: str) -> None:
    answer = bytearray()
    try:
        with socket.create_connection(("127.0.0.1", proxy), timeout=120, source_address=(address, 0)) as line:
            line.sendall(what.request)
            while piece := line.recv(65536):
                answer += piece
                what.received = len(answer)
    except OSError:
        pass  # the gateway was killed
    finally:
        what.whole = _is_whole(bytes(answer))
        what.ended.set()


def _is_whole(answer: bytes) -> bool:
    head, blank, body = answer.partition(b"\r\n\r\n")
    status, *headers = head.decode("latin-1").split("\r\n")
    lengths = [int(value) for name, _, value in (h.partition(":") for h in headers) if name.lower() == "content-length"]
    return bool(blank) and status.split()[1] == "200" and lengths == [len(body)]
