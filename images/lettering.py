"""One line of text in any script on a Pillow picture: each letter from the first font that has it."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

MOST_LETTERS = 1000
"""More never fits on one line of a picture."""
FONTS = Path("/usr/share/fonts")
_EMOJI = "NotoColorEmoji.ttf"
_EMOJI_SIZE = 109
"""The one size its bitmaps come in."""
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_NO_CHARACTER = "\U0010ffff"
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Lettering:
    """Text of one size and weight."""

    def __init__(self, size: int, *, bold: bool = False) -> None:
        self.size, self._bold = size, bold

    def width(self, text: str) -> float:
        return sum(self._length(file, run) for file, run in self._runs(_plain(text)))

    def draw(self, picture: Image.Image, at: tuple[float, float], text: str, fill: str) -> None:
        """With the middle of its small letters' height at ``at``'s y, beginning at ``at``'s x."""
        x, y = at
        for file, run in self._runs(_plain(text)):
            if file.endswith(_EMOJI):
                self._paste(picture, (x, y), run)
            else:
                # "ls": y is the base line, the same for every font.
                ImageDraw.Draw(picture).text((x, y + self.size * 0.36), run, fill, _font(file, self.size), anchor="ls")
            x += self._length(file, run)

    def elide(self, text: str, room: float) -> str:
        """``text``, or as much of its beginning as fits, with an ellipsis."""
        text = _plain(text)
        if len(text) < MOST_LETTERS and self.width(text) <= room:
            return text
        least, most = 0, len(text)
        while least < most:
            middle = (least + most + 1) // 2
            if self.width(text[:middle].rstrip() + "…") <= room:
                least = middle
            else:
                most = middle - 1
        return text[:least].rstrip() + "…"

    def _runs(self, text: str) -> list[tuple[str, str]]:
        """Neighbouring letters of one font. Spaces and accents stay with the letter before: words keep their order."""
        runs = list[tuple[str, str]]()
        for letter in text:
            stays = letter.isspace() or unicodedata.category(letter).startswith("M")
            file = runs[-1][0] if runs and stays and _has(runs[-1][0], letter) else self._file(letter)
            if runs and runs[-1][0] == file:
                runs[-1] = (file, runs[-1][1] + letter)
            else:
                runs.append((file, letter))
        return runs

    def _file(self, letter: str) -> str:
        return _first_with(letter, self._bold)

    def _length(self, file: str, run: str) -> float:
        if file.endswith(_EMOJI):
            return len(run) * self.size * 1.25
        return _font(file, self.size).getlength(run)

    def _paste(self, picture: Image.Image, at: tuple[float, float], run: str) -> None:
        side = round(self.size * 1.2)
        for index, letter in enumerate(run):
            large = Image.new("RGBA", (136, 128))
            ImageDraw.Draw(large).text((0, 0), letter, font=_font(_face(_EMOJI), _EMOJI_SIZE), embedded_color=True)
            small = large.resize((side, side))
            picture.paste(small, (round(at[0] + index * self.size * 1.25), round(at[1] - side / 2)), small)


def _plain(text: str) -> str:
    """One line, without characters that are not seen: some of them turn round whatever stands near."""
    text = " ".join(text[:MOST_LETTERS].split())
    return "".join(c for c in text if not unicodedata.category(c).startswith("C") and c not in _VARIANTS)


@lru_cache(maxsize=4096)
def _first_with(letter: str, bold: bool) -> str:
    faces = _faces(bold)
    return next((file for file in faces if _has(file, letter)), faces[0])


@lru_cache(maxsize=2)
def _faces(bold: bool) -> tuple[str, ...]:
    """Font files in the order they are tried; the empty name is Pillow's own font, for a machine without any."""
    heavy = ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf") if bold else ()
    first = (*heavy, "NotoSans-Regular.ttf", "DejaVuSans.ttf", "NotoSansArabic-Regular.ttf")
    rest = sorted(str(f) for f in FONTS.rglob("Noto*-Regular.tt[fc]"))
    named = [face for name in first if (face := _face(name))]
    return tuple(dict.fromkeys([*named, *rest, *filter(None, [_face(_EMOJI)])])) or ("",)


@lru_cache(maxsize=64)
def _face(name: str) -> str:
    return next((str(f) for f in sorted(FONTS.rglob(name))), "")


@lru_cache(maxsize=512)
def _font(file: str, size: int) -> Font:
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)


@lru_cache(maxsize=16384)
def _has(file: str, letter: str) -> bool:
    """A font without a letter draws the same box for it as for what is no character at all."""
    if letter.isspace():
        return True
    font = _font(file, _EMOJI_SIZE if file.endswith(_EMOJI) else 16)
    mask, missing = font.getmask(letter), font.getmask(_NO_CHARACTER)
    return bool(mask.getbbox()) and (mask.size, bytes(mask)) != (missing.size, bytes(missing))
