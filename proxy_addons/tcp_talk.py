"""What is kept of a connection that mail, chat or news go over in clear, while it lasts."""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from detection.conversations import Conversation
from detection.observation import Subject
from proxy_addons.file_transfers import Awaited

TALK = "gatehouse.talk"
"""Flow metadata: the Talk that goes over the connection."""
MOST_WAITING = 8 << 20
"""Bytes of one connection that wait for their turn."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of one side, and who was there when they came."""

    data: bytes
    from_client: bool
    subject: Subject
    seen_at: datetime


@dataclass(slots=True)
class Talk:
    name: str
    """The flow's id."""
    server: tuple[str, int]
    conversation: Conversation = field(default_factory=Conversation)
    held: int = 0
    """Bytes that the conversation holds, as far as they are counted."""
    files: deque[Awaited] = field(default_factory=deque)
    """Which go over connections of their own."""
    is_over: bool = False
    """Nothing more of it is read."""
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Whoever has it reads all that waits, so that it stays in order whichever turn comes first."""
    _waiting: deque[Piece] = field(default_factory=deque)
    _waiting_bytes: int = 0

    def put(self, piece: Piece) -> bool:
        """Whether it may wait for its turn; not where too much does."""
        if self._waiting_bytes + len(piece.data) > MOST_WAITING:
            return False
        self._waiting.append(piece)
        self._waiting_bytes += len(piece.data)
        return True

    def take(self) -> Piece | None:
        """The next in order; None where none waits, or nothing more is read."""
        if self.is_over or not self._waiting:
            return None
        piece = self._waiting.popleft()
        self._waiting_bytes -= len(piece.data)
        return piece

    def end(self) -> None:
        """Whatever it held is let go, but for what is known of files."""
        self.held, self.is_over, self.conversation = 0, True, Conversation()
        self._waiting.clear()
