"""What a phrase's text may say beside plain words: alternatives, regular inflections, any ending.

want to (die|be dead)     one of several; an empty one makes the word optional: (really |)
cut~ myself               cut, cuts, cutting …: the regular English forms
hlavn*                    any ending, at the very end of a phrase only: for languages that inflect
"""

import re
from functools import lru_cache
from itertools import product

from detection.normalise import key

MOST = 1000
"""Ways to write one phrase; more are two phrases."""

_PART = re.compile(r"\(([^()]*)\)|([^\s()|*~]+)~|([^\s()|*~]+|\s+)")
_MARKS = re.compile(r"[()|~*]")
_DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")


class PatternError(ValueError):
    """A text that is not of the grammar above; the message says why."""


def is_open(text: str) -> bool:
    """Whether any ending of its last word will do."""
    return text.rstrip().endswith("*")


def expand(text: str) -> tuple[str, ...]:
    """Every plain text a phrase's text stands for, itself first where it is plain; raises PatternError."""
    text = text.strip().removesuffix("*") if is_open(text) else text
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            raise PatternError(f"“{text[at]}” stands where it means nothing")
        parts.append(_ways(found))
        at = found.end()
    texts = tuple(dict.fromkeys(" ".join("".join(chosen).split()) for chosen in product(*parts)))
    if len(texts) > MOST:
        raise PatternError(f"{len(texts)} ways to write it, at most {MOST} are taken")
    return texts


def ways(text: str) -> tuple[str, ...]:
    """The same, folded, each once; raises PatternError."""
    return tuple(dict.fromkeys(map(fold, expand(text))))


def fold(text: str) -> str:
    """What ``key`` gives, word by word: the ways to write phrases are many, and their words few."""
    return " ".join(filter(None, map(_folded_word, text.split())))


@lru_cache(maxsize=50_000)
def _folded_word(word: str) -> str:
    return key(word)


def _ways(found: re.Match[str]) -> tuple[str, ...]:
    alternatives, inflected, plain = found.groups()
    if alternatives is not None:
        each = alternatives.split("|")
        if len(each) < 2 or _MARKS.search(alternatives.replace("|", "").replace("~", "")):
            raise PatternError(f"({alternatives}) must hold alternatives, such as (a|b)")
        if silent := next((one for one in each if one.strip() and not key(one)), None):
            raise PatternError(f"“{silent}” in ({alternatives}) is nothing to look for: signs are left out")
        return tuple(form for one in each for form in _forms(one))
    return inflections(inflected) if inflected else (plain,)


def _forms(alternative: str) -> tuple[str, ...]:
    """An alternative may itself hold words to be inflected."""
    words = [inflections(word[:-1]) if word.endswith("~") else (word,) for word in alternative.split(" ")]
    return tuple(" ".join(chosen) for chosen in product(*words))


def inflections(word: str) -> tuple[str, ...]:
    """The word, with -s, -ed and -ing as English writes them (cut, cuts, cutted, cutting): some that do not exist
    do no harm."""
    if word.endswith("e"):
        return word, f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word, f"{word}es", f"{word}ed", f"{word}ing"
    stem = word + word[-1] if len(word) < 6 and _DOUBLED.search(word) else word
    return word, f"{word}s", f"{stem}ed", f"{stem}ing"
