"""Keep in step with what the appliance knows about who is where, and keep the last answer over a restart."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from detection.asking import newer
from detection.binding_table import BindingTable, read_table
from detection.client import Client, NoAnswerError
from detection.json_object import WireError, read_object
from detection.observation import Subject
from detection.private_file import replace_privately
from detection.repeating import Repeating

log = logging.getLogger(__name__)

SOON = 10.0
"""Seconds: whoever asks more often wants to know at once, and has the appliance answer when there is news."""
NEXT = 0.1
"""Seconds between an answer that was waited for and the next question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingsState:
    running: bool = False
    confirmed_at: datetime | None = None
    """When the appliance last said that what we know is what it knows; None if not since the start."""
    last_error: str = ""


class Bindings:
    """Looked up from any thread; refreshed on its own, so that a slow delivery never makes it stale.

    ``cache`` holds person references, no names. Without one nobody is asked, and nobody known.
    """

    def __init__(
        self,
        client: Client,
        cache: Path | None,
        *,
        every: float = 60.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._cache, self._every, self._clock = client, cache, every, clock
        self._waits = int(every) if every <= SOON else 0
        self._table, self._etag = BindingTable(), ""
        self._state = BindingsState()
        self._asking = Repeating("bindings", self._turn)
        self._recall()

    @property
    def state(self) -> BindingsState:
        return replace(self._state, running=self._cache is None or self._asking.running)

    def start(self) -> None:
        if self._cache:
            self._asking.start()

    def stop(self, timeout: float) -> bool:
        """Whether the request under way took no longer than ``timeout`` seconds."""
        return self._asking.stop(timeout)

    def subject_for(self, address: str | None, device: str | None, now: datetime) -> Subject:
        return self._table.subject_for(address, device, now)

    def subject_of(self, person: str, address: str | None, source: str) -> Subject:
        return self._table.subject_of(person, address, source)

    def refresh(self) -> None:
        """Ask once. Whatever goes wrong, what is known stays in force."""
        try:
            self._ask()
        except (NoAnswerError, WireError, OSError) as e:
            self._state = replace(self._state, last_error=str(e))
            log.warning("bindings are not refreshed: %s", e)
        else:
            self._state = BindingsState(confirmed_at=self._clock())

    def _turn(self) -> float:
        began = time.monotonic()
        self.refresh()
        took = time.monotonic() - began
        return NEXT if self._waits and took >= self._waits / 2 else max(NEXT, self._every - took)

    def _ask(self) -> None:
        answer = newer(self._client, "/bindings", self._etag, self._waits if self._etag else 0)
        if answer is None:
            return
        self._table = read_table(read_object(answer.body))
        self._etag = answer.headers.get("ETag", "")
        content = json.dumps({"etag": self._etag, "answer": json.loads(answer.body)})
        if self._cache:
            replace_privately(self._cache, content.encode())

    def _recall(self) -> None:
        """What the appliance said before this start. A cache that cannot be read is only asked for again."""
        if self._cache is None:
            return
        try:
            top = read_object(self._cache.read_bytes())
            self._table, self._etag = read_table(top.part("answer")), top.text("etag")
        except FileNotFoundError:
            return
        except (OSError, WireError) as e:
            log.warning("%s: is not used: %s", self._cache, e)
