"""What a body is written in that is not UTF-8 and does not say, or says wrongly. Asked only then."""

import re

from charset_normalizer import from_bytes

LOOK_AT = 8192
"""Bytes that decide, from the first that is not ASCII on."""
_NOT_TEXT = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_BEFORE = 64
"""Bytes of context."""
_HIGH = re.compile(rb"[\x80-\xff]+")
_ESCAPED = (b"\x1b$B", b"\x1b$@")
_TELLING = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp874"]
"""Scripts whose every letter lies above ASCII. Between the Latin encodings only a dictionary could tell."""
_LATIN = "cp1252"
_SPACE = 0x20


def wide(body: bytes) -> str:
    """Which UTF-16 or UTF-32 a body without a byte order mark is in; empty if it is in none."""
    head = body[:200]
    if b"\0" not in head or len(head) < 4:
        return ""
    if _is_every_fourth(head):
        return "utf-32-le"
    if _is_every_fourth(head[: len(head) // 4 * 4][::-1]):
        return "utf-32-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 4 >= len(head) and even * 8 <= odd:  # half the bytes of a Latin text, at the least half of those
        return "utf-16-le"  # the other half have them in an emoji here and there
    return "utf-16-be" if even * 4 >= len(head) and odd * 8 <= even else ""


def _is_every_fourth(head: bytes) -> bool:
    """Whether letters stand in every fourth byte, from the first on; of an emoji the third is one."""
    lowest = head[::4]
    return (
        not any(head[3::4]) and max(head[2::4]) <= 1 and 4 * sum(byte >= _SPACE for byte in lowest) >= 3 * len(lowest)
    )


def is_escaped(body: bytes) -> bool:
    """ISO-2022-JP, all of whose bytes are ASCII."""
    return b"\x1b" in body[:LOOK_AT] and any(mark in body[:LOOK_AT] for mark in _ESCAPED)


def guessed(body: bytes) -> str:
    """For bytes that are not UTF-8; empty for those that are no text, or nearly UTF-8."""
    first = _HIGH.search(body)
    if not first or _NOT_TEXT.search(body, 0, LOOK_AT):
        return ""
    sample = body[max(first.start() - _BEFORE, 0) : first.start() + LOOK_AT]
    if _is_mostly_utf_8(sample):
        return ""
    runs = _HIGH.findall(sample)
    if sum(map(len, runs)) < 2 * len(runs):  # single letters with marks among plain ones
        return _LATIN
    best = from_bytes(b" ".join(_words(sample)), steps=3, cp_isolation=_TELLING, preemptive_behaviour=False,
                      enable_fallback=False).best()  # fmt: skip
    return best.encoding if best and best.encoding in _TELLING else _LATIN


def _words(sample: bytes) -> list[bytes]:
    """Those not wholly ASCII: markup says nothing."""
    return [word for word in re.split(rb"[\s<>\"'={}/]+", sample) if not word.isascii()]


def _is_mostly_utf_8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(1 for character in text if character > "\x7f") - bad > bad
