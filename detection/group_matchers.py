"""What each group of a school is compared with: matchers that share the large graphs of the school's."""

from dataclasses import dataclass

from detection.group_libraries import Groups, applied, version
from detection.library import Library
from detection.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Compared:
    matcher: Matcher
    version: str
    """Of its library, as detections name it."""


class GroupMatchers:
    def __init__(self, library: Library, groups: Groups) -> None:
        self._first = Matcher(library)
        self._follow(library, groups, {name: applied(library, group) for name, group in groups.items()})

    def of(self, group: str) -> Compared:
        """The school's where the group has none of its own."""
        return self._groups.get(group, self._school)

    def is_near(self, library: Library, groups: Groups) -> bool:
        """Whether each differs from the first in a few phrases only."""
        return all(map(self._first.is_near, (library, *(applied(library, group) for group in groups.values()))))

    def adapted(self, library: Library, groups: Groups) -> "GroupMatchers":
        """For other libraries, made in a moment where each differs from the first in a few phrases only or all is built
        already; else the large graphs are built anew, once for all."""
        if library.searches or not self.is_near(library, groups):
            return GroupMatchers(library, groups)
        theirs = {name: applied(library, group) for name, group in groups.items()}
        made = GroupMatchers.__new__(GroupMatchers)
        made._first = self._first
        made._follow(library, groups, theirs)
        return made

    def _follow(self, library: Library, groups: Groups, theirs: dict[str, Library]) -> None:
        self._school = Compared(self._first.adapted(library), library.version)
        self._groups = {
            name: Compared(self._first.adapted(theirs[name]), version(library, group)) for name, group in groups.items()
        }
