"""A connection that speaks HTTP/2, as two real ends would."""

from typing import Protocol, Self

from h2.config import H2Configuration  # type: ignore[import-untyped]
from h2.connection import H2Connection  # type: ignore[import-untyped]

from tests.proxy_addons.replay.factories import Talk


class Carrier(Protocol):
    def up(self, data: bytes) -> object: ...

    def down(self, data: bytes) -> object: ...


class Http2Talk:
    def __init__(self, first: int = 1, within: Carrier | None = None) -> None:
        """``first``: number of the client's first stream; ``within``: TLS, say, where it is not TCP alone."""
        self._client = H2Connection(H2Configuration(client_side=True))
        self._server = H2Connection(H2Configuration(client_side=False))
        self._next = self._last = first
        self._talk = Talk().hello()
        self._within: Carrier = within or self._talk
        self._scheme = "https" if within else "http"
        self._client.initiate_connection()
        self._server.initiate_connection()
        self._exchange()

    def get(self, path: str) -> Self:
        self.asks(path)
        return self

    def answer(self, status: int, body: bytes) -> Self:
        """To the last request."""
        return self.says(self._last, status, body)

    def asks(self, path: str) -> int:
        """Gives the number of the stream."""
        number, self._next = self._next, self._next + 2
        self._last = number
        self._client.send_headers(number, self._names(path), end_stream=True)
        self._exchange()
        return number

    def says(self, number: int, status: int, body: bytes, *, end: bool = True) -> Self:
        self._server.send_headers(number, [(":status", str(status)), ("content-type", "text/html")])
        self._server.send_data(number, body, end_stream=end)
        self._exchange()
        return self

    def pushes(self, asked_on: int, number: int, path: str, body: bytes) -> Self:
        """What nobody asked for, ``asked_on`` being an open stream."""
        self._server.push_stream(asked_on, number, self._names(path))
        return self.says(number, 200, body)

    def says_more(self, number: int, body: bytes) -> Self:
        self._server.send_data(number, body, end_stream=True)
        self._exchange()
        return self

    def recorded(self) -> Talk:
        return self._talk

    def _names(self, path: str) -> list[tuple[str, str]]:
        asked = {":method": "GET", ":scheme": self._scheme, ":authority": "news.test", ":path": path}
        return list({**asked, "accept": "text/html"}.items())

    def _exchange(self) -> None:
        if said := self._client.data_to_send():
            self._within.up(said)
            self._server.receive_data(said)
        if said := self._server.data_to_send():
            self._within.down(said)
            self._client.receive_data(said)
