"""Words of other products as ours may say them: in a phrase's text, in a list of words, in a name."""

import hashlib
import re

from detection.foreign_lists.entry import Part
from detection.normalise import key

LONGEST_NAME = 60
_MARKS = re.compile(r"[()|~*]|^@")
"""What means something in a phrase's text or list; in theirs it is only written."""


def plain(words: str) -> str:
    """The same words, in which nothing stands for anything else."""
    return key(words) if _MARKS.search(words.strip()) else " ".join(words.split())


def text(part: Part) -> str:
    return f"{plain(part.words)}*" if part.open else plain(part.words)


def name(words: str) -> str:
    """Lower-case letters, digits and hyphens; the same words have the same name, whatever else is in the list."""
    folded = key(words)
    slug = "-".join(re.findall("[a-z0-9]+", folded))
    if slug == folded.replace(" ", "-") and 0 < len(slug) <= LONGEST_NAME:
        return slug
    digest = hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug[:LONGEST_NAME].strip('-')}-{digest}".lstrip("-")
