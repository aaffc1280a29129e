"""From what the lists say to a library: each phrase once in its category, with its own proof."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from detection.foreign_lists import wording
from detection.foreign_lists.entry import Entry, LeftOut, Part, Reading, Refused
from detection.foreign_lists.groups import Groups
from detection.foreign_lists.shelf import Shelf
from detection.library import Library, Phrase
from detection.library_file import SHORTEST
from detection.normalise import key
from detection.protected_words import named_alone

WIDEST = 50
"""Words: the most that “nearby” may mean. Theirs is the whole page, or all that was typed."""
EXCEPTIONS = "exceptions"
WHOLE_WORDS = "partly found as whole words only, where theirs may be inside longer ones"


@dataclass(frozen=True, slots=True)
class Assembled:
    library: Library
    left_out: tuple[LeftOut, ...]
    notes: Counter[str]
    """What is not quite as it was in the list, and how often."""


def assemble(readings: Iterable[Reading], language: str) -> Assembled:
    readings = tuple(readings)
    entries = [entry for reading in readings for entry in reading.entries]
    groups, shelf, left_out, notes = Groups(entries), Shelf(), list[LeftOut](), Counter[str]()
    for entry in sorted(entries, key=lambda entry: len(entry.parts)):  # what stands alone has the first choice
        try:
            put = shelf.put(tuple(_ways(entry, groups, language)))
        except Refused as e:
            left_out.append(LeftOut(entry.place, e))
        else:
            notes.update(_notes(entry, put.phrase, joined=put.joined))
    exceptions = tuple(dict.fromkeys(wording.plain(words) for reading in readings for words in reading.exceptions))
    unless = (f"@{EXCEPTIONS}",) if exceptions else ()
    phrases = tuple(replace(phrase, unless=unless) for phrase in shelf.phrases)
    words = dict(groups.named_by(phrases)) | ({EXCEPTIONS: exceptions} if exceptions else {})
    library = Library(phrases, {f"{language}.{name}": listed for name, listed in words.items()})
    return Assembled(library, tuple(left_out), notes)


def _ways(entry: Entry, groups: Groups, language: str) -> Iterator[Phrase]:
    """Of words in combination each may be the one looked for, the others near it; Refused where none can be."""
    if not all(key(part.words) for part in entry.parts):
        raise Refused("has no letters")
    if all(named := [named_alone(part.words) for part in entry.parts]):
        raise Refused(f"says no more than {named[0]}, which raises nothing")
    ways = [part for part in entry.parts if len(key(part.words)) >= SHORTEST]
    if not ways:
        raise Refused(f"has fewer than {SHORTEST} letters, too short to look for")
    for sought in sorted(ways, key=_is_whole):
        others = [part for part in entry.parts if part is not sought]
        yield _phrase(entry, sought, others, groups, language)


def _phrase(entry: Entry, sought: Part, others: list[Part], groups: Groups, language: str) -> Phrase:
    beside: list[tuple[str, ...]] = [(wording.plain(part.words),) for part in others] or [groups.near(entry)]
    near, also = (*beside, (), ())[:2]
    said = (sought.words, *(part.words for part in others), groups.companion(entry))
    return Phrase(
        id=f"{language}.{entry.category}.{wording.name(sought.words)}",
        text=wording.text(sought),
        category=entry.category,
        severity=entry.severity,
        gloss=f"Imported from {entry.place.file.name}, line {entry.place.line}.",
        embedded=sought.embedded,
        near=near,
        also=also,
        within=WIDEST if near else 12,
        channels=entry.channels,
        weight=entry.weight,
        hits=(" ".join(" ".join(said).split()),),
    )


def _is_whole(part: Part) -> bool:
    """What is not must be what is looked for: beside it, only whole words are."""
    return not (part.embedded or part.open)


def _notes(entry: Entry, phrase: Phrase, *, joined: bool) -> Iterator[str]:
    if joined:
        yield "joined with an earlier one that is looked for alike"
    beside = {*phrase.near, *phrase.also}
    if any(wording.plain(part.words) in beside for part in entry.parts if not _is_whole(part)):
        yield WHOLE_WORDS
