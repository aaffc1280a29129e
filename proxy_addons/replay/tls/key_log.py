"""The secrets of recorded TLS, as browsers write them down: lines of label, client random and secret (NSS key log)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

LABELS = frozenset(
    {
        "CLIENT_RANDOM",
        "CLIENT_EARLY_TRAFFIC_SECRET",
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0",
        "SERVER_TRAFFIC_SECRET_0",
    }
)
"""What decrypts; a key log holds others, which are passed over."""
LONGEST = 1024
"""Bytes of a line; a longer one is no line of a key log."""
MOST = 1 << 19
"""Secrets kept, some 400 bytes each; a connection has five at most."""
MOST_NAMED = 5
_RANDOM, _SECRETS = 32, (32, 48, 64)
"""Bytes."""

_Place = tuple[str, bytes]
"""Label and client random."""


@dataclass(slots=True)
class PassedOver:
    """Which of the lines given were of no use."""

    bad: int = 0
    """Lines that are of no key log."""
    first: list[int] = field(default_factory=list)
    """Numbers, from 1, of the first of them."""
    too_many: int = 0
    """Secrets that there was no room for."""


class KeyLog:
    """Filled from any number of key logs."""

    def __init__(self) -> None:
        self._secrets: dict[_Place, bytes] = {}

    def add(self, lines: Iterable[bytes]) -> PassedOver:
        passed = PassedOver()
        for number, line in enumerate(lines, 1):
            try:
                if (read := _read(line)) and not self._keep(*read):
                    passed.too_many += 1
            except ValueError:
                passed.bad += 1
                if passed.bad <= MOST_NAMED:
                    passed.first.append(number)
        return passed

    def secret(self, label: str, client_random: bytes) -> bytes | None:
        return self._secrets.get((label, client_random))

    def copy(self) -> "KeyLog":
        """What is added to one from here on is not in the other."""
        made = KeyLog()
        made._secrets = self._secrets.copy()
        return made

    def _keep(self, place: _Place, secret: bytes) -> bool:
        if len(self._secrets) >= MOST and place not in self._secrets:
            return False
        self._secrets[place] = secret
        return True


def lines_of(opened: BinaryIO) -> Iterator[bytes]:
    """A line that is too long comes in pieces, none of which will do."""
    while line := opened.readline(LONGEST + 1):
        yield line


def _read(line: bytes) -> tuple[_Place, bytes] | None:
    """None where it says nothing that decrypts; ValueError where it is of no key log."""
    words = line.split()
    if not words or words[0].startswith(b"#"):
        return None
    if len(line) > LONGEST or len(words) != 3:
        raise ValueError
    label = words[0].decode("ascii")
    random, secret = (bytes.fromhex(word.decode("ascii")) for word in words[1:])
    if label not in LABELS:
        if not label.replace("_", "").isalnum():
            raise ValueError
        return None
    if len(random) != _RANDOM or len(secret) not in _SECRETS:
        raise ValueError
    return (label, random), secret
