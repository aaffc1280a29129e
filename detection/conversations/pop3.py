"""Mails fetched from a mailbox (RFC 1939). User names, passwords and what AUTH asks for are never read."""

from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.dotted import Dotted
from detection.conversations.replies import OpenCommands, verb_of
from detection.extract.mail import read_mail
from detection.extract.mail.said import said_in
from detection.extract.said import Said
from detection.observation import Direction

_MAILS = frozenset({"RETR", "TOP"})
_LISTS = frozenset({"LIST", "UIDL", "CAPA", "AUTH"})
"""Answered in many lines where nothing follows the word."""


class Pop3(Dialogue):
    name: ClassVar[str] = "POP3"

    def __init__(self) -> None:
        super().__init__()
        self._open = OpenCommands()
        self._text: Dotted | None = None
        self._is_mail = False

    @property
    def size(self) -> int:
        return super().size + (self._text.size if self._text else 0)

    def ask(self, piece: bytes) -> Iterator[Said]:
        verb, rest = verb_of(piece)
        if verb in _LISTS and not rest:
            verb = "many lines"
        self._open.asked(verb)
        if verb in ("STLS", "AUTH"):
            self.waits = verb
        yield from ()

    def hear(self, piece: bytes) -> Iterator[Said]:
        if self._text:
            yield from self._line(self._text, piece)
        elif piece.startswith(b"+ ") or piece == b"+":
            if self.waits == "AUTH":
                self.expect_a_secret()
        else:
            self._answer(self._open.answered(), piece[:3].upper() == b"+OK")

    def _line(self, text: Dotted, piece: bytes) -> Iterator[Said]:
        if not text.ends_with(piece):
            return
        self._text = None
        if self._is_mail:
            yield from said_in(read_mail(text.text), Direction.SHOWN, self.name)

    def _answer(self, command: str, is_yes: bool) -> None:
        if command and command == self.waits:
            self.waits = ""
        if not is_yes:
            return
        if command == "STLS":
            self.unseen = Unseen.ENCRYPTED
        elif command in _MAILS or command == "many lines":
            self._is_mail = command in _MAILS
            self._text = Dotted() if self._is_mail else Dotted(most=0)
