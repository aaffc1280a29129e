"""Bytes to text as a browser would: byte order mark, header, the page's own word, else UTF-8."""

import codecs
import re
from functools import lru_cache

from detection.extract.base import Message

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,40})""",
    re.I,
)
_META_WITHIN = 1024
"""Bytes; as far as browsers look."""

_READABLE = frozenset({
    "ascii", "big5", "big5hkscs", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp866", "cp874", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "iso2022_jp",
    "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
    "iso8859-9", "iso8859-10", "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r",
    "koi8-u", "mac-roman", "shift_jis", "utf-8", "utf-16", "utf-16-le", "utf-16-be",
})  # fmt: skip
"""The web's encodings by Python's names. Others Python knows (punycode, UTF-7 …) are slow on purpose-made bytes."""

_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
                   "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "utf-16": "utf-16-le"}  # fmt: skip


def decode(message: Message) -> str:
    """The body as text; what cannot be decoded becomes U+FFFD."""
    body = message.body
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    return body.decode(codec_of(message.charset) or _declared(body) or "utf-8", "replace")


def _declared(body: bytes) -> str:
    head = body[:_META_WITHIN]
    found = _META.search(head) if b"<" in head else None
    if not found:
        return ""
    codec = codec_of((found[1] or found[2]).decode("ascii", "replace"))
    return "utf-8" if codec.startswith("utf-16") else codec  # it was readable as ASCII, so it is not UTF-16


@lru_cache(maxsize=256)
def codec_of(label: str) -> str:
    """Python's name for a charset label, or nothing for an unknown one."""
    try:
        name = codecs.lookup(label.strip(" \"'")).name if label else ""
    except (LookupError, ValueError):
        return ""
    return _AS_BROWSERS_DO.get(name, name) if name in _READABLE else ""
