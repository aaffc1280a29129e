"""Words in context: a text cut to what surrounds its matches, with the matches marked."""

from collections.abc import Iterable

from detection.marked_text import Range, Stretch, merged, stretch

AROUND = 300
"""Characters kept before and after a match."""
MOST = 12
"""Stretches of one text."""


def stretches(text: str, ranges: Iterable[Range]) -> tuple[Stretch, ...]:
    """In the order of the text. Of one in which nothing is marked, its beginning."""
    marks = merged((max(0, start), min(end, len(text))) for start, end in ranges)
    windows = merged((max(0, start - AROUND), min(len(text), end + AROUND)) for start, end in marks)
    windows = windows[:MOST] or [(0, min(len(text), 2 * AROUND))]
    return tuple(stretch(text, window, marks) for window in windows)
