"""From a detection to the outbox: collect its evidence, seal both, commit, and let the delivery know.

A disk that takes nothing does not lose the words: they are kept in memory, and sent from there.
"""

import logging
from collections.abc import Callable

from detection.grading import Detection
from detection.observation import Evidence
from detection.outbox import Outbox, OutboxError, OutboxFull
from detection.overflow import Overflow
from detection.packing import Bundle, bundle_of, seal_report, seal_supplement
from detection.sealing import Sealer
from detection.sensor_health import SensorTally
from detection.supplements import Supplements

log = logging.getLogger(__name__)
Collect = Callable[[], Evidence | None]

NOTHING_RECORDED = "Nothing was recorded beside the text."
COLLECTING_FAILED = "The recording could not be put together."
TOO_LARGE = "The recording was too large to be kept."
NO_ROOM = "The sensor's disk had no room for the recording."
ROOM_FOR_WORDS = 2**20
"""Bytes made at a time, where there is none for a detection."""
NO_DISK = "The sensor's disk did not take the recording."


class Reporter:
    """``wake`` is called whenever the outbox has something new."""

    def __init__(
        self,
        outbox: Outbox,
        overflow: Overflow,
        sealer: Sealer,
        supplements: Supplements,
        tally: SensorTally,
        wake: Callable[[], None],
        step: int = 1,
    ) -> None:
        """``step``: bytes by which the size of what is sealed grows."""
        self._outbox, self._overflow, self._sealer, self._supplements = outbox, overflow, sealer, supplements
        self._tally, self._wake, self._step = tally, wake, step

    def report(self, detection: Detection, evidence: Collect | None, later: Collect | None) -> None:
        """The detection is on the disk when this returns, or, counted, in memory; OutboxError if it is in neither."""
        bundle, note = self._collect(detection, evidence)
        kept = self._commit(detection, bundle, note)
        self._wake()
        if later:
            self._promise(detection, kept, later)

    def _collect(self, detection: Detection, evidence: Collect | None) -> tuple[Bundle | None, str]:
        """The evidence, or in words why there is none."""
        try:
            found = evidence() if evidence else detection.observation.evidence
            bundle = bundle_of(found, self._sealer) if found else None
        except Exception as e:  # noqa: BLE001 - part of the inspection loop; the words must not be lost with the picture
            log.error("no evidence for detection %s: %s", detection.observation.id, type(e).__name__)
            self._tally.without_evidence += 1
            return None, COLLECTING_FAILED
        if found and not bundle:
            self._tally.without_evidence += 1
            return None, TOO_LARGE
        return bundle, "" if bundle else NOTHING_RECORDED

    def _commit(self, detection: Detection, bundle: Bundle | None, note: str) -> Bundle | None:
        """What of the evidence was kept."""
        try:
            kept = self._put_what_fits(detection, bundle, note)
            self._tally.outbox_error = ""
        except OutboxError as e:
            self._tally.outbox_error, kept = str(e), None
            self._remember(detection, bundle, note)
            log.error("detection %s is in memory only: %s", detection.observation.id, e)
        self._tally.reported += 1
        self._tally.without_evidence += bundle is not None and kept is None
        return kept

    def _put_what_fits(self, detection: Detection, bundle: Bundle | None, note: str) -> Bundle | None:
        """Recordings give way first, those that come and then those that wait; words last."""
        self._tally.no_room = not self._outbox.has_room
        if bundle is None:
            self._put_words(detection, note)
            return None
        try:
            if not self._tally.no_room:
                self._put(detection, bundle, note)
                return bundle
        except OutboxFull:
            self._tally.no_room = True
        self._put_words(detection, NO_ROOM)
        return None

    def _put_words(self, detection: Detection, note: str) -> None:
        try:
            self._put(detection, None, note)
        except OutboxFull:
            if dropped := self._outbox.drop_evidence(ROOM_FOR_WORDS):
                log.error("%d pieces of recordings that waited were dropped to make room for detections", dropped)
            elif dropped := self._outbox.drop_least(ROOM_FOR_WORDS, detection.severity):
                log.error("%d detections that waited were dropped to make room for graver ones", dropped)
            else:
                raise
            self._put(detection, None, note)

    def _remember(self, detection: Detection, bundle: Bundle | None, note: str) -> None:
        id, reported_at = detection.observation.id, detection.observation.reported_at
        sealed = seal_report(detection, None, NO_DISK if bundle else note, self._sealer, self._step)
        try:
            self._overflow.put(id=id, reported_at=reported_at, sealed=sealed)
        except OutboxError as e:
            log.error("memory does not take detection %s either: %s", id, e)
            self._tally.unreported += 1
            raise
        self._tally.in_memory += 1

    def _put(self, detection: Detection, bundle: Bundle | None, note: str) -> None:
        self._outbox.put(
            id=detection.observation.id,
            reported_at=detection.observation.reported_at,
            sealed=seal_report(detection, bundle, note, self._sealer, self._step),
            blobs=bundle.blobs if bundle else (),
            severity=detection.severity,
        )

    def _promise(self, detection: Detection, first: Bundle | None, later: Collect) -> None:
        id, reported_at = detection.observation.id, detection.observation.reported_at

        def fetch() -> None:
            found = later()
            bundle = bundle_of(found, self._sealer) if found else None
            if bundle is None or (first and bundle.names == first.names) or not self._outbox.has_room:
                return
            sealed = seal_supplement(id, reported_at, bundle, self._sealer)
            self._outbox.put_supplement(id=id, reported_at=reported_at, sealed=sealed, blobs=bundle.blobs)
            self._wake()

        self._supplements.promise(id, fetch)
