"""Put a QUIC client's hello together from its first packets, in whatever order its pieces come."""

from proxy_addons.replay.quic.initial_keys import InitialKeys, initial_keys
from proxy_addons.replay.quic.initial_packets import InitialPacket, crypto_frames, opened
from proxy_addons.replay.tls.hellos import ClientHello, client_hello
from proxy_addons.replay.tls.messages import CLIENT_HELLO, Messages
from proxy_addons.replay.tls.records import TlsError

LONGEST = 64 << 10
"""Bytes of a hello, in pieces."""
MOST_PACKETS = 32
"""Tried; then it is given up."""
MOST_KEYS = 4
"""A client that is sent on by the server makes new ones."""


class ClientHelloInPieces:
    def __init__(self) -> None:
        self.hello: ClientHello | None = None
        self._keys: list[InitialKeys] = []
        self._destinations: list[bytes] = []
        self._pieces: dict[int, bytes] = {}
        self._bytes = self._packets = 0

    @property
    def is_hopeless(self) -> bool:
        return self._packets >= MOST_PACKETS or self._bytes > LONGEST

    def take(self, packet: InitialPacket) -> bool:
        """Whether it is the client's."""
        if self.hello or self.is_hopeless:
            return False
        self._packets += 1
        frames = self._opened(packet)
        if frames is None:
            return False
        for piece in crypto_frames(frames):
            if len(piece.data) > len(self._pieces.get(piece.offset, b"")):
                self._pieces[piece.offset] = piece.data
                self._bytes += len(piece.data)
        self._put_together()
        return True

    def _opened(self, packet: InitialPacket) -> bytes | None:
        """With the keys so far, or those of where it is sent to, if it is the client's first."""
        for keys in self._keys:
            if (frames := opened(packet, keys)) is not None:
                return frames
        if packet.destination in self._destinations or len(self._keys) >= MOST_KEYS:
            return None
        keys = initial_keys(packet.version, packet.destination)
        if (frames := opened(packet, keys)) is not None:
            self._keys.append(keys)
            self._destinations.append(packet.destination)
        return frames

    def _put_together(self) -> None:
        whole = b""
        for offset, data in sorted(self._pieces.items()):
            if offset > len(whole):
                return
            whole += data[len(whole) - offset :]
        try:
            for message in Messages().feed(whole):
                if message.kind == CLIENT_HELLO:
                    self.hello = client_hello(message.body)
        except TlsError:
            self._packets = MOST_PACKETS
