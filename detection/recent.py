"""Each person's last minutes, in memory only: what came before a detection, and whether it was reported already."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from detection.context import sentence
from detection.grading import Detection, Earlier
from detection.library import Category
from detection.normalise import key
from detection.observation import Channel, Direction, Observation

LONGEST = 300
"""Characters kept of what a person wrote or was sent."""
SOUGHT = timedelta(minutes=15)
"""How long having written or looked for something makes the like on a page more than reading matter."""
GROWS = 12
"""Characters from which on a text that begins another is taken for its draft: “no” and “no way” may be two messages."""
TITLE = 120
"""Characters kept of a page: enough to say what it was, no browsing history."""


class Recent:
    def __init__(self, minutes: float = 10, per_person_limit: int = 20, people_limit: int = 5000) -> None:
        self._age = timedelta(minutes=minutes)
        self._per_person_limit, self._people_limit = per_person_limit, people_limit
        self._people: OrderedDict[str, deque[Earlier]] = OrderedDict()
        self._once: OrderedDict[str, tuple[datetime, bool]] = OrderedDict()
        """When a sentence was last reported, and whether it was written; oldest first."""
        self._sought: OrderedDict[str, dict[Category, datetime]] = OrderedDict()
        self._lock = Lock()

    def remember(self, observation: Observation) -> None:
        earlier = Earlier(
            seen_at=observation.seen_at,
            channel=observation.channel,
            direction=observation.direction,
            app=observation.app,
            text=_kept(observation),
        )
        with self._lock:
            person = self._people.setdefault(observation.subject.key, deque(maxlen=self._per_person_limit))
            self._people.move_to_end(observation.subject.key)
            if not _comes_back(earlier, person):
                if person and _has_grown(earlier, person[-1]):
                    person.pop()
                person.append(earlier)
            self._forget(observation.seen_at)

    def before(self, subject_key: str, now: datetime) -> tuple[Earlier, ...]:
        """The oldest first."""
        with self._lock:
            person = self._people.get(subject_key, ())
            return tuple(earlier for earlier in person if now - self._age <= earlier.seen_at <= now)

    def is_echo(self, detection: Detection) -> bool:
        """Whether an app only shows again what the person wrote there: a chat's reload, "Results for …"."""
        seen = detection.observation
        if seen.direction is Direction.WRITTEN or not detection.matches:
            return False
        lead = detection.matches[0]
        said = f" {key(seen.text[slice(*sentence(seen.text, lead.start, lead.end))])} "
        words = f" {key(lead.written)} "
        own = [
            f" {key(earlier.text)} "
            for earlier in self.before(seen.subject.key, seen.seen_at)
            if earlier.direction is Direction.WRITTEN and earlier.app == seen.app
        ]
        pieces = "".join(own).replace("  ", " ")
        return any(words in written and (written in said or said in written) for written in (*own, pieces))

    def first_time(self, once: str, direction: Direction, now: datetime) -> bool:
        """False for what was reported within the last minutes; but the written one wins over one only shown."""
        written = direction is Direction.WRITTEN
        with self._lock:
            at, known_as_written = self._once.get(once, (None, False))
            if at is not None and abs(now - at) < self._age and (known_as_written or not written):
                return False
            self._once[once] = now, written
            self._once.move_to_end(once)
            if len(self._once) > self._people_limit * self._per_person_limit:
                self._once.popitem(last=False)
            return True

    def note(self, seen: Observation, category: Category) -> None:
        """Remember of which category the person wrote something."""
        if seen.direction is Direction.WRITTEN:
            with self._lock:
                self._sought.setdefault(seen.subject.key, {})[category] = seen.seen_at
                self._sought.move_to_end(seen.subject.key)
                if len(self._sought) > self._people_limit:
                    self._sought.popitem(last=False)

    def sought(self, subject_key: str, now: datetime) -> frozenset[Category]:
        """Of which categories the person wrote something within the last quarter of an hour."""
        with self._lock:
            known = tuple(self._sought.get(subject_key, {}).items())
        return frozenset(category for category, at in known if now - SOUGHT <= at <= now)

    def forget(self, once: str) -> None:
        """It was not reported after all."""
        with self._lock:
            self._once.pop(once, None)

    def _forget(self, now: datetime) -> None:
        """Drop who has been silent for too long; the most silent stand first."""
        while self._people:
            key, person = next(iter(self._people.items()))
            if len(self._people) <= self._people_limit and person[-1].seen_at >= now - self._age:
                return
            del self._people[key]


def _kept(observation: Observation) -> str:
    """Of a page its first line, which is its title."""
    text = observation.text.strip()
    return text[:TITLE].partition("\n")[0].strip() if observation.channel is Channel.PAGE else text[:LONGEST].strip()


def _has_grown(earlier: Earlier, last: Earlier) -> bool:
    """What is typed is said again as it grows; of that only the last is worth remembering."""
    same = (earlier.direction, earlier.app, earlier.channel) == (last.direction, last.app, last.channel)
    written = earlier.direction is Direction.WRITTEN
    begins = earlier.text.startswith(last.text) and len(earlier.text) > len(last.text) >= GROWS
    return same and written and begins


def _comes_back(earlier: Earlier, person: Iterable[Earlier]) -> bool:
    """Shown again by the same app, as a chat shows a message to the one who wrote it."""
    return earlier.direction is not Direction.WRITTEN and any(
        (known.app, known.text) == (earlier.app, earlier.text) for known in person
    )
