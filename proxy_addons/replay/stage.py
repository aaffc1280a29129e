"""mitmproxy's master and the gateway's addons, with the packet's time for a clock and nothing between threads."""

from collections import Counter
from socket import AF_INET, AF_INET6, inet_ntop

from mitmproxy import options
from mitmproxy.addonmanager import AddonManager
from mitmproxy.addons.core import Core
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.master import Master

from proxy_addons.bypass import SHIPPED, Bypass, load_hosts
from proxy_addons.identify import Bindings, Identify
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspect_websocket import InspectWebsocket
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.replay.connection import Connection
from proxy_addons.replay.conversation import Conversation, Ends
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.streams import Stream
from proxy_addons.watchdog import Watchdog

UNREAD = {"unread": "messages", "bypassed": "messages to hosts that are never opened", "faults": "faults of ours"}


class Stage:
    def __init__(self, findings: Findings, bindings: Bindings, playhead: Playhead) -> None:
        self.watchdog = Watchdog(now=playhead.now)
        self.ledger = Ledger()
        self._master = Master(options.Options())
        self._master.addons.add(Core(), Proxyserver())
        inspection, limits = InlineInspection(self.watchdog), Limits()
        reader = Reader(findings.observe, self.watchdog)
        recorder = Recorder(self.watchdog, most_bytes=128 << 20, minutes=10, part_bytes=2 << 20, now=playhead.now)
        self._hooks = AddonManager(self._master)
        self._hooks.add(
            self.watchdog,
            Identify(bindings, self.watchdog, playhead.now),
            Bypass(load_hosts(SHIPPED), self.watchdog),
            recorder,
            InspectWeb(reader, inspection, recorder, self.watchdog, limits, playhead.now),
            InspectWebsocket(reader, inspection, self.watchdog, limits.held, playhead.now),
            self.ledger,
        )

    def connection(self, stream: Stream, unread: Counter[tuple[str, str]]) -> Connection:
        def count(what: str, reason: str) -> None:
            unread[what, reason] += 1

        ends = Ends((_address(stream.client[0]), stream.client[1]), (_address(stream.server[0]), stream.server[1]))
        return Connection(ends, self._conversation, count, self.ledger.tunnel)

    def unread(self) -> Counter[tuple[str, str]]:
        """What the gateway's own watchdog counted, by (what, reason)."""
        found: Counter[tuple[str, str]] = Counter()
        for name, number in self.watchdog.counts().items():
            group, _, reason = name.partition(".")
            if reason and group in UNREAD:
                found[UNREAD[group], reason] += number
        return found

    def _conversation(self, ends: Ends, at: float, http2: bool) -> Conversation:
        return Conversation(self._hooks, self.ledger.piece, self._master.options, ends, at, http2=http2)


def _address(packed: bytes) -> str:
    return inet_ntop(AF_INET if len(packed) == 4 else AF_INET6, packed)
