"""Keep in step with the library the appliance has released, and keep the last one over a restart."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from nacl.signing import VerifyKey

from detection.client import Client, NoAnswerError
from detection.json_object import WireError
from detection.library import Library
from detection.library_bundle import BundleError, verify
from detection.private_file import replace_privately

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    running: bool = False
    confirmed_at: datetime | None = None
    """When the appliance last said that the library in force is the newest; None if not since the start."""
    last_error: str = ""


class LibraryUpdates:
    """``take`` is given each new library on the thread of the updates; what does not verify it never sees."""

    def __init__(
        self,
        client: Client,
        key: VerifyKey,
        cache: Path,
        take: Callable[[Library], None],
        *,
        every: float = 60.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._key, self._cache, self._take = client, key, cache, take
        self._every, self._clock = every, clock
        self._serial, self._etag = 0, ""
        self._state = LibraryState()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="library", daemon=True)
        self.recalled = self._recall()
        """The library that was in force before this start, if any."""

    @property
    def state(self) -> LibraryState:
        return replace(self._state, running=self._thread.is_alive())

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Whether the request under way took no longer than ``timeout`` seconds."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def refresh(self) -> None:
        """Ask once. Whatever goes wrong, the library in force stays."""
        try:
            self._ask()
        except (NoAnswerError, WireError, BundleError, OSError) as e:
            self._state = replace(self._state, last_error=str(e))
            log.warning("the library is not refreshed: %s", e)
        else:
            self._state = LibraryState(confirmed_at=self._clock())

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.refresh()
            self._stopping.wait(self._every)

    def _ask(self) -> None:
        answer = self._client.get("/library", self._etag)
        if answer.status == 304:
            return
        if answer.status == 401:
            self._client.reread_token()
        if answer.status != 200:
            raise WireError(f"answer {answer.status}")
        with no_collection():
            self._use(answer.body)
        replace_privately(self._cache, answer.body)

    def _use(self, signed: bytes) -> None:
        bundle = verify(signed, self._key, self._serial)
        self._take(bundle.library)
        self._serial, self._etag = bundle.serial, f'"{bundle.library.version}"'

    def _recall(self) -> Library | None:
        """A cache that cannot be read, or that another key signed, is only asked for again."""
        try:
            bundle = verify(self._cache.read_bytes(), self._key)
        except FileNotFoundError:
            return None
        except (OSError, BundleError) as e:
            log.warning("%s: is not used: %s", self._cache, e)
            return None
        self._serial, self._etag = bundle.serial, f'"{bundle.library.version}"'
        return bundle.library


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
