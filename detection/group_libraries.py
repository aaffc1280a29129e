"""What the library of one group of people says otherwise than their school's, and the library that makes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detection.json_object import JsonObject
from detection.library import Library, LibraryError, Phrase, dump, parse


@dataclass(frozen=True, slots=True)
class Difference:
    gone: frozenset[str] = frozenset()
    """Ids of phrases of the school's that are not looked for."""
    phrases: tuple[Phrase, ...] = ()
    """What is looked for beside them, or graded otherwise; by id."""


Groups = Mapping[str, Difference]
"""By name, such as ``Year 12``; only those that differ from the school."""
NO_GROUPS: Groups = {}


def difference(school: Library, group: Library) -> Difference:
    """Their lists of words are the same: layers change phrases only."""
    ours, theirs = ({phrase.id for phrase in library.phrases} for library in (school, group))
    return Difference(frozenset(ours - theirs), tuple(sorted(group.beside(school), key=lambda phrase: phrase.id)))


def applied(school: Library, group: Difference) -> Library:
    theirs = {phrase.id: phrase for phrase in group.phrases}
    kept = (phrase for phrase in school.phrases if phrase.id not in theirs and phrase.id not in group.gone)
    return Library((*kept, *group.phrases), school.words)


def version(school: Library, group: Difference) -> str:
    """What a detection names that was made with the group's library: a hash of the school's version and what differs,
    so that nobody has to go through all phrases again for each group."""
    if group == Difference():
        return school.version
    rows = dump(Library(group.phrases))["phrases"]
    return _hash({"school": school.version, "gone": sorted(group.gone), "phrases": rows})


def edition(school: Library, groups: Groups) -> str:
    """What all of it together goes by; the library's version where no group differs."""
    versions = {name: version(school, group) for name, group in groups.items()}
    return _hash({"school": school.version, "groups": versions}) if versions else school.version


def dump_groups(school: Library, groups: Groups) -> list[dict[str, Any]]:
    """What a bundle holds of them: plain JSON values."""
    return [
        {
            "name": name,
            "version": version(school, group),
            "gone": sorted(group.gone),
            "phrases": dump(Library(group.phrases))["phrases"],
        }
        for name, group in sorted(groups.items())
    ]


def parse_groups(rows: object, school: Library) -> Groups:
    """What ``dump_groups`` wrote, each phrase checked as strictly as in a file; raise LibraryError or WireError."""
    words = {name: list(listed) for name, listed in school.words.items()}
    groups = dict[str, Difference]()
    for row in JsonObject({"groups": rows}).parts("groups"):
        name = row.text("name")
        phrases = tuple(parse({"phrases": row.value("phrases"), "words": words}).phrases)
        groups[name] = Difference(frozenset(row.texts("gone")), phrases)
        if row.text("version") != version(school, groups[name]):
            raise LibraryError(f"groups, {name}: its content is not of the version it says")
    return groups


def _hash(content: Mapping[str, object]) -> str:
    """Of the length of a library's version."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:12]
