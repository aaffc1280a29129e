"""The strip above a picture: who, when, where, what and how grave, written by us and out of the page's reach."""

import io
from datetime import datetime
from math import cos, pi, sin
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from detection.levels import WORDS
from images.drawing import Drawing
from images.lettering import Lettering
from images.orders import Box

INK, QUIET, PAPER, LINE, ACCENT, RED = "#1b2128", "#59626e", "#ffffff", "#b9c0c9", "#1f5582", "#b3261e"
MARK = (0xFF, 0xE0, 0x33)
"""The colour the browser gives the words."""
ENOUGH_MARKED = 150
"""Pixels of it that are a word, however large the field around it."""
MOST_NOTE_LINES = 3
_PAD, _SIDE = 20, 44
_STRONG, _PLAIN, _NUMBER = Lettering(19, bold=True), Lettering(16), Lettering(20, bold=True)


def annotated(parts: list[Image.Image], drawing: Drawing, note: str) -> bytes:
    """``parts`` one below the other with the strip above them, as PNG."""
    strip = header(drawing, note, max(part.width for part in parts))
    return png(stacked([strip, *parts]))


def stacked(parts: list[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (max(p.width for p in parts), sum(p.height for p in parts)), PAPER)
    y = 0
    for part in parts:
        whole.paste(part, (0, y))
        y += part.height
    return whole


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def header(drawing: Drawing, note: str, width: int) -> Image.Image:
    notes = _wrapped(note, width - 2 * _PAD - 14, MOST_NOTE_LINES) if note else []
    strip = Image.new("RGB", (width, 84 + (24 * len(notes) + 12 if notes else 0)), PAPER)
    _severity(strip, drawing.severity, (_PAD + _SIDE / 2, 42))
    left = _PAD + _SIDE + 16
    _facts(strip, drawing, left, width - left - _PAD)
    if notes:
        ImageDraw.Draw(strip).rectangle((_PAD, 80, _PAD + 3, 80 + 24 * len(notes)), ACCENT)
    for row, line in enumerate(notes):
        _PLAIN.draw(strip, (_PAD + 14, 93 + 24 * row), line, INK)
    ImageDraw.Draw(strip).line((0, strip.height - 1, width, strip.height - 1), LINE)
    return strip


def _facts(strip: Image.Image, drawing: Drawing, left: float, room: float) -> None:
    """Above, how grave, what and who; below, when and where. What is too long gives way from the right."""
    _line(strip, (left, 29), room, ((_STRONG, concern(drawing), INK), (_STRONG, drawing.who, INK)))
    facts = ((_PLAIN, clock(drawing.when), INK), (_PLAIN, drawing.app, INK), (_PLAIN, place(drawing.where), QUIET))
    _line(strip, (left, 57), room, tuple(fact for fact in facts if fact[1]))


def _line(
    strip: Image.Image, at: tuple[float, float], room: float, said: tuple[tuple[Lettering, str, str], ...]
) -> None:
    x, y = at
    end = x + room
    for lettering, text, fill in said:
        text = lettering.elide(text, max(end - x, 0))
        lettering.draw(strip, (x, y), text, fill)
        x += lettering.width(text) + 28


def _severity(strip: Image.Image, severity: int, centre: tuple[float, float]) -> None:
    """Shape, number, word; colour last. 1–2 a circle, 3 a diamond, 4 a square, 5 a filled red octagon."""
    scale = 4  # drawn large and reduced, so that slanting edges are smooth
    side = _SIDE * scale
    tile = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(tile)
    edge = 3 * scale
    if severity <= 2:
        pen.ellipse((6 * scale, 6 * scale, side - 6 * scale, side - 6 * scale), PAPER, INK, edge)
    elif severity == 3:
        pen.polygon(_corners(4, side / 2 - scale, side / 2, 0), INK)
        pen.polygon(_corners(4, side / 2 - scale - edge * 1.4, side / 2, 0), PAPER)
    elif severity == 4:
        pen.rectangle((5 * scale, 5 * scale, side - 5 * scale, side - 5 * scale), INK)
    else:
        pen.polygon(_corners(8, side / 2 - scale, side / 2, pi / 8), RED)
    small = tile.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    strip.paste(small, (round(centre[0] - _SIDE / 2), round(centre[1] - _SIDE / 2)))
    number = str(severity)
    _NUMBER.draw(strip, (centre[0] - _NUMBER.width(number) / 2, centre[1]), number, INK if severity <= 3 else PAPER)


def _corners(count: int, radius: float, middle: float, turn: float) -> list[tuple[float, float]]:
    turns = (turn + 2 * pi * k / count for k in range(count))
    return [(middle + radius * cos(a), middle + radius * sin(a)) for a in turns]


def _wrapped(text: str, room: float, most: int) -> list[str]:
    lines, words = [""], text.split()
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if _PLAIN.width(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_PLAIN.elide(line, room) for line in lines]


def concern(drawing: Drawing) -> str:
    """How grave and of which kind, in words."""
    category = drawing.category.replace("-", " ").replace("self harm", "self-harm")
    return f"{WORDS[drawing.severity].capitalize()} · {category}"


def place(where: str) -> str:
    """Host and path of an address, without what a query may hold; a window title as it is."""
    try:
        parts = urlsplit(where)
    except ValueError:
        return where
    return f"{parts.hostname}{parts.path.rstrip('/')}" if parts.scheme and parts.hostname else where


def clock(when: datetime) -> str:
    return f"{when:%a} {when.day} {when:%b %Y, %H:%M:%S} {when.tzname() or ''}".strip()


def outlined(picture: Image.Image, boxes: tuple[Box, ...]) -> Image.Image:
    """Round the words, a line that needs no colour to be seen."""
    pen = ImageDraw.Draw(picture)
    for x, y, width, height in boxes:
        pen.rectangle((x - 3, y - 3, x + width + 2, y + height + 2), outline=INK, width=2)
    return picture


def seen(picture: Image.Image, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Those that really show marked words in the picture: not covered by something else, not cut away."""
    return tuple(box for box in boxes if _is_marked(picture, box))


def _is_marked(picture: Image.Image, box: Box) -> bool:
    x, y, width, height = box
    area = (max(int(x) - 3, 0), max(int(y) - 3, 0), min(int(x + width) + 3, picture.width),
            min(int(y + height) + 3, picture.height))  # fmt: skip
    if area[0] >= area[2] or area[1] >= area[3]:
        return False
    piece = picture.crop(area)
    counts = piece.getcolors(piece.width * piece.height) or []
    marked = sum(count for count, colour in counts if colour == MARK)
    return marked >= min((area[2] - area[0]) * (area[3] - area[1]) // 20, ENOUGH_MARKED)
