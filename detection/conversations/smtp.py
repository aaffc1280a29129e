"""Mails on their way out (RFC 5321, with CHUNKING of RFC 3030). What AUTH asks for is never read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.dialogue import Dialogue
from detection.conversations.dotted import Dotted
from detection.conversations.replies import OpenCommands, code_of, verb_of
from detection.extract.mail import MOST_BYTES, addresses_in, read_mail
from detection.extract.mail.said import said_in
from detection.extract.said import Said
from detection.observation import Direction

_MOST_RECIPIENTS = 500
_CHUNK = re.compile(rb"(\d{1,12})(?:\s+(LAST))?", re.I)


class Smtp(Dialogue):
    name: ClassVar[str] = "SMTP"

    def __init__(self) -> None:
        super().__init__()
        self._open = OpenCommands()
        self._text: Dotted | None = None
        self._chunks = bytearray()
        self._is_chunk = self._is_last = False
        self._recipients: list[str] = []

    @property
    def size(self) -> int:
        return super().size + len(self._chunks) + (self._text.size if self._text else 0)

    def ask(self, piece: bytes) -> Iterator[Said]:
        if self._text:
            if self._text.ends_with(piece):
                text, self._text = self._text.text, None
                self._open.asked("message")
                yield from self._mail(text)
        elif self._is_chunk:
            yield from self._chunk(piece)
        else:
            self._command(*verb_of(piece))

    def hear(self, piece: bytes) -> Iterator[Said]:
        code = code_of(piece)
        if code is None:
            return
        if code == 354 and self.waits == "DATA":
            self._open.until("DATA")
            self._text, self.waits = Dotted(), ""
            return
        command = self._open.answered()
        if command == "AUTH" and code == 334:
            self._open.again(command)
            self.expect_a_secret()
        elif command and command == self.waits:
            self.waits = ""
            if command == "STARTTLS" and code == 220:
                self.unseen = Unseen.ENCRYPTED
        yield from ()

    def _command(self, verb: str, rest: bytes) -> None:
        self._open.asked(verb)
        if verb in ("DATA", "AUTH", "STARTTLS"):
            self.waits = verb
        elif verb == "RCPT":
            found = addresses_in(rest.decode("utf-8", "replace"))
            self._recipients = (self._recipients + list(found))[:_MOST_RECIPIENTS]
        elif verb == "BDAT" and (size := _CHUNK.fullmatch(rest)):
            self._is_chunk, self._is_last = True, size[2] is not None
            self._up.count_off(int(size[1]), max(0, MOST_BYTES - len(self._chunks)))
        elif verb in ("MAIL", "RSET", "EHLO", "HELO"):
            self._recipients = []
            self._chunks.clear()

    def _chunk(self, piece: bytes) -> Iterator[Said]:
        self._is_chunk = False
        self._chunks += piece
        if self._is_last:
            text = bytes(self._chunks)
            self._chunks.clear()
            yield from self._mail(text)

    def _mail(self, text: bytes) -> Iterator[Said]:
        """Whom the envelope names counts: a mail need not say whom it goes to."""
        mail = read_mail(text)
        if self._recipients:
            mail = replace(mail, addresses=tuple(self._recipients))
        self._recipients = []
        yield from said_in(mail, Direction.WRITTEN, self.name)
