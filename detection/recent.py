"""Each person's last minutes, in memory only: what came before a detection, and whether it was reported already."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from detection.grading import Earlier
from detection.observation import Channel, Direction, Observation

LONGEST = 300
"""Characters kept of what a person wrote or was sent."""
TITLE = 120
"""Characters kept of a page: enough to say what it was, no browsing history."""


class Recent:
    def __init__(self, minutes: float = 10, per_person_limit: int = 20, people_limit: int = 5000) -> None:
        self._age = timedelta(minutes=minutes)
        self._per_person_limit, self._people_limit = per_person_limit, people_limit
        self._people: OrderedDict[str, deque[Earlier]] = OrderedDict()
        self._once: OrderedDict[str, tuple[datetime, bool]] = OrderedDict()
        """When a sentence was last reported, and whether it was written; oldest first."""
        self._lock = Lock()

    def remember(self, observation: Observation) -> None:
        text = observation.text[: TITLE if observation.channel is Channel.PAGE else LONGEST].strip()
        earlier = Earlier(
            seen_at=observation.seen_at,
            channel=observation.channel,
            direction=observation.direction,
            app=observation.app,
            text=text,
        )
        with self._lock:
            person = self._people.setdefault(observation.subject.key, deque(maxlen=self._per_person_limit))
            self._people.move_to_end(observation.subject.key)
            person.append(earlier)
            self._forget(observation.seen_at)

    def before(self, subject_key: str, now: datetime) -> tuple[Earlier, ...]:
        """The oldest first."""
        with self._lock:
            person = self._people.get(subject_key, ())
            return tuple(earlier for earlier in person if now - self._age <= earlier.seen_at <= now)

    def first_time(self, once: str, direction: Direction, now: datetime) -> bool:
        """False for what was reported within the last minutes; but the written one wins over one only shown."""
        written = direction is Direction.WRITTEN
        with self._lock:
            at, known_as_written = self._once.get(once, (None, False))
            if at is not None and now - at < self._age and (known_as_written or not written):
                return False
            self._once[once] = now, written
            self._once.move_to_end(once)
            if len(self._once) > self._people_limit * self._per_person_limit:
                self._once.popitem(last=False)
            return True

    def _forget(self, now: datetime) -> None:
        """Drop who has been silent for too long; the most silent stand first."""
        while self._people:
            key, person = next(iter(self._people.items()))
            if len(self._people) <= self._people_limit and person[-1].seen_at >= now - self._age:
                return
            del self._people[key]
