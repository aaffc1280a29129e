"""The text of a list, however the program that wrote it spelt its letters."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from detection.foreign_lists.entry import Place

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(file: Path) -> str:
    """UTF-8 or UTF-16 with a mark at its beginning, UTF-8 without, or what Windows writes. OSError; ValueError where
    it is no text at all."""
    text = _decoded(file.read_bytes())
    if "\0" in text:
        raise ValueError(f"{file}: is not a text file, or one in UTF-16 without its mark; save it as UTF-8")
    return text


def lines(file: Path, text: str) -> Iterator[tuple[Place, str]]:
    """The lines that are not blank, without the spaces around them, numbered as an editor numbers them."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.strip():
            yield Place(file, number), line.strip()


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
