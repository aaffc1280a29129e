"""Read mail, chat and news that go over TCP in clear, message by message and before each is passed on."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mitmproxy.tcp import TCPFlow

from detection.conversations import Conversation, Unseen
from detection.evidence import Exchange, bundle
from detection.extract.base import Passage
from detection.extract.said import Said
from detection.observation import Channel, Subject
from proxy_addons.bypass import UNREAD
from proxy_addons.document_copy import DocumentCopy
from proxy_addons.document_reading import DocumentReading
from proxy_addons.file_transfers import MOST, Awaited, FileTransfers, is_document
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Unread, Watchdog

TALK = "gatehouse.talk"
"""Flow metadata: the Talk that goes over the connection."""
MOST_HELD = 64 << 20
"""Bytes of all connections together that wait for the rest of what they belong to."""
MOST_WAITING = 8 << 20
"""Bytes of one connection that wait for their turn."""
_REASONS = {Unseen.ENCRYPTED: Unread.ENCRYPTED, Unseen.PACKED: Unread.CODING, Unseen.BROKEN: Unread.CODING}


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
    waiting: deque[Piece] = field(default_factory=deque)
    """Whoever has a turn reads all of them, so that they stay in order whichever turn comes first."""
    waiting_bytes: int = 0
    held: int = 0
    files: deque[Awaited] = field(default_factory=deque)
    """Which go over connections of their own."""
    is_over: bool = False
    """Nothing more of it is read."""
    turn: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class File:
    """One that a conversation has announced, on its own connection."""

    awaited: Awaited
    copy: DocumentCopy


class InspectTcp:
    def __init__(
        self,
        reader: Reader,
        documents: DocumentReading,
        inspection: Inspects,
        watchdog: Watchdog,
        files: FileTransfers,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        most_held: int = MOST_HELD,
    ) -> None:
        self._reader, self._documents = reader, documents
        self._inspection, self._watchdog, self._files = inspection, watchdog, files
        self._now, self._most_held = now, most_held
        self._held = 0

    def tcp_start(self, flow: TCPFlow) -> None:
        with self._watchdog.guard("tcp_start", flow.id):
            if not flow.metadata.get(UNREAD):
                address = flow.server_conn.address or ("", 0)
                if awaited := self._files.claim(address[:2], (flow.client_conn.peername or ("", 0))[:2]):
                    flow.metadata[TALK] = File(awaited, self._files.copy())
                    return
                flow.metadata[TALK] = Talk(flow.id, (flow.client_conn.sni or address[0], address[1]))

    async def tcp_message(self, flow: TCPFlow) -> None:
        with self._watchdog.guard("tcp_message", flow.id):
            message, talk = flow.messages[-1], flow.metadata.get(TALK)
            # mitmproxy would keep every message until the connection ends.
            flow.messages.clear()
            if isinstance(talk, File):
                talk.copy(message.content)
                return
            if not isinstance(talk, Talk) or talk.is_over:
                return
            size = len(message.content)
            if talk.waiting_bytes + size > MOST_WAITING:
                self._end(talk, Unread.OVERLOAD)
                return
            talk.waiting.append(Piece(message.content, message.from_client, subject_of(flow), self._now()))
            talk.waiting_bytes += size
            await self._inspection.run(lambda: self._read(talk), size, flow.id)

    def tcp_end(self, flow: TCPFlow) -> None:
        self._close(flow)

    def tcp_error(self, flow: TCPFlow) -> None:
        self._close(flow)

    @property
    def held(self) -> int:
        """Bytes, of all connections."""
        return self._held

    def _close(self, flow: TCPFlow) -> None:
        with self._watchdog.guard("tcp_end", flow.id):
            talk = flow.metadata.pop(TALK, None)
            if isinstance(talk, File):
                self._come(talk, flow.id)
            elif isinstance(talk, Talk) and not talk.is_over:
                # After what still waits, on the same thread.
                self._inspection.submit(lambda: self._finish(talk), 0, flow.id)

    def _come(self, file: File, name: str) -> None:
        """All of it that there is; what it is called was said by now."""
        (body, whole), transfer = file.copy.hand_over(), file.awaited.transfer
        if file.copy.crowded:
            self._watchdog.unread(Unread.OVERLOAD)
        elif transfer.direction and is_document(body):
            passage = Passage(channel=Channel.DOCUMENT, text="", conversation=transfer.name, app="FTP")
            talk, piece = Talk(name, file.awaited.server), Piece(b"", True, file.awaited.subject, self._now())
            said = Said(passage, transfer.direction, body)
            self._documents.attached(
                said, lambda read: self._hear(talk, piece, read), name, whole=whole, done=file.copy.done
            )
            return
        file.copy.done()

    def _finish(self, talk: Talk) -> None:
        self._read(talk)
        if not talk.is_over:
            self._end(talk, None if talk.conversation.app else Unread.NOT_HTTP)

    def _read(self, talk: Talk) -> None:
        if not talk.turn.acquire(blocking=False):
            return  # a thread that was given up for stuck is still at it, and must not stop this one
        try:
            while talk.waiting and not talk.is_over:
                piece = talk.waiting.popleft()
                talk.waiting_bytes -= len(piece.data)
                self._take(talk, piece)
        finally:
            talk.turn.release()

    def _take(self, talk: Talk, piece: Piece) -> None:
        conversation, was_known = talk.conversation, bool(talk.conversation.app)
        for said in conversation.feed(piece.data, from_client=piece.from_client):
            self._hear(talk, piece, said)
        for transfer in conversation.transfers():
            self._expect(talk, Awaited(transfer, talk.server, piece.subject))
        if conversation.app and not was_known:
            self._watchdog.count(f"conversations.{conversation.app}")
        if conversation.is_unknown:
            self._end(talk, Unread.NOT_HTTP)
        elif conversation.unseen:
            self._end(talk, _REASONS[conversation.unseen])
        else:
            self._held += conversation.size - talk.held
            talk.held = conversation.size
            if self._held > self._most_held:
                self._end(talk, Unread.OVERLOAD)

    def _expect(self, talk: Talk, awaited: Awaited) -> None:
        talk.files.append(awaited)
        self._files.expect(awaited)
        if len(talk.files) > MOST:
            self._forget(talk.files.popleft())

    def _forget(self, awaited: Awaited) -> None:
        if self._files.forget(awaited):
            self._watchdog.unread(Unread.FILE)

    def _hear(self, talk: Talk, piece: Piece, said: Said) -> None:
        """On the inspection thread; a document that is attached is read first, in its own turn."""
        if said.file:
            self._documents.attached(said, lambda read: self._hear(talk, piece, read), talk.name)
            return
        (host, port), app = talk.server, said.passage.app
        # A protocol's own fault must not cost what else was said in the same bytes.
        with self._watchdog.guard("heard", talk.name):
            location = f"{app.lower()}://{f'[{host}]' if ':' in host else host}:{port}"
            one = _exchange(app, location, piece.seen_at, said)
            around = Circumstances(
                subject=piece.subject, seen_at=piece.seen_at, host=host, evidence=lambda: bundle([one])
            )
            self._reader.heard(said, location, around)

    def _end(self, talk: Talk, why: Unread | None) -> None:
        """Whatever it held is let go."""
        self._held -= talk.held
        talk.held, talk.is_over, talk.conversation = 0, True, Conversation()
        talk.waiting.clear()
        while talk.files:
            self._forget(talk.files.popleft())
        if why:
            self._watchdog.unread(why)


def _exchange(app: str, location: str, at: datetime, said: Said) -> Exchange:
    """The words alone, as HTTP Archive knows exchanges: what went up is a request, what came down a response."""
    words = said.passage.text.encode("utf-8", "replace")
    if said.is_written:
        return Exchange(
            started_at=at, method=app, url=location, request_type="text/plain", request_body=words, status=0
        )
    return Exchange(started_at=at, method=app, url=location, status=200, media_type="text/plain", body=words)
