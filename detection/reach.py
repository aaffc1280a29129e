"""Whether a word reaches another one: nothing but small words stand between them."""

from collections.abc import Iterable, Sequence, Set


def reached(wanted: Set[str], words: Sequence[str], places: Iterable[int], across: Set[str]) -> int | None:
    """Where the first of ``wanted`` stands, if all that come before it in ``places`` are words of ``across``."""
    for place in places:
        if words[place] in wanted:
            return place
        if words[place] not in across:
            return None
    return None


def nearest_first(words: Sequence[str], between: int) -> range:
    """Places in words that stand before something, from its side, as far as ``between`` of them may lie between."""
    return range(len(words) - 1, max(-1, len(words) - between - 2), -1)
