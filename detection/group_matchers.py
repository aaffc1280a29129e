"""What each group of a school is compared with: matchers that share the large automatons of the school's."""

from collections.abc import Iterable
from dataclasses import dataclass

from detection.group_libraries import Groups, applied, difference, version
from detection.library import Library
from detection.matcher import MOST_APART, Matcher


@dataclass(frozen=True, slots=True)
class Compared:
    matcher: Matcher
    version: str
    """Of its library, as detections name it."""


class GroupMatchers:
    def __init__(self, library: Library, groups: Groups) -> None:
        self._first, self._first_matcher = library, Matcher(library)
        self._follow(library, groups, {name: applied(library, group) for name, group in groups.items()})

    def of(self, group: str) -> Compared:
        """The school's where the group has none of its own."""
        return self._groups.get(group, self._school)

    def adapted(self, library: Library, groups: Groups) -> "GroupMatchers":
        """For other libraries, made in a moment where each differs from the first in a few phrases only; else the
        large automatons are built anew, once for all."""
        theirs = {name: applied(library, group) for name, group in groups.items()}
        if not self._near((library, *theirs.values())):
            return GroupMatchers(library, groups)
        made = GroupMatchers.__new__(GroupMatchers)
        made._first, made._first_matcher = self._first, self._first_matcher
        made._follow(library, groups, theirs)
        return made

    def _near(self, libraries: Iterable[Library]) -> bool:
        return all(
            each.words == self._first.words and len(difference(self._first, each).phrases) <= MOST_APART
            for each in libraries
        )

    def _follow(self, library: Library, groups: Groups, theirs: dict[str, Library]) -> None:
        self._school = Compared(self._first_matcher.adapted(library), library.version)
        self._groups = {
            name: Compared(self._first_matcher.adapted(theirs[name]), version(library, group))
            for name, group in groups.items()
        }
