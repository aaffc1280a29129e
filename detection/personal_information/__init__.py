"""What a pupil gives away of themselves in what they write: how to be reached, where to be found, a password."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from detection.matcher import Match
from detection.observation import Channel, Direction, Observation, PersonRole
from detection.personal_information.email_address import email_addresses
from detection.personal_information.finding import FOUND, Finding, as_match, is_alone
from detection.personal_information.home_address import home_addresses
from detection.personal_information.own_words import own_words
from detection.personal_information.password import passwords
from detection.personal_information.phone import phone_numbers
from detection.personal_information.school import SchoolNames

__all__ = ["FOUND", "PersonalInformation", "together"]

CHANNELS = frozenset({Channel.MESSAGE, Channel.POST, Channel.PROMPT, Channel.MAIL})
"""Where somebody else reads it. A search and a piece of homework give nothing away."""
LONGEST = 20_000
"""Characters read."""
MOST = 3
"""Of each kind."""
Finder = Callable[[str], Iterator[Finding]]


class PersonalInformation:
    def __init__(self, school_names: tuple[str, ...] = ()) -> None:
        self._finders: tuple[Finder, ...] = (
            phone_numbers, home_addresses, email_addresses, passwords, SchoolNames(school_names).find,
        )  # fmt: skip

    def find(self, observation: Observation) -> list[Match]:
        if (
            observation.direction is not Direction.WRITTEN
            or observation.channel not in CHANNELS
            or observation.subject.role is PersonRole.STAFF
        ):
            return []
        text = observation.text[:LONGEST]
        if observation.channel is not Channel.MESSAGE:
            text = own_words(text)
        found = (finding for find in self._finders for finding in islice(find(text), MOST))
        return [as_match(finding) for finding in found if _given_away(finding, text, observation.channel)]


def together(phrases: list[Match], found: Sequence[Match]) -> list[Match]:
    """Phrases of the library that are part of what was found say nothing more."""
    others = [match for match in phrases if not any(_part_of(match, whole) for whole in found)]
    return [*others, *found]


def _given_away(finding: Finding, text: str, channel: Channel) -> bool:
    """A value alone is a message to somebody, but in a post it is the field of a form, where it belongs."""
    if is_alone(text, finding):
        return channel is Channel.MESSAGE or finding.kind == "password"
    return finding.own or (channel is Channel.MESSAGE and finding.kind == "phone")


def _part_of(match: Match, whole: Match) -> bool:
    inside = whole.start <= match.start and match.end <= whole.end
    return inside and match.phrase.category is whole.phrase.category
