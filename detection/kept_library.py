"""A library with all that is built of it, in one piece: who opens it starts at once, and makes only what it meets."""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from detection import kept_sections
from detection.beginnings import SWIFT, Room
from detection.kept_sections import Piece, Sections
from detection.library import Library, Phrase, phrase_of, row_of
from detection.search import Searches, SearchTables, tables_of
from detection.vocabulary import SIZE
from detection.word_graph import NUMBERS, WordGraph
from detection.word_tables import Meanings, WordTables

_LETTERS = "latin-1"


class KeptPhrases(Sequence[Phrase]):
    """Each made when it is asked for, and not remembered."""

    def __init__(self, rows: memoryview, starts: Sequence[int]) -> None:
        self._rows, self._starts = rows, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, place: int) -> Phrase: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Phrase]: ...
    def __getitem__(self, place: int | slice) -> Phrase | Sequence[Phrase]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return phrase_of(json.loads(self._row(place % len(self))))

    def rows(self) -> Iterator[bytes]:
        return map(self._row, range(len(self)))

    def _row(self, place: int) -> bytes:
        return bytes(self._rows[self._starts[place] : self._starts[place + 1]])


@dataclass(frozen=True)
class KeptLibrary(Library):
    built: Searches | None = field(default=None, init=False, compare=False, repr=False)
    """Not of what is made of it by ``replace``."""

    @property
    def searches(self) -> Searches | None:
        return self.built

    def beside(self, other: Library) -> tuple[Phrase, ...]:
        """Row by row, where both were opened: to make all phrases of both takes much of what was saved."""
        if other is self or not (isinstance(self.phrases, KeptPhrases) and isinstance(other.phrases, KeptPhrases)):
            return super().beside(other)
        known = set(other.phrases.rows())
        return tuple(phrase_of(json.loads(row)) for row in self.phrases.rows() if row not in known)


def packed(library: Library, name: str, more: Mapping[str, Any] | None = None) -> bytes:
    """``name``: of what it was made of. ``more``: what whoever opens it wants to know beside it, as JSON values."""
    rows = [json.dumps(row_of(phrase), separators=(",", ":")).encode() for phrase in library.phrases]
    about = {
        "name": name,
        "version": library.version,
        "languages": sorted(library.languages),
        "words": {name: list(words) for name, words in library.words.items()},
        "embedded": [place for place, phrase in enumerate(library.phrases) if phrase.embedded],
        "more": more or {},
    }
    tables = tables_of(library)
    sections = {
        "about": json.dumps(about).encode(),
        "phrases": b"".join(rows),
        "phrase starts": array(NUMBERS, _starts(map(len, rows))).tobytes(),
        **dict(_written("plain", tables.plain)),
        **dict(_written("undisguised", tables.undisguised)),
    }
    return kept_sections.packed(sections)


def renamed(piece: Piece, name: str, more: Mapping[str, Any]) -> bytes:
    """As ``packed``, of the library that lies in a piece that was ``opened``."""
    sections = kept_sections.unpacked(piece) or {}
    about = json.loads(bytes(sections["about"])) | {"name": name, "more": more}
    return kept_sections.packed({**sections, "about": json.dumps(about).encode()})


def opened(piece: Piece, name: str, room: Room = SWIFT) -> tuple[KeptLibrary, Mapping[str, Any]] | None:
    """The library, and what was packed beside it; None unless it is whole, and of that name."""
    if (sections := kept_sections.unpacked(piece)) is None:
        return None
    about = json.loads(bytes(sections["about"]))
    if about["name"] != name:
        return None
    phrases = KeptPhrases(sections["phrases"], _numbers(sections["phrase starts"]))
    words = {name: tuple(listed) for name, listed in about["words"].items()}
    library = KeptLibrary(phrases, words)
    tables = SearchTables(_tables("plain", sections), _tables("undisguised", sections))
    embedded = Library([phrases[place] for place in about["embedded"]], words)
    known = {"version": about["version"], "languages": frozenset(about["languages"])}
    known["built"] = Searches(library, embedded, tables, room)
    library.__dict__.update(known)  # what a cached property would have to go through all phrases for
    kept_sections.let_go(piece)
    return library, about["more"]


def _written(name: str, tables: WordTables) -> Iterator[tuple[str, bytes]]:
    for what, codes in (("codes", tables.codes), ("stems", tables.stems)):
        yield f"{name} {what}", "\n".join(codes).encode()
        yield f"{name} {what} are", "".join(codes.values()).encode(_LETTERS)
    graph, meanings = tables.graph, tables.meanings
    for what, numbers in zip(
        _NUMBERS, (graph.words, graph.targets, graph.starts, graph.ends, meanings.starts, meanings.places), strict=True
    ):
        yield f"{name} {what}", array(NUMBERS, numbers).tobytes()


_NUMBERS = "words", "targets", "starts", "ends", "meanings", "meant"


def _tables(name: str, sections: Sections) -> WordTables:
    words, targets, starts, ends, meanings, meant = (_numbers(sections[f"{name} {what}"]) for what in _NUMBERS)
    return WordTables(
        codes=_codes(f"{name} codes", sections),
        stems=_codes(f"{name} stems", sections),
        graph=WordGraph(words, targets, starts, ends),
        meanings=Meanings(meanings, meant),
    )


def _numbers(section: memoryview) -> Sequence[int]:
    return section.cast(NUMBERS)


def _codes(name: str, sections: Sections) -> Mapping[str, str]:
    words, codes = bytes(sections[name]).decode(), bytes(sections[f"{name} are"]).decode(_LETTERS)
    shared = dict[str, str]()
    each = (codes[at : at + SIZE] for at in range(0, len(codes), SIZE))
    return dict(zip(words.split("\n"), (shared.setdefault(code, code) for code in each), strict=True)) if words else {}


def _starts(lengths: Iterable[int]) -> Iterator[int]:
    at = 0
    yield at
    for length in lengths:
        at += length
        yield at
