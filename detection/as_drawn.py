"""A text as it is seen: each letter and sign in its plainest form, nothing that does not show, and where each stood."""

import re
import unicodedata
from collections.abc import Sequence

from detection.folding import is_mark, letter
from detection.normalise import without_entities

_REMEMBERED = 20_000
"""Characters."""
_FLAGS = r"(?<=[^\s🇦-🇿])(?:[🇦-🇿]{2})+(?![🇦-🇿])|(?<![🇦-🇿])(?:[🇦-🇿]{2})+(?=[^\s🇦-🇿])"
"""Letters in pairs are drawn as flags; beside a word they are none of its letters."""
PARTING = "\n"
"""What an emoji or an unusual space is drawn as: it parts words even where their letters have spaces between them."""
_NOT_PLAIN = re.compile(rf"{_FLAGS}|[^\x00-\x7f]")
_FLAG = re.compile(_FLAGS)


class _Seen(dict[int, str | None]):
    """Each character as plainly as it can be drawn, so that it is a letter, a sign, or (None) nothing to be seen."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        seen = character if character.isascii() else _drawn(character) or None
        if len(self) < _REMEMBERED:
            self[code] = seen
        return seen


def _drawn(character: str) -> str:
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1 and compatible.isascii() and compatible != " ":
        return compatible
    if unicodedata.category(character) == "Sk":
        return ""  # the colour of a hand
    folded = letter(character)
    return PARTING if folded == " " else folded if len(folded) == 1 else character if folded else ""


_SEEN = _Seen()


def drawn(original: str) -> str:
    """What is to be seen; a flag beside a word is still letters here."""
    read = without_entities(original)
    return read if read.isascii() else read.translate(_SEEN)


def holds_flags(original: str) -> bool:
    """Whether flags stand beside words."""
    return not original.isascii() and _FLAG.search(original) is not None


def as_drawn(original: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """What is to be seen, and where each character of it begins and ends in the original."""
    read = without_entities(original)
    if read.isascii():
        return read, range(len(read)), range(1, len(read) + 1)
    seen: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    plain = 0
    for found in _NOT_PLAIN.finditer(read):
        start, end = found.span()
        seen.append(read[plain:start])
        starts.extend(range(plain, start))
        ends.extend(range(plain + 1, start + 1))
        plain = end
        if shown := found[0].translate(_SEEN) if end - start == 1 else PARTING:
            seen.append(shown)
            starts.append(start)
            ends.append(end)
        elif ends and (is_mark(read[start]) or (ends[-1] == start and _goes_on(original, read, start))):
            ends[-1] = end  # a mark belongs to its letter, and so does the rest of an entity
    seen.append(read[plain:])
    starts.extend(range(plain, len(read)))
    ends.extend(range(plain + 1, len(read) + 1))
    return "".join(seen), starts, ends


def _goes_on(original: str, read: str, at: int) -> bool:
    return read[at] != original[at] != "&"
