"""Search fields that ask again at every letter, in memory only: one search, by the words at which it came to rest."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import takewhile
from threading import Lock

PAUSE = timedelta(seconds=3)
"""Without another letter: the person has stopped, and what stands there is what they search for."""
MOST = 2000
"""Fields remembered at one time."""

Place = tuple[str, str]
"""Person and host: the list below a field and the page of results may have different addresses."""
HandOn = Callable[[], object]
"""Where a search goes once it is settled."""


class Asked(Enum):
    """How a request came about, as far as it says."""

    OPENED = auto()
    """Another page: the person has sent the search off."""
    BY_SCRIPT = auto()
    """The page they are on asks, as it does at every letter."""
    UNSAID = auto()


@dataclass(slots=True)
class _Field:
    at: datetime
    text: str
    """What stands there now."""
    hand_on: HandOn | None
    """None where that has been handed on already."""
    longest: str
    """What stood there before letters were taken back, and where that goes."""
    hand_on_longest: HandOn | None

    def goes_on(self, text: str) -> bool:
        """Whether ``text`` is the same search a few letters later: more of it, less of it, a slip put right."""
        return text.startswith(self.text) or 2 * _alike(text, self.longest) >= len(self.longest)

    def become(self, text: str, hand_on: HandOn | None, at: datetime) -> None:
        self.at, self.text, self.hand_on = at, text, hand_on
        if hand_on is None or not self.longest.startswith(text):
            self.longest, self.hand_on_longest = text, hand_on

    def waiting(self, *, replaced: bool) -> HandOn | None:
        """What was taken back letter by letter before something else was typed had been written all the same."""
        return self.hand_on and (self.hand_on_longest if replaced else self.hand_on)


class GrowingSearches:
    def __init__(self, most: int = MOST) -> None:
        self._fields: OrderedDict[Place, _Field] = OrderedDict()
        """The one typed in most recently stands last."""
        self._most = most
        self._lock = Lock()

    def take(self, place: Place, text: str, at: datetime, asked: Asked, hand_on: HandOn) -> None:
        """Hands on at once what is sent off, and what no field is known to grow to; the rest after a pause."""
        with self._lock:
            ready = self._past(at)
            field = self._fields.pop(place, None)
            grows = field is not None and field.goes_on(text) and text != field.text
            if field is not None and not grows and field.text != text:
                ready.append(field.waiting(replaced=True))
            waits = asked is Asked.BY_SCRIPT or (grows and asked is Asked.UNSAID)
            kept = hand_on if waits else None
            if field is None or not grows:
                field = _Field(at, text, kept, text, kept)
            field.become(text, kept, at)
            self._fields[place] = field
            if not waits:
                ready.append(hand_on)
            ready += self._beyond()
        _hand_on(ready)

    def pause(self, now: datetime) -> None:
        """Hands on what has come to rest."""
        with self._lock:
            ready = self._past(now)
        _hand_on(ready)

    def finish(self) -> None:
        """Hands on all that waits: there is nothing to come."""
        with self._lock:
            ready = [field.waiting(replaced=False) for field in self._fields.values()]
            self._fields.clear()
        _hand_on(ready)

    def _past(self, now: datetime) -> list[HandOn | None]:
        """A field is forgotten with its pause, so whoever has stood still longest is first."""
        ready: list[HandOn | None] = []
        while self._fields and next(iter(self._fields.values())).at <= now - PAUSE:
            ready.append(self._first())
        return ready

    def _beyond(self) -> list[HandOn | None]:
        """Of more than are remembered."""
        return [self._first() for _ in range(len(self._fields) - self._most)]

    def _first(self) -> HandOn | None:
        return self._fields.popitem(last=False)[1].waiting(replaced=False)


def _hand_on(ready: list[HandOn | None]) -> None:
    """Outside the lock: to detect takes its time."""
    for hand_on in ready:
        if hand_on:
            hand_on()


def _alike(one: str, other: str) -> int:
    """How many characters they begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
