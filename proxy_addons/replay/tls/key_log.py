"""The secrets of recorded TLS, as browsers write them down: lines of label, client random and secret (NSS key log)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

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
_RANDOM, _SECRETS = 32, (32, 48, 64)
"""Bytes."""


class KeyLog:
    """Filled from any number of places, also while it is in use: a capture may hold secrets between its packets."""

    def __init__(self) -> None:
        self._secrets: dict[tuple[str, bytes], bytes] = {}

    def add(self, lines: Iterable[bytes]) -> list[int]:
        """Gives the numbers, from 1, of the lines that cannot be read."""
        return [number for number, line in enumerate(lines, 1) if not self._take(line)]

    def secret(self, label: str, client_random: bytes) -> bytes | None:
        return self._secrets.get((label, client_random))

    def copy(self) -> "KeyLog":
        """What is added to one from here on is not in the other."""
        made = KeyLog()
        made._secrets = self._secrets.copy()
        return made

    def _take(self, line: bytes) -> bool:
        words = line.split()
        if not words or words[0].startswith(b"#"):
            return True
        if len(line) > LONGEST or len(words) != 3:
            return False
        label = words[0].decode("ascii", "replace")
        try:
            random, secret = (bytes.fromhex(word.decode("ascii")) for word in words[1:])
        except ValueError:
            return False
        if label in LABELS:
            if len(random) != _RANDOM or len(secret) not in _SECRETS:
                return False
            self._secrets[label, random] = secret
        return label.replace("_", "").isalnum()


def lines_of(file: Path) -> Iterator[bytes]:
    """OSError where it cannot be read. A line that is too long comes in pieces, none of which will do."""
    with file.open("rb") as opened:
        while line := opened.readline(LONGEST + 1):
            yield line
