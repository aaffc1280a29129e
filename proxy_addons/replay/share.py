"""Which connections one of several jobs plays."""

from dataclasses import dataclass
from zlib import crc32

from detection.binding_table import canonical


@dataclass(frozen=True, slots=True)
class Share:
    """Every job reads all packets, so that what is numbered has the same number in each; it plays its clients' only."""

    number: int = 0
    of: int = 1

    def has(self, client: str) -> bool:
        """By address: what a person did before belongs to what they do now."""
        return self.of == 1 or crc32(canonical(client).encode()) % self.of == self.number

    @property
    def is_first(self) -> bool:
        """Which also counts what belongs to no client."""
        return self.number == 0


WHOLE = Share()
