"""What is looked for: a phrase, and the words beside it that decide, folded once for all texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detection.library import Phrase, Words
from detection.word_lists import resolved


class Nearby:
    """Folded words, one of which is looked for beside a match: single ones all at once."""

    __slots__ = ("firsts", "runs", "singles")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.singles = frozenset(word for word in words if " " not in word)
        self.runs = tuple(f" {word} " for word in words if " " in word)
        self.firsts = self.singles.union(run.split()[0] for run in self.runs)
        """Where none of these stands, nothing does: that is so nearly everywhere, and soon seen."""

    def __bool__(self) -> bool:
        return bool(self.firsts)

    def found(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """A run of words does not go across the match between the two."""
        if self.firsts.isdisjoint(before) and self.firsts.isdisjoint(after):
            return False
        if not (self.singles.isdisjoint(before) and self.singles.isdisjoint(after)):
            return True
        if not self.runs:
            return False
        beside = f" {' '.join(before)} \n {' '.join(after)} "
        return any(run in beside for run in self.runs)


@dataclass(frozen=True, slots=True)
class Sought:
    phrase: Phrase
    near: Nearby
    also: Nearby
    unless: Nearby

    def belongs(self, words: Sequence[str], first: int, end: int) -> bool:
        """Whether the words beside ``words[first:end]`` are as the phrase wants them."""
        if not (self.near or self.also or self.unless):
            return True
        within = self.phrase.within
        beside = words[max(0, first - within) : first], words[end : end + within]
        return (
            (not self.near or self.near.found(*beside))
            and (not self.also or self.also.found(*beside))
            and not self.unless.found(*beside)
        )


class Lists:
    """Word lists, each folded once however many phrases name it."""

    def __init__(self, words: Words, fold: Callable[[str], str]) -> None:
        self._words, self._fold = words, fold
        self._known: dict[tuple[str, tuple[str, ...]], Nearby] = {}

    def sought(self, phrase: Phrase) -> Sought:
        near, also, unless = (self._nearby(phrase, named) for named in (phrase.near, phrase.also, phrase.unless))
        return Sought(phrase, near, also, unless)

    def _nearby(self, phrase: Phrase, named: tuple[str, ...]) -> Nearby:
        if (known := self._known.get((phrase.language, named))) is None:
            known = Nearby(tuple(dict.fromkeys(map(self._fold, resolved(phrase, named, self._words)))))
            self._known[phrase.language, named] = known
        return known
