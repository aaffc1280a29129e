"""How a sensor is, for its watchdog: counts, times as RFC 3339 and kinds of error; nothing of content."""

from dataclasses import dataclass
from datetime import datetime

from detection.bindings import BindingsState
from detection.delivery import DeliveryState
from detection.illegal_lists import ListsState
from detection.library_updates import LibraryState
from detection.outbox import OutboxCounts


@dataclass(slots=True)
class SensorTally:
    """Since the start."""

    reported: int = 0
    unreported: int = 0
    in_memory: int = 0
    without_evidence: int = 0
    outbox_error: str = ""
    no_room: bool = False
    canaries: int = 0
    stale_canaries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorHealth:
    running: bool
    """Everything that must run does."""
    reported: int
    """Detections committed to the outbox since the start."""
    unreported: int
    """Detections that neither the disk nor memory could take, since the start: lost."""
    in_memory: int
    """Detections that the disk did not take when they were made, since the start: a kill would have lost them."""
    without_evidence: int
    """Detections whose recording was lost on the way to the outbox, since the start."""
    waiting: int | None
    """None where the outbox cannot be asked."""
    blobs_waiting: int | None
    set_aside: int | None
    """Refused by the appliance and kept in the outbox."""
    oldest_waiting: str | None
    outbox_error: str
    """Empty once the outbox works again."""
    no_room: bool
    """Its disk or the outbox's share of it is nearly full: detections are kept, their recordings are not."""
    last_delivery: str | None
    delivery_failures: int
    """In a row."""
    delivery_error: str
    bindings_confirmed: str | None
    bindings_error: str
    library_version: str
    """The one in force."""
    library_confirmed: str | None
    """When the appliance last said that it is the newest; None where it is not asked."""
    library_error: str
    illegal_entries: int
    """Addresses and files in the lists of illegal content in force; 0 where none is set."""
    illegal_error: str
    """Why the newest edition of one of them is not in force; empty if it is."""
    canaries: int
    """Tests by the canary's phrase, since the start."""
    stale_canaries: int
    """Its phrase with a token that is not of this hour or the one before, or of another key: no tests."""
    library_trouble: str
    """``signature``, ``older`` or ``unreadable`` where the newest was refused, ``unconfirmed`` after a day without an
    answer; empty while all is well."""


def health(
    tally: SensorTally,
    counts: OutboxCounts | None,
    delivery: DeliveryState,
    bindings: BindingsState,
    library: LibraryState | None,
    illegal: ListsState,
    *,
    running: bool,
    library_version: str,
) -> SensorHealth:
    """``library``: None where the appliance is not asked for one."""
    return SensorHealth(
        running=running
        and delivery.running
        and bindings.running
        and (library is None or library.running)
        and illegal.running,
        reported=tally.reported,
        unreported=tally.unreported,
        in_memory=tally.in_memory,
        without_evidence=tally.without_evidence,
        waiting=counts.waiting if counts else None,
        blobs_waiting=counts.blobs_waiting if counts else None,
        set_aside=counts.set_aside if counts else None,
        oldest_waiting=_said(counts.oldest_waiting if counts else None),
        outbox_error=tally.outbox_error,
        no_room=tally.no_room,
        last_delivery=_said(delivery.last_success),
        delivery_failures=delivery.failures,
        delivery_error=delivery.last_error,
        bindings_confirmed=_said(bindings.confirmed_at),
        bindings_error=bindings.last_error,
        library_version=library_version,
        library_confirmed=_said(library.confirmed_at if library else None),
        library_error=library.last_error if library else "",
        illegal_entries=illegal.entries,
        illegal_error=illegal.last_error,
        canaries=tally.canaries,
        stale_canaries=tally.stale_canaries,
        library_trouble=library.trouble if library else "",
    )


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
