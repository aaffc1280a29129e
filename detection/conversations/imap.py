"""Mails fetched from a mailbox and put into one (RFC 9051 and before it 3501). Passwords are never read."""

import re
from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.fetched import Fetched
from detection.extract.mail import MOST_BYTES, read_mail
from detection.extract.mail.said import said_in
from detection.extract.said import Said
from detection.observation import Direction

_LITERAL = re.compile(rb"~?\{(\d{1,10})(\+?)\}$")
_OTHERS = re.compile(rb'"?(?:[^"]*[/.])?(?:inbox|archive|trash|junk|spam|deleted[^"]*|bin)"?(?:\s|$)', re.I)
"""Folders into which one moves what others have written; what goes into any other is a draft or was sent."""
_RENUMBER = frozenset({"SELECT", "EXAMINE", "CLOSE", "UNSELECT"})
_GONE = re.compile(rb"\* (?:\d{1,10} EXPUNGE|VANISHED)\b", re.I)
_DECIDE = frozenset({"AUTHENTICATE", "STARTTLS", "COMPRESS"})


class Imap(Dialogue):
    name: ClassVar[str] = "IMAP"

    def __init__(self) -> None:
        super().__init__()
        self._fetched = Fetched()
        self._tag, self._verb, self._rest = b"", "", b""
        self._goes_on = False
        """The next line belongs to the command before: a literal stood between."""
        self._literal = 0
        """As long as the one that waits for the server's yes."""
        self._is_literal = False
        self._of_server = False

    @property
    def size(self) -> int:
        return super().size + self._fetched.size

    def ask(self, piece: bytes) -> Iterator[Said]:
        if self._is_literal:
            self._is_literal, self._goes_on = False, True
            if self._verb == "APPEND":
                yield from self._put(piece)
            return
        if not self._goes_on:
            self._begin(piece)
        self._goes_on = False
        if found := _LITERAL.search(piece[-20:]):
            self._literal = int(found[1])
            if found[2]:
                self._take_literal()
            else:
                self.waits = "literal"
        elif self._verb in _DECIDE:
            self.waits = self._verb

    def hear(self, piece: bytes) -> Iterator[Said]:
        if self._of_server:
            self._of_server = False
            self._fetched.literal(piece)
            return
        if found := _LITERAL.search(piece[-20:]):
            self._fetched.text(piece)
            self._of_server = True
            self._down.count_off(int(found[1]), self._fetched.room, wanted=self._fetched.is_wanted)
            return
        if self._fetched.goes_on or b" FETCH " in piece[:64].upper():
            self._fetched.text(piece)
            for mail in self._fetched.mails():
                yield from said_in(read_mail(mail), Direction.SHOWN, self.name)
        elif _GONE.match(piece):
            self._fetched.renumbered()
        else:
            self._answer(piece)

    def _begin(self, line: bytes) -> None:
        self._tag, _, rest = line.partition(b" ")
        verb, _, self._rest = rest.partition(b" ")
        if verb.upper() == b"UID":
            verb, _, self._rest = self._rest.partition(b" ")
        self._verb = verb[:20].decode("ascii", "replace").upper()
        if self._verb in _RENUMBER:
            self._fetched.renumbered()

    def _take_literal(self) -> None:
        self.waits, self._is_literal = "", True
        self._up.count_off(self._literal, MOST_BYTES, wanted=self._verb == "APPEND")

    def _answer(self, line: bytes) -> None:
        if line[:1] == b"+":
            if self.waits == "literal":
                self._take_literal()
            elif self.waits == "AUTHENTICATE":
                self.expect_a_secret()
            return
        tag, _, rest = line.partition(b" ")
        if not self.waits or tag != self._tag:
            return
        command, self.waits = self.waits, ""
        if rest[:2].upper() == b"OK":
            self.unseen = {"STARTTLS": Unseen.ENCRYPTED, "COMPRESS": Unseen.PACKED}.get(command)

    def _put(self, raw: bytes) -> Iterator[Said]:
        direction = Direction.SHOWN if _OTHERS.match(self._rest) else Direction.WRITTEN
        yield from said_in(read_mail(raw), direction, self.name)
