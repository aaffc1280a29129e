"""Where sentences begin and end in what is written, in any script."""

import re

GAP = "\x00"
"""Stands for a character that is not known; nothing goes on across it."""
LONGEST = 2000
"""Characters of one sentence that are said; of a longer one what lies round the newest."""

_END = re.compile(r"[.!?…؟۔।]+[\"'”’)»]*\s+|[\n\x00。！？]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese: every letter may be a word."""


def spans(text: str) -> list[tuple[int, int]]:
    """Of the sentences, each with the space that follows it; together they are the whole text."""
    ends = [found.end() for found in _END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(zip([0, *ends], ends, strict=False))


def has_ended(text: str, at: int) -> bool:
    """Whether a sentence ends just before ``at``."""
    return any(found.end() == at for found in _END.finditer(text, max(0, at - 20), at))


def says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def words_within(text: str, low: int, high: int) -> int:
    """Whole words between two places: of one that reaches beyond them nothing counts, where words have spaces."""
    count = 0
    for found in _WORD.finditer(text):
        start, end = max(found.start(), low), min(found.end(), high)
        if start < end:
            whole = (start, end) == found.span()
            count += len(_SPACELESS.findall(text, start, end)) or int(whole)
    return count


def shortened(text: str, low: int, high: int) -> str:
    """A sentence as it is said; ``low`` to ``high``: what is new in it, in characters."""
    if len(text) > LONGEST:
        middle = min(high, max(low, high - LONGEST // 2))
        start = max(0, min(middle - LONGEST // 2, len(text) - LONGEST))
        text = text[start : start + LONGEST]
    return text.replace(GAP, "").strip()
