"""Report requests for listed addresses, and answers that are listed files; nothing of either is read or remembered."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from mitmproxy.http import HTTPFlow, Response

from detection.grading import Detection
from detection.illegal_lists import Hit, IllegalLists, digests
from detection.illegal_sighting import Sighting
from detection.observation import Direction
from detection.scrub import scrub_url
from proxy_addons.body_taps import TAP, Tap
from proxy_addons.bypass import UNREAD
from proxy_addons.decoding import CodingError, decode
from proxy_addons.fetch_metadata import NEVER_WRITTEN, direction
from proxy_addons.identify import subject_of
from proxy_addons.inspection import Inspects
from proxy_addons.message_headers import coding, header
from proxy_addons.request_address import host_of, url_of
from proxy_addons.watchdog import Watchdog

Report = Callable[[Sighting], Detection | None]


class ListedContent:
    """Before everybody who reads or remembers: what is listed is marked unread for them."""

    def __init__(
        self,
        lists: IllegalLists,
        report: Report,
        inspection: Inspects,
        watchdog: Watchdog,
        unpacked: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Of a body that is held back at most ``unpacked`` bytes are hashed."""
        self._lists, self._report, self._inspection = lists, report, inspection
        self._watchdog, self._unpacked, self._now = watchdog, unpacked, now

    async def requestheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("requestheaders", flow.id):
            if flow.metadata.get(UNREAD):
                return
            found = (self._lists.address(host, flow.request.path) for host in _hosts(flow))
            if hit := next(filter(None, found), None):
                await self._tell(flow, hit, _asked_by(flow))

    async def response(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("response", flow.id):
            tap = flow.metadata.pop(TAP, None)
            if flow.response is None:
                return
            has_passed = isinstance(tap, Tap) and flow.response.stream is tap
            if has_passed:
                flow.response.stream = tap.inner or True
            if flow.metadata.get(UNREAD) or not self._lists.algorithms:
                return
            hashed = tap.digests if has_passed else await self._held(flow, flow.response)
            if hit := self._lists.body(hashed):
                await self._tell(flow, hit, Direction.SHOWN)

    async def _held(self, flow: HTTPFlow, response: Response) -> dict[str, bytes]:
        """Of a body that waits to be read as a whole. To unpack it may take long, so it is done elsewhere."""
        algorithms, raw, packed = self._lists.algorithms, response.raw_content, coding(response.headers)
        if not raw:
            return {}
        if not packed:
            return digests(raw, algorithms)
        hashed: dict[str, bytes] = {}

        def unpack() -> None:
            try:
                plain = decode(raw, packed, self._unpacked)
            except CodingError:
                return
            if not plain.truncated:
                hashed.update(digests(plain.body, algorithms))

        await self._inspection.run(unpack, len(raw), flow.id)
        return hashed

    async def _tell(self, flow: HTTPFlow, hit: Hit, how: Direction) -> None:
        """It is on the disk before the request goes on, as everything that is flagged."""
        flow.metadata[UNREAD] = True
        sighting = Sighting(
            subject=subject_of(flow),
            seen_at=self._now(),
            address=scrub_url(url_of(flow.request)),
            direction=how,
            hit=hit,
        )
        await self._inspection.run(lambda: self._watchdog.flag(lambda: self._report(sighting)), 0, flow.id)


def _hosts(flow: HTTPFlow) -> Iterator[str]:
    """Where it says it goes, and where it goes."""
    named, reached = host_of(flow.request), flow.request.host
    yield named
    if reached != named:
        yield reached


def _asked_by(flow: HTTPFlow) -> Direction:
    fetched = header(flow.request.headers, b"sec-fetch-dest") in NEVER_WRITTEN
    return Direction.SENT_BY_PAGE if fetched else direction(flow.request)
