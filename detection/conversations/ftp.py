"""Names of files sent and fetched (RFC 959), and over which connection of its own each goes (``transfers``).

Names and passwords of users are never read.
"""

from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.replies import OpenCommands, code_of, verb_of
from detection.conversations.transfer import Transfer, place_of
from detection.extract.base import Passage
from detection.extract.language import is_short_message
from detection.extract.mail.headers import readable
from detection.extract.said import Said
from detection.observation import Channel, Direction

_FILES = {
    "STOR": Direction.WRITTEN,
    "APPE": Direction.WRITTEN,
    "STOU": Direction.WRITTEN,
    "RETR": Direction.SHOWN,
}
"""A file that is fetched was named by somebody else."""
_NAMES = _FILES | {"RNTO": Direction.WRITTEN, "MKD": Direction.WRITTEN}
_LISTINGS = ("LIST", "NLST", "MLSD")
_LISTENS, _GOES_TO = (227, 229), ("PORT", "EPRT")
"""The server says where it listens, in answers of no other command; the client, where it shall be connected to."""


class Ftp(Dialogue):
    name: ClassVar[str] = "FTP"

    def __init__(self) -> None:
        super().__init__()
        self._open = OpenCommands()
        self._place: Transfer | None = None
        """Agreed on, and still without a file."""
        self._under_way: Transfer | None = None
        self.transfers: list[Transfer] = []
        """Agreed on since somebody last took them out."""

    def ask(self, piece: bytes) -> Iterator[Said]:
        verb, rest = verb_of(piece.lstrip(b"\xff\xf4\xf2"))
        self._open.asked(verb)
        if verb == "AUTH":
            self.waits = verb
        elif verb in _GOES_TO:
            self._agree(rest)
        name = readable(rest).rstrip("/").rpartition("/")[2].strip()
        if verb in _FILES or verb in _LISTINGS:
            self._begin(name, _FILES.get(verb))
        if (direction := _NAMES.get(verb)) and is_short_message(name):
            yield Said(Passage(channel=Channel.FILE_NAME, text=name, app=self.name), direction)

    def hear(self, piece: bytes) -> Iterator[Said]:
        code = code_of(piece)
        if code is None:
            return
        command = self._open.answered()
        if code < 200:
            self._open.again(command)
        elif command == "AUTH":
            self.waits = ""
            if code == 234:
                self.unseen = Unseen.ENCRYPTED
        elif code in _LISTENS:
            self._agree(piece)
        elif command in _FILES and code >= 400 and self._under_way:
            self._under_way.direction = None
        yield from ()

    def _agree(self, said: bytes) -> None:
        if place := place_of(said):
            self._place = place
            self.transfers.append(place)

    def _begin(self, name: str, direction: Direction | None) -> None:
        self._under_way, self._place = self._place, None
        if self._under_way:
            self._under_way.name, self._under_way.direction = name, direction
