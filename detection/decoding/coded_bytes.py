"""Words written as the bytes they are made of: Base64, hexadecimal, binary, percent encoding."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from detection.decoding.pieces import Piece

LONGEST = 4_000
"""Characters of one coded run."""
MOST = 40
"""Coded runs of one text."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{7,}={0,2}")
_HEX = re.compile(r"(?<![0-9a-z])(?:(?:\\x|0x)?(?:[2-7][0-9a-f]|0[ad])[ :,;-]?){4,}(?![0-9a-z])", re.I)
"""Letters, digits and spaces begin with 2 to 7."""
_HEX_MARKS = re.compile(r"\\x|0x|[^0-9a-f]", re.I)
_BINARY = re.compile(r"[01]{7,8}(?: ?[01]{8}){2,}(?![01])")
_PERCENT = re.compile(r"[^\s%]*(?:%[0-9a-f]{2}[^\s%]*)+", re.I)
_FEWEST_DIGITS = 4
_LEAST_WORDLIKE = 0.8
"""Share of letters, digits and spaces in what people write; chance bytes have far less."""


def from_base64(text: str) -> list[Piece]:
    return _found(_BASE64, text, _base64)


def from_hex(text: str) -> list[Piece]:
    return _found(_HEX, text, _hex) if _has_digits(text) else []


def from_binary(text: str) -> list[Piece]:
    return _found(_BINARY, text, _binary) if _has_digits(text) else []


def from_percent(text: str) -> list[Piece]:
    return _found(_PERCENT, text, _percent) if "%" in text else []


def reads_like_words(text: str) -> bool:
    """Whether decoded bytes are something said: readable throughout, and nearly all of it words."""
    if not all(character.isprintable() or character in "\t\r\n" for character in text):
        return False
    wordlike = sum(character.isalnum() or character.isspace() or character in "'’" for character in text)
    return wordlike >= len(text) * _LEAST_WORDLIKE and sum(map(str.isalpha, text)) >= 3


def _has_digits(text: str) -> bool:
    """Far quicker than the expressions, and most of what people write has none."""
    written = text.encode("ascii", "ignore")
    return len(written) - len(written.translate(None, b"0123456789")) >= _FEWEST_DIGITS


def _found(coded: re.Pattern[str], text: str, decode: Callable[[str], str]) -> list[Piece]:
    return list(_pieces(coded, text, decode))


def _pieces(coded: re.Pattern[str], text: str, decode: Callable[[str], str]) -> Iterator[Piece]:
    number = 0
    for found in coded.finditer(text):
        if found.end() - found.start() > LONGEST or not (said := decode(found[0])):
            continue
        yield Piece(found.start(), found.end(), said)
        number += 1
        if number == MOST:
            return


def _base64(token: str) -> str:
    if token.islower() or token.istitle() or token.isdigit():
        return ""  # an ordinary word
    padded = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _words(base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True))
    except binascii.Error:
        return ""


def _hex(run: str) -> str:
    digits = _HEX_MARKS.sub("", run)
    return "" if len(digits) % 2 else _words(bytes.fromhex(digits))


def _binary(run: str) -> str:
    bits = run.replace(" ", "")
    bits = bits.zfill(-(-len(bits) // 8) * 8)
    return _words(int(bits, 2).to_bytes(len(bits) // 8, "big"))


def _percent(run: str) -> str:
    said = unquote(run.replace("+", " "), errors="replace")
    return "" if "\ufffd" in said else said


def _words(content: bytes) -> str:
    try:
        said = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return said if reads_like_words(said) else ""
