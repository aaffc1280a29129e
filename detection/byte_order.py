"""The marks that a text's first bytes may be, and the encodings they stand for."""

import codecs

WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
"""UTF-32's before UTF-16's, one of which it begins with. No browser knows it, but programs and files use it."""
MARKS = ((codecs.BOM_UTF8, "utf-8"), *WIDE)
_ALL, _WIDE = (tuple(mark for mark, _ in marks) for marks in (MARKS, WIDE))


def is_marked(body: bytes) -> bool:
    return body.startswith(_ALL)


def is_marked_wide(body: bytes) -> bool:
    """As a text whose letters have zero bytes among them."""
    return body.startswith(_WIDE)
