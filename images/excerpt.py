"""The part of a long text a reviewer needs: the words that matched, with what stands around them."""

from dataclasses import dataclass

AROUND = 600
"""Code points kept on each side of the first range."""
MOST_MARKED, MOST_LINES = 1200, 12

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    parts: tuple[Part, ...]
    cut_before: bool = False
    cut_after: bool = False


def excerpt(text: str, ranges: tuple[Range, ...]) -> Excerpt:
    """Cut ``text`` around the first of ``ranges`` (half-open, code points, leading match first) and mark them all."""
    inside = tuple((a, b) for a, b in ((max(a, 0), min(b, len(text))) for a, b in ranges) if a < b)
    lead = inside[0] if inside else (0, 0)
    lead_end = min(lead[1], lead[0] + MOST_MARKED)
    start = _back(text, lead[0], AROUND)
    end = _on(text, lead_end, AROUND if inside else 2 * AROUND)
    return Excerpt(parts=_parts(text, start, end, _merged(inside)), cut_before=start > 0, cut_after=end < len(text))


def _back(text: str, at: int, most: int) -> int:
    start = max(0, at - most)
    lines = text[start:at].split("\n")
    return start if len(lines) <= MOST_LINES else at - len("\n".join(lines[-MOST_LINES:]))


def _on(text: str, at: int, most: int) -> int:
    end = min(len(text), at + most)
    lines = text[at:end].split("\n")
    return end if len(lines) <= MOST_LINES else at + len("\n".join(lines[:MOST_LINES]))


def _merged(ranges: tuple[Range, ...]) -> list[Range]:
    merged = list[Range]()
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _parts(text: str, start: int, end: int, ranges: list[Range]) -> tuple[Part, ...]:
    parts, at = list[Part](), start
    for a, b in ranges:
        a, b = max(a, start), min(b, end)
        if a >= b:
            continue
        parts += [Part(text[at:a]), Part(text[a:b], marked=True)]
        at = b
    parts.append(Part(text[at:end]))
    return tuple(part for part in parts if part.text)
