"""A passage with who said it to whom: a connection carries both sides, and a mail quotes others."""

from dataclasses import dataclass

from detection.extract.base import Passage
from detection.observation import Direction


@dataclass(frozen=True, slots=True)
class Said:
    passage: Passage
    direction: Direction

    @property
    def is_written(self) -> bool:
        return self.direction is Direction.WRITTEN
