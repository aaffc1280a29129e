"""Read mail, chat and news that go over TCP in clear, message by message and before each is passed on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mitmproxy.tcp import TCPFlow

from detection.conversations import Unseen
from detection.extract.base import Passage
from detection.extract.limits import noticing
from detection.extract.said import Said
from detection.observation import Channel
from proxy_addons.bypass import UNREAD
from proxy_addons.document_copy import DocumentCopy
from proxy_addons.document_reading import DocumentReading
from proxy_addons.file_transfers import MOST, Awaited, FileTransfers, is_document
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Reader
from proxy_addons.said_in_clear import SaidInClear, Scene
from proxy_addons.tcp_talk import TALK, Piece, Talk
from proxy_addons.watchdog import Unread, Watchdog

MOST_HELD = 64 << 20
"""Bytes of all connections together that wait for the rest of what they belong to."""
_REASONS = {Unseen.ENCRYPTED: Unread.ENCRYPTED, Unseen.PACKED: Unread.CODING, Unseen.BROKEN: Unread.CODING}


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
        self._documents, self._heard = documents, SaidInClear(reader, documents, watchdog)
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
            if talk.put(Piece(message.content, message.from_client, subject_of(flow), self._now())):
                await self._inspection.run(lambda: self._read(talk), len(message.content), flow.id)
            else:
                self._end(talk, Unread.OVERLOAD)

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
            awaited, said = file.awaited, Said(passage, transfer.direction, body)
            scene = Scene(name=name, server=awaited.server, subject=awaited.subject, seen_at=self._now())
            self._documents.attached(
                said, lambda read: self._heard.hear(read, scene), name, whole=whole, done=file.copy.done
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
            while piece := talk.take():
                self._take(talk, piece)
        finally:
            talk.turn.release()

    def _take(self, talk: Talk, piece: Piece) -> None:
        conversation, was_known = talk.conversation, bool(talk.conversation.app)
        scene = Scene(name=talk.name, server=talk.server, subject=piece.subject, seen_at=piece.seen_at)
        with noticing() as noted:
            for said in conversation.feed(piece.data, from_client=piece.from_client):
                self._heard.hear(said, scene)
        if noted.left_out:
            self._watchdog.unread(Unread.LARGE)
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

    def _end(self, talk: Talk, why: Unread | None) -> None:
        """Whatever it held is let go."""
        self._held -= talk.held
        talk.end()
        while talk.files:
            self._forget(talk.files.popleft())
        if why:
            self._watchdog.unread(why)
