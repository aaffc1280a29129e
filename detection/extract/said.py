"""A passage with who said it to whom: a connection carries both sides, and a mail quotes others."""

from dataclasses import dataclass, field

from detection.extract.base import Passage
from detection.observation import Direction


@dataclass(frozen=True, slots=True)
class Said:
    passage: Passage
    direction: Direction
    file: bytes = field(default=b"", repr=False)
    """A document whose text is still to be read; the passage has all but that."""

    @property
    def is_written(self) -> bool:
        return self.direction is Direction.WRITTEN
