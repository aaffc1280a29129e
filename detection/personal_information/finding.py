"""One thing given away: where it stands, how much of it a reviewer is shown, and whether it is the writer's own."""

import re
from dataclasses import dataclass

from detection.library import Category, Phrase
from detection.matcher import Match

FOUND = "found."
"""How the id of a phrase begins that stands for something of a certain form, not for words."""
_GLOSSES = {
    "phone": "Gives away a phone number, by which a stranger can reach them",
    "address": "Gives away a home address, where a stranger can find them",
    "email": "Gives away an e-mail address, by which a stranger can reach them",
    "password": "Gives away a password",
    "school": "Gives away which school they go to, where a stranger can find them",
}
SEVERITY = 2
HIDDEN = "•"
_WORD = re.compile(r"[^\W\d_]{2,}")
_BEFORE, _AFTER = 80, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    kind: str
    start: int
    end: int
    """Half-open range of the text."""
    shown: str
    """What a reviewer needs of it: enough to recognise it, too little to use it."""
    own: bool
    """Whether the words around it say that it is the writer's."""


def as_match(finding: Finding) -> Match:
    phrase = Phrase(
        id=FOUND + finding.kind,
        text=finding.kind,
        category=Category.PERSONAL_INFORMATION,
        severity=SEVERITY,
        gloss=_GLOSSES[finding.kind],
    )
    return Match(phrase, finding.start, finding.end, finding.shown)


def is_alone(text: str, finding: Finding) -> bool:
    """Whether hardly a word stands beside it: sent for itself, or the value of a form's field."""
    return len(_WORD.findall(text[: finding.start] + " " + text[finding.end :])) < 2


def around(text: str, start: int, end: int) -> str:
    """The words before and after, which say whose it is."""
    return f"{text[max(0, start - _BEFORE) : start]} \n {text[end : end + _AFTER]}".lower().replace("’", "'")
