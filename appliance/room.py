"""What may still be kept on a disk that fills: recordings stop first, pictures with them, detections last."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import make_url

from detection.room import free_bytes


class Told(Protocol):
    """What settings say of it."""

    @property
    def database(self) -> str: ...
    @property
    def vault(self) -> Path: ...
    @property
    def recordings_megabytes(self) -> int: ...
    @property
    def pictures_megabytes(self) -> int: ...


class Level(IntEnum):
    DETECTIONS = 0
    """Nothing but detections and what is done about them."""
    NO_RECORDINGS = 1
    """Pictures are drawn of what is here; nothing more is taken in."""
    ALL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Asked each time: it takes no longer than opening a file."""

    places: tuple[Path, ...]
    """Where the records and the vault are; on one disk or two."""
    recordings: int
    """So many bytes must be free for recordings to be taken …"""
    pictures: int
    """… and for pictures to be drawn; the rest is for detections."""

    def free(self) -> int:
        return min(free_bytes(place) for place in self.places)

    def level(self) -> Level:
        free = self.free()
        if free >= self.recordings:
            return Level.ALL
        return Level.NO_RECORDINGS if free >= self.pictures else Level.DETECTIONS


def room_of(loaded: Told) -> Room:
    """PostgreSQL's disk is its own machine's to watch."""
    url = make_url(loaded.database)
    records = (Path(url.database),) if url.get_backend_name() == "sqlite" and url.database else ()
    marks = (loaded.recordings_megabytes * 2**20, loaded.pictures_megabytes * 2**20)
    return Room(places=(*records, loaded.vault), recordings=marks[0], pictures=marks[1])
