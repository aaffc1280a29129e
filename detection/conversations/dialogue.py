"""Two sides that talk in lines, one asking and one answering: what SMTP, IMAP, POP3, NNTP and FTP have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.inflow import Inflow
from detection.extract.said import Said

MOST_HELD = 4 << 20
"""Bytes the client may send while the server's word on how to read them is still to come."""


class Dialogue(ABC):
    """A client's line is read at once, save where what follows means one thing if the server says yes and another if
    it says no (``waits``): then it is held until the answer comes."""

    name: ClassVar[str]

    def __init__(self) -> None:
        self._up, self._down = Inflow(), Inflow()
        self._secrets = 0
        """Lines to come from the client that nobody reads: it was asked for a password."""
        self.waits = ""
        """The command whose answer decides how to go on."""
        self.unseen: Unseen | None = None

    @property
    def size(self) -> int:
        return len(self._up) + len(self._down)

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        (self._up if from_client else self._down).add(data)
        if not from_client:
            yield from self._hear()
        yield from self._ask()
        if len(self._up) > MOST_HELD and not self._up.is_counting:
            self.unseen = Unseen.BROKEN

    def _hear(self) -> Iterator[Said]:
        """After each answer the client's held lines have their turn, as if the answer had come alone."""
        while not self.unseen and (piece := self._next(self._down)) is not None:
            yield from self.hear(piece)
            yield from self._ask()

    def _ask(self) -> Iterator[Said]:
        while not self.unseen:
            if self.waits and not self._secrets:
                return
            if (piece := self._next(self._up)) is None:
                return
            if self._secrets:
                self._secrets -= 1
            else:
                yield from self.ask(piece)

    @staticmethod
    def _next(side: Inflow) -> bytes | None:
        return side.counted() if side.is_counting else side.line()

    def expect_a_secret(self) -> None:
        self._secrets += 1

    @abstractmethod
    def ask(self, piece: bytes) -> Iterator[Said]:
        """A line of the client's, or the bytes that were counted off."""

    @abstractmethod
    def hear(self, piece: bytes) -> Iterator[Said]:
        """The same of the server's."""
