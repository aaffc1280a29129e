"""Phrases that count only together with others of their group: the groups become lists of words."""

from collections.abc import Iterable, Mapping

from detection.foreign_lists import wording
from detection.foreign_lists.entry import Company, Entry, Refused
from detection.library import Phrase
from detection.normalise import key
from detection.protected_words import HELPLINE, named_alone

ANY = "any-type"


class Groups:
    """What is in a list includes the phrase itself: said twice, it keeps itself company. Helplines are in none."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        lists: dict[str, dict[str, str]] = {ANY: {}}
        for entry in entries:
            words = wording.plain(entry.parts[0].words)
            if named_alone(words) == HELPLINE:
                continue  # who names one beside another phrase looks for help
            for name in (ANY, _name(entry)):
                lists.setdefault(name, {}).setdefault(key(words), words)
        self._lists = lists

    def near(self, entry: Entry) -> tuple[str, ...]:
        """What must stand near the phrase; Refused where there is nothing else to stand there."""
        if entry.company is Company.NONE:
            return ()
        self.companion(entry)
        return (f"@{_list(entry)}",)

    def companion(self, entry: Entry) -> str:
        """The first of the others it counts with; "" where it needs none."""
        if entry.company is Company.NONE:
            return ""
        own = key(entry.parts[0].words)
        found = next((words for folded, words in self._lists[_list(entry)].items() if folded and folded != own), None)
        if found is None:
            raise Refused("counts only with another phrase of its kind, and there is none")
        return found

    def named_by(self, phrases: Iterable[Phrase]) -> Mapping[str, tuple[str, ...]]:
        """Only the lists that some phrase needs."""
        named = {word[1:] for phrase in phrases for word in phrase.near if word.startswith("@")}
        return {name: tuple(words.values()) for name, words in sorted(self._lists.items()) if name in named}


def _list(entry: Entry) -> str:
    return ANY if entry.company is Company.ANY_GROUP else _name(entry)


def _name(entry: Entry) -> str:
    return f"type-{wording.name(entry.group)}"
