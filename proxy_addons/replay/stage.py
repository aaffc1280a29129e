"""mitmproxy's master and the gateway's addons, with the packet's time for a clock and nothing between threads."""

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from functools import partial
from socket import AF_INET, AF_INET6, inet_ntop

from mitmproxy import options
from mitmproxy.addons.core import Core
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.dns import DNSFlow
from mitmproxy.master import Master

from detection.documents.child import Child
from detection.unopened.layers import load_layers
from proxy_addons import late_stream, long_messages, quick_messages
from proxy_addons.bypass import Bypass
from proxy_addons.file_transfers import FileTransfers
from proxy_addons.identify import Identify
from proxy_addons.inspect_documents import DocumentLimits
from proxy_addons.inspect_web import Limits
from proxy_addons.lean_addons import LeanAddons
from proxy_addons.reader import Reader
from proxy_addons.reading_addons import reading_addons
from proxy_addons.recorder import Recorder
from proxy_addons.replay.clear_conversation import ClearConversation
from proxy_addons.replay.connection import Connection
from proxy_addons.replay.course import Conversation
from proxy_addons.replay.dns_conversation import DnsConversation
from proxy_addons.replay.dns_message import LOOKUPS, MALFORMED, NoLookupError
from proxy_addons.replay.ends import Ends
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.flow_player import FlowPlayer
from proxy_addons.replay.http_conversation import HttpConversation
from proxy_addons.replay.http_upgrade import UpgradableHttp
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.lookups import look_up, look_up_again
from proxy_addons.replay.playhead import Playhead, moment
from proxy_addons.replay.protocols import Speaks
from proxy_addons.replay.share import WHOLE, Share
from proxy_addons.replay.spectator import Spectator
from proxy_addons.replay.stream import Event, Stream
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.layer import TlsLayer
from proxy_addons.replay.watchdog_counts import read_of, unread_of
from proxy_addons.watchdog import Watchdog

RECORDED_BYTES, RECORDED_MINUTES, RECORDED_PART = 128 << 20, 10, 2 << 20
"""As the gateway has it where nothing else is set."""


class Stage:
    """To be made, and closed, where an event loop runs."""

    def __init__(
        self, findings: Findings, spectator: Spectator, playhead: Playhead, keys: KeyLog, share: Share = WHOLE
    ) -> None:
        self._spectator, self._playhead, self._share = spectator, playhead, share
        self.coverage = findings.coverage
        self.ledger = Ledger(self.coverage)
        self._unread: Counter[tuple[str, str]] = Counter()
        self._watchdog = Watchdog(now=playhead.now)
        self._child = Child()
        self._bypass = Bypass(load_layers(), self._watchdog)
        self._keys = keys
        self._limits = limits = Limits()
        late_stream.install()
        long_messages.install()
        quick_messages.install()
        self._master = Master(options.Options())
        self._master.addons.add(Core(), Proxyserver())
        # As it came to the client, so it is read: a proxy may refuse what is ambiguous, a recording cannot be refused.
        self._master.options.update(validate_inbound_headers=False, stream_large_bodies=str(limits.held))
        self._hooks = LeanAddons(self._master)
        self._reader = Reader(findings.observe, self._watchdog)
        of_documents = DocumentLimits()
        self._files = FileTransfers(of_documents.one, of_documents.together)
        self._hooks.add(*self._addons(findings, spectator, playhead, of_documents))

    def come_to(self, at: float, place: str) -> None:
        """In every job alike: what has waited for this moment is told now, whoever's it is."""
        now = moment(at)
        with self.guard("fuller bundles"):
            self._spectator.before(now)  # put together at the time before it: later the recorder has forgotten
        self._playhead.move_to(now, place)
        with self.guard("typing"):
            self._reader.pause(now)

    def plays(self, client: str) -> bool:
        """Whether a client's connections are this job's."""
        return self._share.has(client)

    def awaits_file(self, ends: Ends) -> bool:
        """Whether another connection has said that a file goes over this one."""
        return self._files.awaits(ends.server, ends.client)

    def connection(self, stream: Stream) -> Connection:
        return Connection(_ends(stream), self)

    async def look_up(self, event: Event) -> None:
        """Over UDP; those over TCP are a conversation."""
        ends = _ends(event.stream)
        if self.plays(ends.client[0]):
            try:
                await look_up(self._hooks, ends, event.data, event.at, "udp")
            except NoLookupError:
                self.count(LOOKUPS, MALFORMED, 1)

    def conversation(self, ends: Ends, at: float, spoken: Speaks) -> Conversation:
        if spoken is Speaks.CLEAR:
            return ClearConversation(self._hooks, ends, at)
        if spoken is Speaks.DNS:
            return DnsConversation(self._hooks, ends)
        begin = partial(HttpConversation, self._hooks, self.ledger, self._master.options, ends, at)
        if spoken is Speaks.HTTP2:
            return begin(http2=True)
        return UpgradableHttp(begin(http2=False), partial(begin, http2=True))

    def player(self) -> FlowPlayer:
        """For what was recorded as flows."""
        return FlowPlayer(self._hooks, self.ledger.piece, self._limits.held)

    def lookup(self, flow: DNSFlow) -> Callable[[], Awaitable[None]]:
        """What to do at the time of one that was recorded as a flow."""
        return partial(look_up_again, self._hooks, flow)

    def tls(self) -> TlsLayer:
        return TlsLayer(self._keys)

    def leaves_closed(self, names: tuple[str, ...]) -> bool:
        """Whether the gateway would not open TLS to a host of these names; that is counted."""
        return self._bypass.leaves_closed(list(names))

    def count(self, what: str, reason: str, number: int) -> None:
        self._unread[what, reason] += number

    def guard(self, what: str) -> AbstractContextManager[None]:
        """A fault of ours is counted, and costs the connection it happened in and no other."""
        return self._watchdog.guard("replay", what)

    def unread(self) -> Counter[tuple[str, str]]:
        """All that could not be read, the gateway's own watchdog's counts included, by (what, reason)."""
        return self._unread + self.ledger.unread + unread_of(self._watchdog.counts())

    def read(self) -> dict[str, int]:
        """How many of what was read beside the web."""
        return read_of(self._watchdog.counts())

    async def close(self) -> None:
        with self.guard("typing"):
            self._reader.finish()
        await self._master.done()
        self._child.close()

    def _addons(
        self, findings: Findings, spectator: Spectator, playhead: Playhead, of_documents: DocumentLimits
    ) -> list[object]:
        """The gateway's, in its order, and the ledger."""
        watchdog, inspection = self._watchdog, InlineInspection(self._watchdog)
        recorder = Recorder(
            watchdog,
            most_bytes=RECORDED_BYTES,
            minutes=RECORDED_MINUTES,
            part_bytes=RECORDED_PART,
            now=playhead.now,
        )
        return [
            watchdog,
            self.coverage,
            Identify(spectator, watchdog, playhead.now),
            self._bypass,
            *reading_addons(
                watchdog=watchdog,
                reader=self._reader,
                recorder=recorder,
                inspection=inspection,
                documents=inspection,
                child=self._child,
                files=self._files,
                illegal=spectator.illegal,
                sighted=findings.sighted,
                limits=self._limits,
                of_documents=of_documents,
                now=playhead.now,
            ),
            self.ledger,
        ]


def _ends(stream: Stream) -> Ends:
    return Ends((_address(stream.client[0]), stream.client[1]), (_address(stream.server[0]), stream.server[1]))


def _address(packed: bytes) -> str:
    return inet_ntop(AF_INET if len(packed) == 4 else AF_INET6, packed)
