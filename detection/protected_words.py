"""Whom and what a phrase of a school's own may not single out just like that: people on roll, faith, seeking help."""

import tomllib
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

from detection.bare_words import is_bare
from detection.helplines import host_of, is_helpline
from detection.library import Phrase
from detection.normalise import key
from detection.pattern import expand, is_open

FILE = Path(__file__).with_name("protected_words.toml")
SUBJECTS = {
    "unions": "trade unions",
    "faith": "faith",
    "politics": "politics",
    "helplines": "helplines and asking for help",
}
"""By the name of the list, as people call it."""
HELPLINE = "a helpline"
WHO = "who somebody is, what they believe or how they are"
_SHORTEST_NAME = 3
"""Letters of a name that says by itself who is meant."""
_SHORTEST_BEGINNING = 4
"""Letters after which any ending stands for the words that begin so."""


def touched(phrase: Phrase, people: Set[str]) -> tuple[str, ...]:
    """What the phrase singles out, in words. ``people``: names as the school writes them."""
    texts = tuple(_texts(phrase))
    names = ("a person on roll",) if any(_names_somebody(text, people) for text in texts) else ()
    return names + tuple(said for name, said in SUBJECTS.items() if _speaks_of(phrase, texts, _lists()[name]))


def no_more_than(phrase: Phrase) -> str:
    """``WHO`` where the phrase alone says that and asks for nothing beside it; else empty."""
    return WHO if not (phrase.near or phrase.also) and all(map(is_bare, expand(phrase.text))) else ""


def named_alone(words: str) -> str:
    """What words name that raises nothing by itself: ``WHO``, or a helpline; empty where they say more."""
    if is_bare(words):
        return WHO
    return HELPLINE if key(words) in _lists()["helplines"] or is_helpline(host_of(words)) else ""


def _texts(phrase: Phrase) -> Iterator[str]:
    """Everything of it that decides whether it is found, folded, with spaces around it."""
    asked = [word for word in (*phrase.near, *phrase.also) if not word.startswith("@")]
    return (f" {key(text)} " for text in (*expand(phrase.text), *asked))


def _speaks_of(phrase: Phrase, texts: tuple[str, ...], words: frozenset[str]) -> bool:
    if any(f" {word} " in text for text in texts for word in words):
        return True
    single = [word for word in words if " " not in word]
    for own in map(key, expand(phrase.text)):
        beginning = own.rpartition(" ")[2]
        if is_open(phrase.text) and len(beginning) >= _SHORTEST_BEGINNING:
            if any(word.startswith(beginning) for word in single):
                return True
        elif phrase.embedded and any(own in word for word in single):
            return True
    return False


def _names_somebody(text: str, people: Set[str]) -> bool:
    said, run_together = set(text.split()), text.replace(" ", "")
    for name in people:
        parts = key(name).split()
        if len(parts) > 1 and (said.issuperset(parts) or "".join(parts) in run_together):
            return True
        if any(len(part) >= _SHORTEST_NAME and part in said for part in set(parts) - _lists()["ordinary"]):
            return True
    return False


@cache
def _lists() -> dict[str, frozenset[str]]:
    tables = tomllib.loads(FILE.read_text("utf-8"))
    return {name: frozenset(map(key, table["words"])) for name, table in tables.items()}
