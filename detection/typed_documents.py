"""The documents people are writing in just now, in memory only, so that what is saved letter by letter is read
whole."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from detection.extract.edit import Edit
from detection.typed_text import TypedText

PAUSE = timedelta(seconds=4)
"""Without an edit: the person has stopped, and what they have written so far is read. Editors save every second."""
KEPT = timedelta(minutes=30)
"""How long a document is remembered after its last edit."""
MOST = 2000
"""Documents remembered at one time."""

Place = tuple[str, str, str]
"""Person, app, document."""
HandOn = Callable[[str], object]
"""Where a text goes once it is complete."""


@dataclass(slots=True)
class _Document:
    at: datetime
    hand_on: HandOn
    text: TypedText = field(default_factory=TypedText)


class TypedDocuments:
    def __init__(self, most: int = MOST) -> None:
        self._documents: OrderedDict[Place, _Document] = OrderedDict()
        """The one written in most recently stands last."""
        self._waiting: OrderedDict[Place, None] = OrderedDict()
        """Those with something to hand on after a pause, likewise."""
        self._most = most
        self._lock = Lock()

    def take(self, place: Place, edits: Iterable[Edit], at: datetime, hand_on: HandOn) -> None:
        """Hands on what the edits complete; the rest after a pause, by the same way."""
        with self._lock:
            document = self._documents.setdefault(place, _Document(at, hand_on))
            document.at, document.hand_on = at, hand_on
            self._documents.move_to_end(place)
            ready = [(hand_on, text) for text in document.text.take(edits)]
            self._waiting.pop(place, None)
            if document.text.waits:
                self._waiting[place] = None
            ready += self._forget(at)
        _hand_on(ready)

    def pause(self, now: datetime) -> None:
        """Hands on what has waited long enough."""
        with self._lock:
            ready: list[tuple[HandOn, str]] = []
            while self._waiting and self._documents[next(iter(self._waiting))].at <= now - PAUSE:
                ready += self._rest(next(iter(self._waiting)))
        _hand_on(ready)

    def finish(self) -> None:
        """Hands on all that waits: there is nothing to come."""
        with self._lock:
            ready = [each for place in tuple(self._waiting) for each in self._rest(place)]
        _hand_on(ready)

    def _rest(self, place: Place) -> list[tuple[HandOn, str]]:
        self._waiting.pop(place, None)
        document = self._documents[place]
        ready = [(document.hand_on, text) for text in document.text.rest()]
        document.hand_on = _nowhere  # it holds on to the message it came with
        return ready

    def _forget(self, now: datetime) -> list[tuple[HandOn, str]]:
        ready: list[tuple[HandOn, str]] = []
        while self._documents:
            place, document = next(iter(self._documents.items()))
            if len(self._documents) <= self._most and document.at >= now - KEPT:
                break
            ready += self._rest(place)
            del self._documents[place]
        return ready


def _nowhere(_: str) -> None:
    """Nothing waits."""


def _hand_on(ready: list[tuple[HandOn, str]]) -> None:
    """Outside the lock: to detect takes its time."""
    for hand_on, text in ready:
        hand_on(text)
