"""What schools use today, as peers: a web filter's weighted phrase lists, and a plain list of words."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import ahocorasick

from detection.foreign_lists import e2guardian, plain
from detection.foreign_lists.entry import Entry, Part, Reading, Wanted
from detection.foreign_lists.source_text import read_text
from detection.library import Category
from detection.normalise import key

LIMIT = 50
"""Of a page's weights: what e2guardian calls right for young children, the strictest of its three."""
E2GUARDIAN = Path("/etc/e2guardian/lists/phraselists")
_WANTED = Wanted(Category.HARMFUL_SITES)
_ENGLISH = {"weighted", "weighted_general", "banned"}
_SUBJECTS = (
    "badwords", "drugadvocacy", "gambling", "goodphrases", "gore", "idtheft", "illegaldrugs", "intolerance",
    "personals", "pornography", "proxies", "violence", "weapons",
)  # fmt: skip


class Lists:
    """Every phrase counts once; a text whose weights come to the limit, or that holds a banned phrase, is refused."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        readings = tuple(readings)
        self._entries = tuple(
            (tuple(map(_spelt, e.parts)), e.weight) for r in readings for e in r.entries if _usable(e)
        )
        self._automaton = ahocorasick.Automaton()
        for part in {part for parts, _ in self._entries for part in parts}:
            self._automaton.add_word(part, part)
        self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._entries)

    def refuse(self, text: str) -> bool:
        folded = f" {key(text)} "
        there = {part for _, part in self._automaton.iter(folded)}
        found = [weight for parts, weight in self._entries if there.issuperset(parts)]
        return any(not weight for weight in found) or sum(found) >= LIMIT


def installed_e2guardian(folder: Path = E2GUARDIAN) -> Lists | None:
    """Those in English that a school would use; None where it is not installed."""
    files = [file for name in _SUBJECTS for file in sorted(folder.glob(f"{name}/*")) if file.name in _ENGLISH]
    return Lists(_read(files, e2guardian.read)) if files else None


def plain_list(file: Path) -> Lists:
    """Any of its words is enough."""
    return Lists(_read([file], plain.read))


def _read(files: Iterable[Path], read: Callable[[Path, str, Wanted], Reading]) -> Iterator[Reading]:
    for file in files:
        yield read(file, read_text(file), _WANTED)


def _usable(entry: Entry) -> bool:
    return all(key(part.words) for part in entry.parts)


def _spelt(part: Part) -> str:
    words = key(part.words)
    return words if part.embedded else f" {words}" if part.open else f" {words} "
