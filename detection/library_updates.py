"""Keep in step with the library the appliance has released, and keep the last one over a restart."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from nacl.signing import VerifyKey

from detection.asking import newer
from detection.client import Client, NoAnswerError
from detection.group_libraries import Groups
from detection.json_object import WireError
from detection.kept_file import Kept
from detection.library import Library
from detection.library_bundle import Bundle, BundleError, Reader, read, tag, verify
from detection.repeating import Repeating

log = logging.getLogger(__name__)


UNCONFIRMED = timedelta(days=1)
"""After which a library that nobody confirmed is trouble: the appliance is asked every minute."""


class LibraryTrouble(StrEnum):
    """Why a sensor may look for other things than its school wants."""

    NONE = ""
    SIGNATURE = "signature"
    """It refused the newest: not signed with the key it knows."""
    OLDER = "older"
    """It refused what it was given: older than what it has."""
    UNREADABLE = "unreadable"
    """It refused the newest: it cannot read it."""
    UNCONFIRMED = "unconfirmed"
    """For a day nobody told it what the newest is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    running: bool = False
    confirmed_at: datetime | None = None
    """When the appliance last said that the library in force is the newest; None if not since the start."""
    last_error: str = ""
    trouble: LibraryTrouble = LibraryTrouble.NONE


class LibraryUpdates:
    """``take`` is given each new library, and what differs for groups of people, on the thread of the updates; what
    does not verify it never sees."""

    def __init__(
        self,
        client: Client,
        key: VerifyKey,
        cache: Kept,
        take: Callable[[Library, Groups], None],
        *,
        every: float = 60.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        reader: Reader = read,
    ) -> None:
        """``reader``: what makes a bundle of bytes whose signature is right."""
        self._client, self._key, self._cache, self._take = client, key, cache, take
        self._every, self._clock, self._reader = every, clock, reader
        self._serial, self._etag = 0, ""
        self._state = LibraryState()
        self._heard_at = clock()
        """When the appliance last gave or confirmed a library; at first, when we began to ask."""
        self._asking = Repeating("library", self._turn)
        self.recalled = self._recall()
        """What was in force before this start, if anything."""

    @property
    def state(self) -> LibraryState:
        found = replace(self._state, running=self._asking.running)
        if not found.trouble and self._clock() - self._heard_at > UNCONFIRMED:
            return replace(found, trouble=LibraryTrouble.UNCONFIRMED)
        return found

    def start(self) -> None:
        self._asking.start()

    def stop(self, timeout: float) -> bool:
        """Whether the request under way took no longer than ``timeout`` seconds."""
        return self._asking.stop(timeout)

    def refresh(self) -> None:
        """Ask once. Whatever goes wrong, the library in force stays."""
        try:
            self._ask()
        except BundleError as e:
            self._failed(e, LibraryTrouble(e.refusal))
        except (NoAnswerError, WireError, OSError) as e:
            self._failed(e, self._state.trouble)
        else:
            self._heard_at = self._clock()
            self._state = LibraryState(confirmed_at=self._heard_at)

    def _failed(self, error: Exception, trouble: LibraryTrouble) -> None:
        """A library that was refused stays trouble while the appliance is away."""
        self._state = replace(self._state, last_error=str(error), trouble=trouble)
        log.warning("the library is not refreshed: %s", error)

    def _turn(self) -> float:
        self.refresh()
        return self._every

    def _ask(self) -> None:
        answer = newer(self._client, "/library", self._etag)
        if answer is None:
            return
        with no_collection():
            bundle = verify(answer.body, self._key, self._serial, self._reader)
            self._take(bundle.library, bundle.groups)
        self._remember(bundle)
        self._cache.replace(answer.body)

    def _remember(self, bundle: Bundle) -> None:
        self._serial, self._etag = bundle.serial, f'"{tag(bundle.serial, bundle.edition)}"'

    def _recall(self) -> Bundle | None:
        """A cache that cannot be read, or that another key signed, is only asked for again."""
        try:
            bundle = verify(self._cache.read(), self._key, reader=self._reader)
        except FileNotFoundError:
            return None
        except (OSError, BundleError) as e:
            log.warning("%s: is not used: %s", self._cache, e)
            return None
        self._remember(bundle)
        return bundle


@contextmanager
def no_collection() -> Iterator[None]:
    """While old and new library are both in memory, looking for garbage would hold every thread up for longer than
    all else about the exchange; it can wait for the second that this takes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
