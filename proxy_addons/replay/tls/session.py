"""Follow a recorded TLS connection through its handshakes, and give what both sides say inside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls import hellos, messages, records
from proxy_addons.replay.tls.direction import Direction
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.keys12 import Keys12
from proxy_addons.replay.tls.keys13 import REFUSED, Keys13
from proxy_addons.replay.tls.lock import Plain
from proxy_addons.replay.tls.records import TlsError
from proxy_addons.replay.tls.suites import SUITES, Suite

TLS_1_2, TLS_1_3 = 0x0303, 0x0304
_CERTIFICATES = 1 << 14
"""Bytes of the server's certificates that are kept, of which the first is looked at."""
_OLDER = {0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1"}


class Told(NamedTuple):
    side: Side
    data: bytes
    lost: int = 0
    """Bytes missing here; then there is no data."""


class Session:
    def __init__(self, keys: KeyLog) -> None:
        self.client_hello: hellos.ClientHello | None = None
        self.server_hello: hellos.ServerHello | None = None
        self.alpn = b""
        """The protocol agreed on inside, as far as is known."""
        self.certificates = b""
        """The server's message with them, where it was in clear."""
        self._log = keys
        self._keys: Keys12 | Keys13 | None = None
        self._sides = {side: Direction(holds=side is Side.CLIENT) for side in Side}
        self._messages = {side: messages.Messages() for side in Side}

    def feed(self, side: Side, data: bytes) -> Iterator[Told]:
        return self._take(side, self._sides[side].feed(data))

    def lost(self, side: Side, size: int) -> None:
        """A hole."""
        self._sides[side].lost(size)

    def end(self, side: Side) -> None:
        self._sides[side].end()

    def stopped(self, side: Side) -> str:
        """Why no more of a side is read; empty while it is."""
        return self._sides[side].stopped

    def unread(self) -> Counter[str]:
        """Bytes, by the reason why they were not read."""
        return self._sides[Side.CLIENT].unread + self._sides[Side.SERVER].unread

    def _take(self, side: Side, plains: Iterable[Plain]) -> Iterator[Told]:
        try:
            for plain in plains:
                match plain.kind:
                    case records.APPLICATION:
                        yield Told(side, plain.data, plain.lost)
                    case records.HANDSHAKE:
                        for message in self._messages[side].feed(plain.data):
                            yield from self._message(side, message)
                    case records.CHANGE_CIPHER_SPEC if isinstance(self._keys, Keys12):
                        self._keys.change(side, self._sides[side])
        except TlsError as e:
            self._sides[side].stop(str(e))

    def _message(self, side: Side, message: messages.Message) -> Iterator[Told]:
        match side, message.kind, self._keys:
            case Side.CLIENT, messages.CLIENT_HELLO, Keys12() | None:
                self.client_hello = hellos.client_hello(message.body)
                self._sides[side].drop_held(REFUSED)  # before a second hello, which the server asked for
            case Side.SERVER, messages.SERVER_HELLO, Keys12() | None:
                yield from self._agree(hellos.server_hello(message.body))
            case Side.SERVER, messages.CERTIFICATE, Keys12() | None:
                self.certificates = message.body[:_CERTIFICATES]
            case Side.SERVER, messages.ENCRYPTED_EXTENSIONS, Keys13() as keys:
                self.alpn, accepted = hellos.encrypted_extensions(message.body)
                yield from self._settle_early(keys, accepted=accepted)
            case Side.CLIENT, messages.END_OF_EARLY_DATA, Keys13() as keys:
                keys.end_of_early_data()
            case _, messages.FINISHED, Keys13() as keys:
                keys.finished(side)
            case _, messages.KEY_UPDATE, Keys13() as keys:
                keys.update(side)

    def _agree(self, hello: hellos.ServerHello) -> Iterator[Told]:
        if hello.is_retry or self.client_hello is None:
            return
        self.server_hello, self.alpn = hello, hello.alpn
        try:
            suite = _suite(hello)
        except TlsError as e:
            for direction in self._sides.values():
                direction.stop(str(e))
            return
        if hello.version == TLS_1_2:
            self._keys = Keys12(self._log, self.client_hello.random, hello, suite)
        else:
            self._keys = keys = Keys13(self._log, self.client_hello.random, suite, self._sides)
            yield from self._begin(keys, self.client_hello, hello)

    def _begin(self, keys: Keys13, asked: hellos.ClientHello, hello: hellos.ServerHello) -> Iterator[Told]:
        keys.begin(Side.SERVER)
        if not asked.offers_early_data:
            keys.begin(Side.CLIENT)
            yield from self._take(Side.CLIENT, self._sides[Side.CLIENT].release())
        elif not hello.resumes or not keys.can_read_handshake(Side.SERVER):
            yield from self._settle_early(keys, accepted=hello.resumes)

    def _settle_early(self, keys: Keys13, *, accepted: bool) -> Iterator[Told]:
        """What the client has said was held until the server's extensions told whether it was listened to."""
        client = self._sides[Side.CLIENT]
        if client.is_holding and self.client_hello and self.client_hello.offers_early_data:
            keys.begin_early(accepted=accepted)
            yield from self._take(Side.CLIENT, client.release())


def _suite(hello: hellos.ServerHello) -> Suite:
    """TlsError where it is one that is not read."""
    if hello.version not in (TLS_1_2, TLS_1_3):
        raise TlsError(_OLDER.get(hello.version, "an unknown version of TLS"))
    if hello.suite not in SUITES:
        raise TlsError(f"cipher suite 0x{hello.suite:04x}")
    if hello.compressed:
        raise TlsError("compressed TLS")
    return SUITES[hello.suite]
