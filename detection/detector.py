"""One call from an observation to a graded detection."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from functools import partial

from detection import avoidance, tunnels
from detection.ages import YOUNGEST, band_of
from detection.counted import counted, is_meant_for
from detection.cues import ready
from detection.decoding import decoded
from detection.grading import Detection, grade
from detection.group_libraries import NO_GROUPS, Groups
from detection.group_matchers import GroupMatchers
from detection.library import Category, Library
from detection.matcher import Match, Matcher
from detection.observation import AgeBand, Channel, Direction, Observation
from detection.opinion import Opinion, Reads
from detection.other_languages import mistaken
from detection.personal_information import PersonalInformation, together
from detection.pieces_sent import PiecesSent
from detection.reading import Reading
from detection.recent import Recent

READ = frozenset({
    Channel.SEARCH, Channel.PROMPT, Channel.MESSAGE, Channel.POST, Channel.MAIL, Channel.DOCUMENT,
})  # fmt: skip
"""Where people write sentences; an address or a file name is none."""


class Detector:
    """With ``recent``, what came before is filled in and a repeat is None; without it every call stands alone.
    Without a ``second`` reader the phrases alone decide."""

    def __init__(
        self,
        library: Library,
        recent: Recent | None = None,
        second: Reads | None = None,
        youngest: AgeBand = YOUNGEST,
        personal: PersonalInformation | None = None,
        groups: Groups = NO_GROUPS,
    ) -> None:
        ready(library.languages)
        self._matchers = GroupMatchers(library, groups)
        self._recent, self._second, self._youngest = recent, second, youngest
        self._personal = personal or PersonalInformation()
        self._pieces = PiecesSent() if recent else None

    def adapted(self, library: Library, groups: Groups = NO_GROUPS) -> "Detector":
        """One that compares with ``library`` and is the same in all else: from phrase to phrase in a moment."""
        made = copy(self)
        made._matchers = self._matchers.adapted(library, groups)
        return made

    def afresh(self, recent: Recent | None) -> "Detector":
        """One that compares with the same phrases, and remembers nothing yet but what ``recent`` does."""
        made = copy(self)
        made._recent, made._pieces = recent, PiecesSent() if recent else None
        return made

    def detect(self, observation: Observation) -> Detection | None:
        sought = self._recent.sought(observation.subject.key, observation.seen_at) if self._recent else frozenset()
        found = self._grade(observation, sought, self._pieces)
        if self._recent is None:
            return found
        earlier = self._recent.before(observation.subject.key, observation.seen_at)
        echo = found is not None and self._recent.is_echo(found)
        self._recent.remember(observation)
        if self._pieces:
            self._pieces.keep(observation, found)
        if found is None or echo or not self._recent.first_time(found.once, observation.direction, observation.seen_at):
            return None
        self._recent.note(observation, found.category)
        return replace(found, before=earlier)

    def again(
        self, observation: Observation, sought: frozenset[Category] = frozenset(), before: Iterable[Observation] = ()
    ) -> Detection | None:
        """As it was graded once, whatever has come since: of what was known of the person then counts what they
        ``sought`` and sent ``before``, the oldest first. Nothing is remembered, and a repeat is none."""
        pieces = PiecesSent()
        for earlier in before:
            pieces.keep(earlier, self._grade(earlier, frozenset(), pieces))
        return self._grade(observation, sought, pieces)

    def _grade(
        self, observation: Observation, sought: frozenset[Category], pieces: PiecesSent | None
    ) -> Detection | None:
        compared = self._matchers.of(observation.subject.group)
        band = band_of(observation.subject, self._youngest)
        find = partial(compared.matcher.find, counts=lambda phrase: is_meant_for(phrase, band, observation))
        found = find(observation.text)
        return grade(
            observation,
            together(
                found, [*self._personal.find(observation), *avoidance.find(observation), *tunnels.find(observation)]
            ),
            library_version=compared.version,
            youngest=self._youngest,
            sought=sought,
            opinion=self._opinion(observation, found, band, compared.matcher),
            readings=self._readings(observation, find, pieces),
        )

    def _readings(
        self, observation: Observation, find: Callable[[str], list[Match]], pieces: PiecesSent | None
    ) -> list[tuple[Reading, list[Match]]]:
        """What the person may have meant beside what stands there: coded, or begun in the messages before."""
        if observation.direction is not Direction.WRITTEN or observation.channel not in READ:
            return []
        found = [(reading, find(reading.text)) for reading in decoded(observation.text)]
        if pieces and (joined := pieces.joined(observation)):
            found.append((joined, joined.unknown(find(joined.text))))
        return found

    def _opinion(self, observation: Observation, found: list[Match], band: AgeBand, matcher: Matcher) -> Opinion | None:
        """Of what the person wrote; of what was shown only where a phrase counts, and round all phrases then, for a
        sign of distress says where to read even where it does not count: pages are many, and not their words."""
        if self._second is None:
            return None
        if observation.direction is Direction.WRITTEN:
            opinion = self._second.read(observation.text) if observation.channel in READ else None
            return None if opinion and not found and mistaken(opinion.category, observation.text) else opinion
        if observation.direction is Direction.SHOWN and counted(found, band, observation):
            near = [(match.start, match.end) for match in matcher.find(observation.text)]
            return self._second.read(observation.text, near)
        return None
