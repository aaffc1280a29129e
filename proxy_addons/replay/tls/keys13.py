"""Which keys open what in TLS 1.3: early data, the handshake, what is said after it, and each key update."""

from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls.direction import NO_KEYS, Direction
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.key_schedule import next_secret
from proxy_addons.replay.tls.protection import Aead13
from proxy_addons.replay.tls.suites import Suite

REFUSED = "early data that the server refused"
_HANDSHAKE = {Side.CLIENT: "CLIENT_HANDSHAKE_TRAFFIC_SECRET", Side.SERVER: "SERVER_HANDSHAKE_TRAFFIC_SECRET"}
_APPLICATION = {Side.CLIENT: "CLIENT_TRAFFIC_SECRET_0", Side.SERVER: "SERVER_TRAFFIC_SECRET_0"}


class Keys13:
    """Of one connection, from the server's hello on."""

    def __init__(self, keys: KeyLog, client_random: bytes, suite: Suite, sides: dict[Side, Direction]) -> None:
        self._keys, self._client_random, self._suite, self._sides = keys, client_random, suite, sides
        self._shaking = set[Side]()
        """Those whose handshake has not ended."""
        self._secrets = dict[Side, bytes]()
        """Of those whose handshake has."""

    def begin(self, side: Side) -> None:
        """The handshake; the key logs of some programs have only what comes behind it."""
        if protection := self._protection(_HANDSHAKE[side]):
            self._shaking.add(side)
            self._sides[side].protect(protection)
        elif secret := self._secret(_APPLICATION[side]):
            self._secrets[side] = secret
            self._sides[side].expect(Aead13(self._suite, secret), NO_KEYS)
        else:
            self._sides[side].protect(None)

    def begin_early(self, *, accepted: bool) -> None:
        """The client has sent early data, or will."""
        early = self._protection("CLIENT_EARLY_TRAFFIC_SECRET") if accepted else None
        handshake = self._protection(_HANDSHAKE[Side.CLIENT])
        if early:
            self._sides[Side.CLIENT].protect(early)
            self._shaking.add(Side.CLIENT)
        elif handshake:
            self._sides[Side.CLIENT].expect(handshake, NO_KEYS if accepted else REFUSED)
            self._shaking.add(Side.CLIENT)
        else:
            self.begin(Side.CLIENT)

    def can_read_handshake(self, side: Side) -> bool:
        return side in self._shaking

    def end_of_early_data(self) -> None:
        if Side.CLIENT in self._shaking:
            self.begin(Side.CLIENT)

    def finished(self, side: Side) -> None:
        """A later Finished is a client's that proves itself when asked, and changes nothing."""
        if side in self._shaking:
            self._shaking.discard(side)
            self._protect(side, self._secret(_APPLICATION[side]))

    def update(self, side: Side) -> None:
        if secret := self._secrets.get(side):
            self._protect(side, next_secret(secret, self._suite.hash))

    def _protect(self, side: Side, secret: bytes | None) -> None:
        if secret:
            self._secrets[side] = secret
        self._sides[side].protect(Aead13(self._suite, secret) if secret else None)

    def _protection(self, label: str) -> Aead13 | None:
        secret = self._secret(label)
        return Aead13(self._suite, secret) if secret else None

    def _secret(self, label: str) -> bytes | None:
        return self._keys.secret(label, self._client_random)
