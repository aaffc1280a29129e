"""Look at the names that are looked up: for listed hosts and for services that get round the filter, and for no other.

Of every other lookup only the total is counted: nobody, no name and no time.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from mitmproxy.dns import DNSFlow

from detection.avoidance import Avoidance, avoidance_of
from detection.extract.base import Passage
from detection.extract.said import Said
from detection.grading import Detection
from detection.helplines import is_helpline
from detection.illegal_lists import Hit, IllegalLists
from detection.illegal_sighting import Sighting
from detection.observation import Channel, Direction
from proxy_addons.bypass import UNREAD
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Watchdog

APP = "DNS"


class InspectDns:
    def __init__(
        self,
        reader: Reader,
        lists: IllegalLists,
        report: Callable[[Sighting], Detection | None],
        inspection: Inspects,
        watchdog: Watchdog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reader, self._lists, self._report = reader, lists, report
        self._inspection, self._watchdog, self._now = inspection, watchdog, now

    async def dns_request(self, flow: DNSFlow) -> None:
        with self._watchdog.guard("dns_request", flow.id):
            self._watchdog.count("lookups")
            if flow.metadata.get(UNREAD):
                return
            for host in dict.fromkeys(question.name.rstrip(".").lower() for question in flow.request.questions):
                if not is_helpline(host):
                    await self._look(flow, host)

    async def _look(self, flow: DNSFlow, host: str) -> None:
        """A host of which only single pages are listed is no finding: the page shows when it is asked for."""
        if hit := self._lists.address(host, "/"):
            sighting = self._sighting(flow, host, hit)
            await self._inspection.run(lambda: self._watchdog.flag(lambda: self._report(sighting)), 0, flow.id)
        elif found := avoidance_of(host):
            self._watchdog.count(f"avoidance.{found.kind}")
            around = self._around(flow, host)
            await self._inspection.run(lambda: self._reader.heard(said(host, found), "", around), 0, flow.id)

    def _sighting(self, flow: DNSFlow, host: str, hit: Hit) -> Sighting:
        """An app or a page may look a name up by itself: nobody need have asked for it."""
        return Sighting(
            subject=subject_of(flow), seen_at=self._now(), address=host, direction=Direction.SENT_BY_PAGE, hit=hit
        )

    def _around(self, flow: DNSFlow, host: str) -> Circumstances:
        return Circumstances(subject=subject_of(flow), seen_at=self._now(), host=host, evidence=lambda: None)


def said(host: str, found: Avoidance) -> Said:
    """One conversation for each kind: different names of it belong together."""
    return Said(Passage(channel=Channel.DNS, text=host, conversation=found.kind, app=APP), Direction.SENT_BY_PAGE)
