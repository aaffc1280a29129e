"""Replay flows that were recorded whole, each step of each at its time."""

from collections import Counter
from collections.abc import Awaitable, Callable

from mitmproxy.dns import DNSFlow
from mitmproxy.http import HTTPFlow

from proxy_addons.replay.flow_dump import FlowDump
from proxy_addons.replay.har_file import HarFile
from proxy_addons.replay.placing import Finds
from proxy_addons.replay.stage import Stage
from proxy_addons.request_address import host_of

_Step = tuple[float, int, int, Callable[[], Awaitable[None]]]
"""When, of which flow, which of its steps, and what happens."""


class FlowPerformance:
    def __init__(self, stage: Stage, finds: Finds) -> None:
        self.read = Counter({"flows": 0})
        self.unread: Counter[tuple[str, str]] = Counter()
        self._stage, self._finds = stage, finds
        self._broken: set[int] = set()
        """Flows that a fault of ours has cost."""

    async def run(self, flows: FlowDump | HarFile) -> None:
        """A dump has its flows in the order in which they ended; the gateway saw them in the order of time."""
        player, steps = self._stage.player(), list[_Step]()
        for number, flow in enumerate(flows):
            self.read["flows"] += 1
            if isinstance(flow, HTTPFlow) and self._is_read(flow):
                steps += ((at, number, n, step) for n, (at, step) in enumerate(player.steps(flow)))
            elif isinstance(flow, DNSFlow):
                steps.append((flow.request.timestamp or 0, number, 0, self._stage.lookup(flow)))
            elif not isinstance(flow, HTTPFlow):
                self.unread["flows", f"of {flow.type.upper()}, which are read from captures of packets only"] += 1
        steps.sort(key=lambda step: step[:3])
        for n, step in enumerate(steps):
            await self._take(*step)
            self._finds.at(n)
        for damage in flows.damage:
            self.unread["flows", damage] += 1

    def _is_read(self, flow: HTTPFlow) -> bool:
        """What the gateway would not have opened is not read here either."""
        if flow.request.method == "CONNECT":
            self._stage.ledger.connect(flow.request.path)(flow.response.status_code if flow.response else None)
            return False
        names = (flow.client_conn.sni or host_of(flow.request),)
        if flow.request.scheme == "https" and self._stage.leaves_closed(names):
            return False
        lost = [m for m in (flow.request, flow.response) if m and m.raw_content is None]
        self.unread["bodies", "not kept in the recording"] += len(lost)
        return True

    async def _take(self, at: float, number: int, part: int, step: Callable[[], Awaitable[None]]) -> None:
        if number in self._broken:
            return
        self._broken.add(number)
        self._stage.come_to(at, f"flow {number}/{part}")
        with self._stage.guard(f"flow {number}"):
            await step()
            self._broken.remove(number)
