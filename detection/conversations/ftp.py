"""Names of files sent and fetched (RFC 959). Names and passwords of users are never read.

The files themselves go over connections of their own, which are not followed.
"""

from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.replies import OpenCommands, code_of, verb_of
from detection.extract.base import Passage
from detection.extract.language import is_short_message
from detection.extract.mail.headers import readable
from detection.extract.said import Said
from detection.observation import Channel, Direction

_NAMES = {
    "STOR": Direction.WRITTEN,
    "APPE": Direction.WRITTEN,
    "STOU": Direction.WRITTEN,
    "RNTO": Direction.WRITTEN,
    "MKD": Direction.WRITTEN,
    "RETR": Direction.SHOWN,
}
"""A file that is fetched was named by somebody else."""


class Ftp(Dialogue):
    name: ClassVar[str] = "FTP"

    def __init__(self) -> None:
        super().__init__()
        self._open = OpenCommands()

    def ask(self, piece: bytes) -> Iterator[Said]:
        verb, rest = verb_of(piece.lstrip(b"\xff\xf4\xf2"))
        self._open.asked(verb)
        if verb == "AUTH":
            self.waits = verb
        name = readable(rest).rstrip("/").rpartition("/")[2].strip()
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
        yield from ()
