"""Bytes to text as a browser would: byte order mark, header, the page's own word, else UTF-8; and where that is plainly
wrong, by the bytes themselves."""

import codecs
import re
from functools import lru_cache

from detection.byte_order import MARKS
from detection.extract.base import Message
from detection.extract.charset_guess import guessed, is_escaped, wide

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
    "koi8-u", "mac-cyrillic", "mac-roman", "tis-620", "shift_jis", "utf-8", "utf-16", "utf-16-le", "utf-16-be",
    "utf-32", "utf-32-le", "utf-32-be",
})  # fmt: skip
"""The web's encodings by Python's names. Others Python knows (punycode, UTF-7 …) are slow on purpose-made bytes."""

_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
                   "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "utf-16": "utf-16-le",
                   "utf-32": "utf-32-le", "iso8859-11": "cp874", "tis-620": "cp874"}  # fmt: skip
_LABELS = {
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "iso88591": "cp1252", "x-sjis": "cp932",
    "windows-31j": "cp932", "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp", "x-gbk": "gb18030",
    "csgb2312": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "cn-big5": "big5", "x-x-big5": "big5",
    "cseuckr": "cp949", "ksc_5601": "cp949", "ks_c_5601-1989": "cp949", "windows-949": "cp949", "dos-874": "cp874",
    "windows-874": "cp874", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u", "mac": "mac-roman",
    "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic",
    "logical": "iso8859-8", "visual": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6", "sun_eu_greek": "iso8859-7", "csisolatin9": "iso8859-15",
    "unicode": "utf-16-le", "ucs-2": "utf-16-le", "csunicode": "utf-16-le", "iso-10646-ucs-2": "utf-16-le",
    "unicodefeff": "utf-16-le", "unicodefffe": "utf-16-be",
}  # fmt: skip
"""Those of the Encoding Standard that Python does not know."""
_CUT = "unexpected end of data"
"""Python's word for a last letter that broke off."""
_SINGLE = ("cp125", "iso8859")
"""Encodings any bytes are readable in, so that a wrong label goes unnoticed."""


def decode(message: Message) -> str:
    """The body as text; what cannot be decoded becomes U+FFFD."""
    body = message.body
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    codec = codec_of(message.charset) or _declared(body) or "utf-8"
    if codec == "utf-8" or (codec.startswith(_SINGLE) and not body.isascii()):
        return _utf_8(body, codec)
    return body.decode(codec, "replace")


def _utf_8(body: bytes, codec: str) -> str:
    """Bytes that are UTF-8 throughout were meant as UTF-8, and other bytes were not, whatever the label says."""
    try:
        text = body.decode()
    except UnicodeDecodeError as e:
        if found := wide(body):
            return body.decode(found, "replace")
        if codec == "utf-8" and e.reason != _CUT:
            codec = guessed(body) or codec
        return body.decode(codec, "replace")
    if "\0" in text[:_META_WITHIN] and (found := wide(body)):
        return body.decode(found, "replace")
    return body.decode("iso2022_jp", "replace") if is_escaped(body) else text


def _declared(body: bytes) -> str:
    head = body[:_META_WITHIN]
    found = _META.search(head) if b"<" in head else None
    if not found:
        return ""
    codec = codec_of((found[1] or found[2]).decode("ascii", "replace"))
    return "utf-8" if codec.startswith(("utf-16", "utf-32")) else codec  # it was readable as ASCII, so it is neither


@lru_cache(maxsize=256)
def codec_of(label: str) -> str:
    """Python's name for a charset label, or nothing for an unknown one."""
    label = label.strip(" \"'").lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return ""
    return _AS_BROWSERS_DO.get(name, name) if name in _READABLE else ""
