"""A text as the set of its words and short runs of letters, each given a number (hashing)."""

import re
from itertools import pairwise
from zlib import crc32

from detection.model.wordpiece import plain

KINDS = 1 << 17
"""Numbers there are; different runs may share one."""
SHORTEST, LONGEST = 3, 5
"""Letters of a run."""
LONGEST_TEXT = 96
"""Words read at once."""
_WORDS = re.compile(r"[^\W_]+|[^\w\s]")


def runs(text: str) -> list[int]:
    """Numbers below ``KINDS``, each once."""
    words = _WORDS.findall(plain(text))[:LONGEST_TEXT]
    found = {f"w {word}" for word in words}
    found.update(f"p {one} {two}" for one, two in pairwise(words))
    found.update(f"s {one} {two}" for one, two in zip(words, words[2:], strict=False))
    for word in dict.fromkeys(words):
        run = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            found.update(run[start : start + size] for start in range(len(run) - size + 1))
    return sorted({crc32(each.encode()) % KINDS for each in found})
