"""Whether a sentence repeats somebody else's words in order to reject them: “people who say … are wrong”."""

import re

from detection.cues import Cues
from detection.normalise import key
from detection.reach import nearest_first, reached

_MOST_BETWEEN = 5
"""Small words between “say” and what is said."""
_NEW_CLAUSE = re.compile(r"[,;–—](?!\s*[\"'“‘„«])")
"""“Stop saying that, …” says what follows itself; a comma before a quotation does not part them."""


def is_rejected(leading: str, before: list[str], after: list[str], cues: Cues) -> bool:
    """Somebody says it, it is judged wrong in the same sentence, and the writer does not agree: all three, or what is
    meant could as well be hate. ``before``, ``after``: the sentence's other words, folded; ``leading`` as written."""
    if not _said_by_others(before, cues):
        return False
    around = f" {' '.join(before)} \n {' '.join(after)} "
    rejects, agrees = cues.counter_speech.rejects, cues.counter_speech.agrees
    if not any(words in around for words in rejects) or any(words in around for words in agrees):
        return False
    return _said_by_others(key(_NEW_CLAUSE.split(leading)[-1]).split(), cues)


def _said_by_others(before: list[str], cues: Cues) -> bool:
    speech = cues.counter_speech
    place = reached(speech.repeats, before, nearest_first(before, _MOST_BETWEEN), speech.across)
    return place is not None and cues.subjects.isdisjoint(before[max(0, place - 1) : place])
