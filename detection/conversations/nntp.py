"""News: articles posted and read (RFC 3977). What AUTHINFO asks for is never read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.dotted import Dotted
from detection.conversations.replies import OpenCommands, code_of, verb_of
from detection.extract.mail import read_mail
from detection.extract.mail.said import said_in
from detection.extract.said import Said
from detection.observation import Channel, Direction

_ARTICLE, _BODY = 220, 222
_MANY_LINES = frozenset({100, 101, 215, _ARTICLE, 221, _BODY, 224, 225, 230, 231})
_SEND_IT = frozenset({335, 340})
_DECIDE = frozenset({"POST", "IHAVE", "STARTTLS", "COMPRESS", "AUTHINFO"})


class Nntp(Dialogue):
    name: ClassVar[str] = "NNTP"

    def __init__(self) -> None:
        super().__init__()
        self._open = OpenCommands()
        self._sent: Dotted | None = None
        self._came: Dotted | None = None
        self._code = 0

    @property
    def size(self) -> int:
        return super().size + sum(text.size for text in (self._sent, self._came) if text)

    def ask(self, piece: bytes) -> Iterator[Said]:
        if self._sent:
            if self._sent.ends_with(piece):
                text, self._sent = self._sent.text, None
                self._open.asked("article")
                yield from self._article(text, Direction.WRITTEN)
            return
        verb, _ = verb_of(piece)
        self._open.asked(verb)
        if verb in _DECIDE:
            self.waits = verb

    def hear(self, piece: bytes) -> Iterator[Said]:
        if self._came:
            if self._came.ends_with(piece):
                text, self._came = self._came.text, None
                if self._code in (_ARTICLE, _BODY):
                    yield from self._article(text if self._code == _ARTICLE else b"\r\n" + text, Direction.SHOWN)
        elif (code := code_of(piece)) is not None:
            self._answer(self._open.answered(), code)

    def _answer(self, command: str, code: int) -> None:
        if command == "AUTHINFO" and code == 383:
            self._open.again(command)
            self.expect_a_secret()
            return
        if command and command == self.waits:
            self.waits = ""
            if code in _SEND_IT:
                self._sent = Dotted()
            elif code == 382:
                self.unseen = Unseen.ENCRYPTED
            elif code == 206:
                self.unseen = Unseen.PACKED
        if code in _MANY_LINES or (command == "LISTGROUP" and code == 211):
            self._code = code
            self._came = Dotted() if code in (_ARTICLE, _BODY) else Dotted(most=0)

    def _article(self, text: bytes, direction: Direction) -> Iterator[Said]:
        """To whoever reads the group: a post, not a mail."""
        for said in said_in(read_mail(text), direction, self.name):
            if said.passage.channel is Channel.MAIL:
                said = replace(said, passage=replace(said.passage, channel=Channel.POST))
            yield said
