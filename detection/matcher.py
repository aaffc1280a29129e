"""Find every library phrase in a text in one pass (Aho-Corasick)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from detection.disguise import is_disguised, undisguise
from detection.library import Library, Phrase
from detection.normalise import Normalised, normalise
from detection.search import Found, Searches, WordSearch
from detection.sought import Sought

EXCEPTION = 1
"""The severity of a phrase that says that the words in it mean nothing grave: “I do not want to die”."""
MOST_OF_ONE = 5
"""Matches of one phrase kept in one text: a page that repeats it ten thousand times says no more."""
MOST_APART = 100
"""Phrases that are looked for apart from the large graphs: to build those anew takes seconds."""


@dataclass(frozen=True, slots=True)
class Match:
    phrase: Phrase
    start: int
    end: int
    """Half-open range in the original text, in code points."""
    written: str
    """The matched text as it stood, before normalising."""


Counts = Callable[[Phrase], bool]
_Span = Callable[[int, int], tuple[int, int]]
"""Where some of the words stand in the original."""
_Hit = tuple[int, int, Phrase]
_Place = tuple[int, int, tuple[int, int], Sought]
"""What was found, and the words it stands in."""


class Matcher:
    def __init__(self, library: Library) -> None:
        self._first = library
        self._parts: tuple[_Part, ...] = (_Part(library),)

    def adapted(self, library: Library) -> "Matcher":
        """One for ``library``, made in a moment where it differs from the first in a few phrases only."""
        if not self.is_near(library):
            return Matcher(library)
        made = Matcher.__new__(Matcher)
        made._first = self._first
        other, gone = library.beside(self._first), frozenset(each.id for each in self._first.beside(library))
        made._parts = (self._parts[0].without(gone), *([_Part(Library(other, library.words))] if other else []))
        return made

    def is_near(self, library: Library) -> bool:
        """Whether ``adapted`` makes one for it in a moment, or builds all anew."""
        return library.words == self._first.words and len(library.beside(self._first)) <= MOST_APART

    def find(self, text: str, counts: Counts = lambda _: True) -> list[Match]:
        """In the order of the text. Inside a longer one of its category only what is graver is kept. ``counts``: what
        cannot count where the text stands is passed over before the words beside it are looked at."""
        hits = self._written_plainly(text, counts) + self._written_in_disguise(text, counts)
        return [Match(phrase, start, end, text[start:end]) for start, end, phrase in _outermost(hits)]

    def _written_plainly(self, text: str, counts: Counts) -> list[_Hit]:
        folded = normalise(text)
        return [hit for part in self._parts for hit in part.hits(folded, counts)]

    def _written_in_disguise(self, text: str, counts: Counts) -> list[_Hit]:
        if (hidden := undisguise(text)) is None:
            return []
        words = hidden.text.split()

        def span(first: int, end: int) -> tuple[int, int]:
            return hidden.span(*_letters_of(words, first, end))

        hits = (hit for part in self._parts for hit in part.disguised_hits(words, span, counts))
        return [hit for hit in hits if is_disguised(text[hit[0] : hit[1]])]


class _Part:
    """Some phrases, of which those that are ``gone`` count no longer."""

    def __init__(self, library: Library) -> None:
        self._searches = library.searches or Searches(library)
        self._gone: frozenset[str] = frozenset()

    def without(self, gone: frozenset[str]) -> "_Part":
        made = copy(self)
        made._gone = gone
        return made

    def hits(self, folded: Normalised, counts: Counts) -> Iterator[_Hit]:
        """Ranges of the original."""
        yield from self._word_hits(self._searches.plain, folded.words, folded.span_of_words, counts)
        if self._searches.inside:
            yield from self._hits_inside_words(folded, counts)

    def _hits_inside_words(self, folded: Normalised, counts: Counts) -> Iterator[_Hit]:
        text = folded.text
        places = (
            (first, end, _words_at(text, first, end), sought) for first, end, sought in self._searches.inside.find(text)
        )
        for first, end, sought in self._counting(places, folded.words, counts):
            yield *folded.span(first, end), sought.phrase

    def disguised_hits(self, words: Sequence[str], span: _Span, counts: Counts) -> Iterator[_Hit]:
        return self._word_hits(self._searches.undisguised, words, span, counts)

    def _word_hits(self, search: WordSearch, words: Sequence[str], span: _Span, counts: Counts) -> Iterator[_Hit]:
        places = ((first, end, (first, end), sought) for first, end, sought in search.find(words))
        for first, end, sought in self._counting(places, words, counts):
            yield *span(first, end), sought.phrase

    def _counting(self, places: Iterable[_Place], words: Sequence[str], counts: Counts) -> Iterator[Found]:
        """Each phrase a few times at most."""
        kept: Counter[str] = Counter()
        for first, end, among, sought in places:
            id_ = sought.phrase.id
            if id_ in self._gone or kept[id_] == MOST_OF_ONE or not counts(sought.phrase):
                continue
            if sought.belongs(words, *among):
                kept[id_] += 1
                yield first, end, sought


def _letters_of(words: Sequence[str], first: int, end: int) -> tuple[int, int]:
    """Where ``words[first:end]`` stand in the text they are from."""
    start = len(" ".join(words[:first])) + (2 if first else 1)
    return start, start + len(" ".join(words[first:end]))


def _words_at(text: str, first: int, end: int) -> tuple[int, int]:
    """The words that ``text[first:end]`` stands in."""
    at = text.count(" ", 0, first) - 1
    return at, at + text.count(" ", first, end) + 1


def _plainest(phrase: Phrase) -> tuple[int, int, int, str]:
    text = phrase.text
    return text.count("("), text.count("|"), len(text), phrase.id


def _outermost(hits: list[_Hit]) -> list[_Hit]:
    """What lies inside another of its category goes, unless it is graver and the other is no exception to it; two that
    merely overlap both stay. Of two that say the same of the same words it is the plainest, in any order."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1], -hit[2].severity, *_plainest(hit[2]))):
        covering = (phrase for _, end, phrase in kept if end >= hit[1] and _stands_for(phrase, hit[2]))
        if not any(phrase.severity >= hit[2].severity or phrase.severity == EXCEPTION for phrase in covering):
            kept.append(hit)
    return kept


def _stands_for(longer: Phrase, shorter: Phrase) -> bool:
    """What counts only in some channels, at some ages or with others like it must not hide what counts without."""
    condition = longer.channels, longer.ages, bool(longer.weight)
    always = condition == ((), (), False)
    alike = condition == (shorter.channels, shorter.ages, bool(shorter.weight))
    return longer.category == shorter.category and (always or alike)
