"""Text that a program wrapped up in a string: Base64 of JSON or of a sentence, a ``data:`` address with text.

What people code themselves is ``detection.decoding``'s; this is only for strings under names where nobody writes.
"""

import base64
import binascii
import re
import zlib
from urllib.parse import unquote_to_bytes

from detection.extract.language import is_language
from detection.extract.limits import cut, inflated
from detection.extract.text_runs import text_of

_SHORTEST = 20
_LONGEST = 2 << 20
_SAMPLE = 64
"""Characters that decide whether it is worth it: most such strings are keys and pictures."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_GZIP = "H4sI"
"""How gzip begins in Base64."""
_DATA = re.compile(r"data:(?:text/(?:plain|html|markdown|csv)|application/json)?(?:;[\w=.-]{1,60}){0,3},", re.I)


def unwrapped(text: str) -> str:
    """What it says, where that is JSON or language; else nothing."""
    if len(text) < _SHORTEST or " " in text[:_SAMPLE]:
        return ""
    if text[:5].lower() == "data:":
        return _from_address(text)
    if text.startswith(_GZIP):
        return _from_gzip(cut(text, _LONGEST))
    sample = text[:_SAMPLE]
    if sample.islower() or sample.isupper() or not _BASE64.fullmatch(sample) or not _from_base64(sample):
        return ""  # hexadecimal, for one, is of one case, and is what most such strings are
    inside = _from_base64(cut(text, _LONGEST))
    return inside if inside[:1] in ("{", "[") or is_language(inside) else ""


def _from_address(text: str) -> str:
    found = _DATA.match(text)
    if not found:
        return ""
    content = cut(text[found.end() :], _LONGEST)
    return _from_base64(content) if found[0].lower().endswith(";base64,") else text_of(unquote_to_bytes(content)) or ""


def _from_gzip(coded: str) -> str:
    try:
        packed = base64.b64decode(_usual(coded)[: len(coded) // 4 * 4])
        return text_of(inflated(zlib.decompressobj(zlib.MAX_WBITS | 16), packed, _LONGEST)) or ""
    except (binascii.Error, ValueError, zlib.error):
        return ""


def _from_base64(coded: str) -> str:
    """Of a sample, a letter that broke off is left out."""
    plain = _usual(coded.rstrip("="))
    try:
        content = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return text_of(content) or (text_of(content[:-3]) or "" if len(coded) == _SAMPLE else "")


def _usual(coded: str) -> str:
    """The letters of addresses as those of mails."""
    return coded.replace("-", "+").replace("_", "/")
