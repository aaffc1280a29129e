"""Which keys open what in TLS 1.2: those of the handshake before, from each side's change of cipher on."""

from proxy_addons.replay.stream import Side
from proxy_addons.replay.tls.direction import Direction
from proxy_addons.replay.tls.hellos import ServerHello
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.protection import Protection, of_tls12
from proxy_addons.replay.tls.suites import Suite


class Keys12:
    """Of one handshake; a resumed session and a renegotiation have one of their own."""

    def __init__(self, keys: KeyLog, client_random: bytes, hello: ServerHello, suite: Suite) -> None:
        self._keys, self._client_random, self._hello, self._suite = keys, client_random, hello, suite
        self._protections: tuple[Protection, Protection] | None = None

    def change(self, side: Side, direction: Direction) -> None:
        """The side says that it changes to what was agreed on. Only now need its secret be known."""
        self._protections = self._protections or self._derived()
        direction.protect(self._protections[side.value] if self._protections else None)

    def _derived(self) -> tuple[Protection, Protection] | None:
        master = self._keys.secret("CLIENT_RANDOM", self._client_random)
        if master is None:
            return None
        randoms = self._hello.random + self._client_random
        return of_tls12(self._suite, master, randoms, mac_last=self._hello.encrypts_then_macs)
