"""A JSON value that breaks off: a message cut at a limit, or by a connection that ended, up to where it came."""

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # which asks here for what breaks off
    from detection.extract.json_documents import Json

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|["{}\[\],]', re.S)
_CLOSES = {"{": "}", "[": "]"}
_HALF_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\(?:u[0-9a-fA-F]{0,3})?)\Z")
_LONGEST_RUN = 200
"""Of backslashes."""
_NEAR = 10
"""Characters before the end: a word or a number that was cut is noticed where it begins."""


def is_cut(error: json.JSONDecodeError) -> bool:
    """Whether what failed to be read wanted nothing but more of it."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(error.doc) - _NEAR


def up_to_the_cut(text: str, start: int) -> "Json":
    """The value that begins at ``start``, with what had come of its last text; None where there is nothing in it."""
    if text.find('"', start) < 0:
        return None
    closers: list[str] = []
    safe = start
    """Before here nothing is left half said."""
    for token in _TOKEN.finditer(text, start):
        mark = token[0]
        if mark == '"':
            return _loaded(_without_half_an_escape(text[start:]) + '"', closers) or _loaded(text[start:safe], closers)
        if mark in _CLOSES:
            closers.append(_CLOSES[mark])
        elif mark in "}]":
            if not closers or closers.pop() != mark:
                return None
        elif mark != ",":
            continue
        safe = token.start() if mark == "," else token.end()
    return _loaded(text[start:], closers) or _loaded(text[start:safe], closers)


def _loaded(text: str, closers: list[str]) -> "Json":
    try:
        value: Json = json.loads(text + "".join(reversed(closers)))
    except (ValueError, RecursionError):
        return None
    return value or None


def _without_half_an_escape(text: str) -> str:
    half = _HALF_ESCAPE.search(text, max(0, len(text) - _LONGEST_RUN))
    return text[: half.start(1)] if half else text
