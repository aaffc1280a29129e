"""Cheerful pictures drawn from a name: the same name is the same picture, so a page looks the same each time."""

import math
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Painter = Callable[[ImageDraw.ImageDraw, Random, int, int], None]

SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((94, 161, 214), (236, 244, 250)),
    ((246, 174, 120), (253, 233, 205)),
    ((72, 104, 168), (246, 196, 170)),
    ((120, 190, 205), (250, 246, 224)),
    ((58, 76, 128), (214, 158, 178)),
)
GREENS: tuple[Colour, ...] = ((126, 168, 120), (92, 140, 98), (62, 112, 82), (40, 84, 66))


@lru_cache(maxsize=256)
def picture(name: str, width: int, height: int) -> bytes:
    """A JPEG. What it shows is the name's first part: ``pitch-…``, ``city-…``, ``portrait-…``, else hills."""
    random = Random(name)  # noqa: S311 (a drawing, not a secret)
    top, bottom = random.choice(SKIES)
    # Drawn twice as large and brought down: Pillow's shapes have hard edges.
    image = _gradient(top, bottom, width * 2, height * 2)
    PAINTERS.get(name.partition("-")[0], _hills)(ImageDraw.Draw(image), random, width * 2, height * 2)
    small = image.filter(ImageFilter.GaussianBlur(0.8)).resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=84)
    return out.getvalue()


def _gradient(top: Colour, bottom: Colour, width: int, height: int) -> Image.Image:
    column = Image.new("RGB", (1, 64))
    for y in range(64):
        column.putpixel((0, y), _between(top, bottom, y / 63))
    return column.resize((width, height), Image.Resampling.BICUBIC)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hills(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    _sun(draw, random, width, height)
    for layer, colour in enumerate(GREENS):
        base = height * (0.48 + 0.14 * layer)
        swing, length, phase = height * 0.09, width / random.uniform(1.2, 2.6), random.uniform(0, math.tau)
        ridge = [(x, base + swing * math.sin(x / length * math.tau + phase)) for x in range(0, width + 9, 8)]
        draw.polygon([(0, height), *ridge, (width, height)], fill=colour)


def _pitch(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    top = round(height * 0.42)
    draw.rectangle((0, top - height // 9, width, top), fill=(104, 112, 138))
    for _ in range(width // 7):
        x, y = random.randrange(width), random.randrange(top - height // 10, top - 4)
        draw.ellipse((x, y, x + width // 90, y + width // 90), fill=random.choice(SHIRTS))
    for stripe in range(8):
        left, right = stripe * width / 8, (stripe + 1) * width / 8
        spread = [(x - width / 2) * 1.6 + width / 2 for x in (left, right)]
        green = (86, 158, 86) if stripe % 2 else (98, 172, 96)
        draw.polygon([(left, top), (right, top), (spread[1], height), (spread[0], height)], fill=green)
    line = max(3, width // 160)
    draw.line((0, height * 0.72, width, height * 0.72), fill=(240, 246, 238), width=line)
    draw.ellipse((width * 0.36, height * 0.6, width * 0.64, height * 0.84), outline=(240, 246, 238), width=line)
    ball = width // 22
    left, up = random.uniform(0.25, 0.7) * width, height * 0.82
    draw.ellipse((left, up, left + ball, up + ball), fill=(252, 252, 250), outline=(60, 66, 72), width=line // 2)


def _city(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    _sun(draw, random, width, height)
    edge = -20
    while edge < width:
        wide, tall = random.randint(width // 16, width // 9), random.uniform(0.25, 0.62) * height
        _house(draw, random, edge, height, wide, tall)
        edge += wide + random.randint(0, width // 60)


def _house(draw: ImageDraw.ImageDraw, random: Random, edge: int, ground: int, wide: int, tall: float) -> None:
    shade, pane = random.randint(70, 130), max(6, wide // 6)
    draw.rectangle((edge, ground - tall, edge + wide, ground), fill=(shade, shade + 12, shade + 34))
    for left in range(edge + pane, edge + wide - pane, pane * 2):
        for up in range(round(ground - tall) + pane, ground, pane * 3):
            lit = random.random() < 0.4
            draw.rectangle((left, up, left + pane, up + pane), fill=(250, 222, 150) if lit else (150, 168, 190))


def _portrait(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    """A round face of the sort chat programs hand out."""
    draw.rectangle((0, 0, width, height), fill=random.choice(SHIRTS))
    skin, hair = random.choice(SKINS), random.choice(HAIRS)
    cx, head = width / 2, width * 0.24
    draw.ellipse((cx - width * 0.4, height * 0.72, cx + width * 0.4, height * 1.4), fill=random.choice(SHIRTS))
    draw.ellipse((cx - head * 1.12, height * 0.16, cx + head * 1.12, height * 0.62), fill=hair)
    draw.ellipse((cx - head, height * 0.24, cx + head, height * 0.74), fill=skin)
    draw.pieslice((cx - head * 1.05, height * 0.16, cx + head * 1.05, height * 0.56), 180, 360, fill=hair)
    for eye in (cx - head * 0.42, cx + head * 0.42):
        draw.ellipse((eye - head * 0.09, height * 0.46, eye + head * 0.09, height * 0.5), fill=(48, 40, 40))
    draw.arc((cx - head * 0.45, height * 0.5, cx + head * 0.45, height * 0.65), 20, 160, fill=(120, 60, 60), width=4)


def _shapes(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    draw.rectangle((0, 0, width, height), fill=random.choice(((250, 243, 225), (232, 242, 244), (244, 234, 240))))
    for _ in range(26):
        size = random.uniform(0.06, 0.26) * height
        x, y = random.uniform(-0.05, 1) * width, random.uniform(-0.05, 1) * height
        if random.random() < 0.5:
            draw.ellipse((x, y, x + size, y + size), fill=random.choice(SHIRTS))
        else:
            draw.rounded_rectangle((x, y, x + size * 1.3, y + size), size / 5, fill=random.choice(SHIRTS))


def _sun(draw: ImageDraw.ImageDraw, random: Random, width: int, height: int) -> None:
    size, x, y = height * 0.17, random.uniform(0.15, 0.8) * width, random.uniform(0.1, 0.3) * height
    draw.ellipse((x, y, x + size, y + size), fill=(255, 240, 200))
    for _ in range(4):
        cx, cy, wide = (
            random.uniform(0, 1) * width,
            random.uniform(0.05, 0.32) * height,
            random.uniform(0.1, 0.2) * width,
        )
        for step in range(3):
            left = cx + step * wide * 0.28
            draw.ellipse(
                (left, cy - (step == 1) * wide * 0.1, left + wide * 0.5, cy + wide * 0.22), fill=(252, 252, 252)
            )


SHIRTS: tuple[Colour, ...] = (
    (226, 122, 92), (242, 188, 92), (104, 170, 150), (88, 134, 186), (170, 128, 178), (232, 158, 158), (130, 172, 108),
)  # fmt: skip
SKINS: tuple[Colour, ...] = ((246, 214, 186), (224, 178, 142), (182, 130, 94), (132, 88, 62), (98, 64, 46))
HAIRS: tuple[Colour, ...] = ((46, 36, 34), (92, 60, 40), (150, 104, 60), (206, 166, 96), (112, 48, 36))
PAINTERS: dict[str, Painter] = {"pitch": _pitch, "city": _city, "portrait": _portrait, "shapes": _shapes}
