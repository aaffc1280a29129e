"""Read a plain list: one phrase a line, and comments behind #."""

import re
from pathlib import Path

from detection.foreign_lists.entry import Entry, LeftOut, Part, Place, Reading, Refused, Wanted
from detection.foreign_lists.headings import category_of
from detection.foreign_lists.source_text import lines

_COMMENT = re.compile(r"^#.*|\s#(\s.*|$)")
"""A hash inside a line is a comment only where it stands alone: “tag #two” is a phrase."""


def read(file: Path, text: str, wanted: Wanted) -> Reading:
    entries, left_out = list[Entry](), list[LeftOut]()
    for place, line in lines(file, text):
        if not (words := _COMMENT.sub("", line).strip()):
            continue
        try:
            entries.append(_entry(place, words, wanted))
        except Refused as e:
            left_out.append(LeftOut(place, e))
    return Reading(tuple(entries), left_out=tuple(left_out))


def part(words: str) -> Part:
    """A star at the end stands for any ending, as in most products."""
    return Part(words.rstrip("* "), open=words.endswith("*"))


def _entry(place: Place, words: str, wanted: Wanted) -> Entry:
    category = category_of("", wanted, "heading")
    return Entry(place=place, parts=(part(words),), category=category, severity=wanted.severity)
