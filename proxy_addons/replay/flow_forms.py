"""Tell recorded flows by how they begin: a dump as mitmproxy writes it, or a HAR as browsers do."""

import re

TELLING = 512
"""Bytes from the beginning that are looked at."""
_DUMP = re.compile(rb"\d{1,12}:\d{1,3}:[a-z_]+[;,]")
"""A length, and in it a dictionary that begins with the name of its first key."""
_HAR = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{')


def is_dump(begins: bytes) -> bool:
    return _DUMP.match(begins) is not None


def is_har(begins: bytes) -> bool:
    return _HAR.match(begins) is not None
