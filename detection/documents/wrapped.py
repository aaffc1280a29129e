"""The documents in a JSON body, where programs that know no other way put a file: as Base64 in a string, with or
without ``data:…;base64,`` before it."""

import re
from collections.abc import Iterator

from detection.extract.mail.headers import unpacked_base64

_BEGINS = (rb"JVBERi0", rb"UEsDB", rb"e1xydG", rb"0M8R4KGx")
"""A PDF, a zip and all that are made of one, RTF, the old formats, in Base64."""
_WRAPPED = re.compile(rb'["\',]((?:%s)(?:[\w+/-]|\\/){20,}+)' % b"|".join(_BEGINS))
"""Slashes may be escaped."""


def holds_wrapped(body: bytes) -> bool:
    return any(begins in body for begins in _BEGINS) and _WRAPPED.search(body) is not None


def wrapped(body: bytes) -> Iterator[bytes]:
    for found in _WRAPPED.finditer(body):
        yield unpacked_base64(found[1].replace(b"\\/", b"/").translate(_PLAIN))


_PLAIN = bytes.maketrans(b"-_", b"+/")
