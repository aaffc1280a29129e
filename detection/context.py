"""What surrounds a match: negation, first person, quotation, study, news, fiction, a question that seeks help."""

import re
from dataclasses import dataclass

from detection.cues import (
    AIMED,
    DENIALS,
    FIRST_PERSON,
    HELP,
    MAY_STAND_BETWEEN,
    NEGATIONS,
    NO_REAL_NEGATIONS,
    SETTINGS,
    SUBJECTS,
)
from detection.matcher import Match
from detection.normalise import key

REACH = 240
"""Characters of the original read on either side of a match."""
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|[\n\r]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands round one match, as far as words can tell."""

    sentence: str
    """As it was written."""
    negated: bool = False
    first_person: bool = False
    """The writer speaks of their own doing or state."""
    aimed: bool = False
    """Somebody is spoken to or of, in the same sentence."""
    setting: str = ""
    """What the words around it belong to, such as “news”; empty where nothing shows."""
    help_seeking: bool = False


def read(text: str, match: Match) -> Surroundings:
    start, end = sentence(text, match.start, match.end)
    before = key(text[start : match.start]).split()
    matched = key(match.written).split()
    nearby = _nearby(text, match)
    return Surroundings(
        sentence=text[start:end],
        negated=_negated(before),
        first_person=not FIRST_PERSON.isdisjoint(matched) or not SUBJECTS.isdisjoint(before[-3:]),
        aimed=not AIMED.isdisjoint(key(text[start:end]).split()),
        setting=_find_setting(nearby) or _find_distance(text, match, before),
        help_seeking=any(words in nearby for words in HELP),
    )


def _nearby(text: str, match: Match) -> str:
    """The words on either side, folded, without the match itself: what is looked for cannot excuse itself."""
    leading, following = text[max(0, match.start - REACH) : match.start], text[match.end : match.end + REACH]
    return f" {key(leading)} \n {key(following)} "


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (or line) that holds the range, at most REACH characters longer on either side."""
    floor = max(0, start - REACH)
    opening = floor
    for found in _SENTENCE_END.finditer(text, floor, start):
        opening = found.end()
    closing = _SENTENCE_END.search(text, end, min(len(text), end + REACH))
    return opening, closing.end() if closing else min(len(text), end + REACH)


def _negated(before: list[str]) -> bool:
    """A negation that reaches the match: nothing but small words stand between them."""
    for back, word in enumerate(reversed(before[-5:]), 1):
        if word in NEGATIONS:
            around = f" {' '.join(before[max(0, len(before) - back - 1) : len(before) - back + 2])} "
            return not any(phrase in around for phrase in NO_REAL_NEGATIONS)
        if word not in MAY_STAND_BETWEEN:
            return False
    return False


def _find_setting(nearby: str) -> str:
    return next((setting.name for setting in SETTINGS if any(word in nearby for word in setting.words)), "")


def _find_distance(text: str, match: Match, before: list[str]) -> str:
    if _quoted(text, match):
        return "a quotation"
    leading = f" {' '.join(before)} "
    return "somebody who objects to it" if any(words in leading for words in DENIALS) else ""


def _quoted(text: str, match: Match) -> bool:
    before, after = text[max(0, match.start - REACH) : match.start], text[match.end : match.end + REACH]
    if before.count('"') % 2 and '"' in after:
        return True
    return before.rfind("“") > before.rfind("”") and "”" in after
