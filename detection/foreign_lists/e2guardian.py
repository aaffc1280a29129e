"""Read a phrase list of e2guardian or DansGuardian: banned, weighted or exception.

< word >            the word; without a space, also inside a longer word
<one>,<another>     both on the same page
<words><40>         weighs 40; a page with 100 or so is refused
"""

import re
from pathlib import Path

from detection.foreign_lists.entry import Entry, LeftOut, Part, Place, Reading, Refused, Wanted
from detection.foreign_lists.headings import category_of
from detection.foreign_lists.source_text import lines

MOST_PARTS = 3
"""A phrase, one word near it and one more: our grammar goes no further."""
_LINE = re.compile(
    r"(?P<parts><[^<>]+>(?:\s*,\s*<[^<>]+>)*)(?:\s*<(?P<weight>-?\d+)%?>)?\s*(?:#.*)?"
)  # a weight of 50% is half of what a page may have, as 50 is of ours
_PART = re.compile(r"<([^<>]+)>")
_HEADING = re.compile(r"#\s*listcategory:\s*[\"'](.*)[\"']", re.IGNORECASE)


def read(file: Path, text: str, wanted: Wanted) -> Reading:
    heading, exempting = "", "exception" in file.name.casefold()
    entries, exceptions, left_out = list[Entry](), list[str](), list[LeftOut]()
    for place, line in lines(file, text):
        if found := _HEADING.match(line):
            heading = found[1]
        if line.startswith("#"):
            continue
        try:
            parts, weight = _read_line(line)
            if exempting and not weight:
                exceptions.append(_exception(parts))
            else:
                entries.append(_entry(place, parts, weight, heading, wanted))
        except Refused as e:
            left_out.append(LeftOut(place, e))
    return Reading(tuple(entries), tuple(exceptions), tuple(left_out))


def _read_line(line: str) -> tuple[tuple[Part, ...], int]:
    if line.casefold().startswith(".include"):
        raise Refused("includes another list; name that file too", line.partition("<")[2].partition(">")[0])
    found = _LINE.fullmatch(line)
    if found is None:
        raise Refused("is not <phrase>, <phrase>,<phrase> or <phrase><weight>")
    weight = found["weight"]
    if weight is not None and int(weight) == 0:
        raise Refused("weighs nothing")
    return tuple(_part(words) for words in _PART.findall(found["parts"])), int(weight or 0)


def _part(words: str) -> Part:
    """Theirs may also end a longer word (“ing >”): that is taken for anywhere inside it, the next that there is."""
    begins, ends = words[0].isspace(), words[-1].isspace()
    return Part(words.strip(), embedded=not begins, open=begins and not ends)


def _exception(parts: tuple[Part, ...]) -> str:
    if len(parts) > 1:
        raise Refused("is an exception for words in combination, which a phrase cannot say")
    return parts[0].words


def _entry(place: Place, parts: tuple[Part, ...], weight: int, heading: str, wanted: Wanted) -> Entry:
    if weight < 0:
        raise Refused("has a negative weight, which a phrase cannot say")
    if len(parts) > MOST_PARTS:
        raise Refused(f"combines more than {MOST_PARTS} phrases, which a phrase cannot say")
    return Entry(
        place=place,
        parts=parts,
        category=category_of(heading, wanted, "list category"),
        severity=wanted.severity,
        weight=min(weight, 100),
    )
