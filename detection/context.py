"""What surrounds a match: negation, first person, quotation, study, news, fiction, a question that seeks help."""

import re
from dataclasses import dataclass

from detection.counter_speech import is_rejected
from detection.cues import Cues, Negation, cues_of
from detection.matcher import Match
from detection.normalise import key
from detection.reach import nearest_first, reached

REACH = 240
"""Characters of the original read on either side of a match."""
_MOST_BETWEEN = 4
"""Small words between a negation and what it denies."""
_SENTENCE_END = re.compile(r"[.!?…؟۔।]+(?=\s|$)|[\n\r]+")
_CLAUSE_END = re.compile(r"[,;:،؛–—]")
_ANSWER = re.compile(r"\W*\w[^\s,،]*\s*[,،]")
"""A sentence that opens with one word and a comma: “No, …” answers something, and denies nothing that follows."""
_QUOTES = (("“", "”"), ("„", "“”"), ("«", "»"))
"""What opens a quotation, and what closes it, in one language or another."""


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
    rejected: bool = False
    """Somebody else's words, repeated in order to reject them."""


def read(text: str, match: Match) -> Surroundings:
    """By the cues of the language the matched phrase is written in."""
    cues = cues_of(match.phrase.language)
    start, end = sentence(text, match.start, match.end)
    leading, following = text[start : match.start], text[match.end : end]
    before, matched, after = (key(part).split() for part in (leading, match.written, following))
    nearby = _nearby(text, match)
    return Surroundings(
        sentence=text[start:end],
        negated=_denied_before(leading, before, matched, cues.negation)
        or _denied_after(following, after, cues.negation),
        first_person=not cues.first_person.isdisjoint(matched)
        or not cues.subjects.isdisjoint([*before[-3:], *matched[:1]]),
        aimed=not cues.aimed.isdisjoint([*before, *matched, *after]),
        setting=_find_setting(nearby, cues) or _find_distance(text, match, before, after, cues),
        help_seeking=any(words in nearby for words in cues.help),
        rejected=is_rejected(leading, before, after, cues),
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


def _denied_before(leading: str, before: list[str], matched: list[str], negation: Negation) -> bool:
    """A negation that reaches the match: nothing but small words stand between them."""
    if _ANSWER.match(leading):
        before = before[1:]
    place = reached(negation.before, before, nearest_first(before, _MOST_BETWEEN), negation.across)
    return place is not None and not _only_seems([*before, *matched[:1]], place, negation.seeming)


def _denied_after(following: str, after: list[str], negation: Negation) -> bool:
    """The same behind the match, as far as the clause goes: a comma begins another."""
    place = reached(negation.after, after, range(min(len(after), _MOST_BETWEEN + 1)), negation.back_across)
    if place is None or _only_seems(after, place, negation.seeming_after):
        return False
    return len(key(_CLAUSE_END.split(following, 1)[0]).split()) > place


def _only_seems(words: list[str], place: int, seeming: tuple[str, ...]) -> bool:
    around = f" {' '.join(words[max(0, place - 2) : place + 2])} "
    return any(phrase in around for phrase in seeming)


def _find_setting(nearby: str, cues: Cues) -> str:
    return next((setting.name for setting in cues.settings if any(word in nearby for word in setting.words)), "")


def _find_distance(text: str, match: Match, before: list[str], after: list[str], cues: Cues) -> str:
    if _quoted(text, match):
        return "a quotation"
    leading, following = f" {' '.join(before)} ", f" {' '.join(after)} "
    distant = any(words in leading for words in cues.distance) or any(w in following for w in cues.distance_after)
    return "somebody who objects to it" if distant else ""


def _quoted(text: str, match: Match) -> bool:
    before, after = text[max(0, match.start - REACH) : match.start], text[match.end : match.end + REACH]
    if before.count('"') % 2 and '"' in after:
        return True
    return any(_stands_open(before, opening, closing, after) for opening, closing in _QUOTES)


def _stands_open(before: str, opening: str, closing: str, after: str) -> bool:
    opened = before.rfind(opening)
    return opened > -1 and opened > max(map(before.rfind, closing)) and any(mark in after for mark in closing)
