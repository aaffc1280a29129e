"""A form's fields in a string: how pages that keep a WebSocket open send what was typed, such as Phoenix's live ones
(``phoenix``)."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

_FIELD = r"[\w.%\[\]-]{1,200}=[^\s=&]*"
_FORM = re.compile(rf"(?:{_FIELD}&)*{_FIELD}")
_BLANK = re.compile(r"\+|%20")
_NAME = re.compile(r"[^\]\[]+")
_LONGEST, _MOST = 100_000, 200


def fields(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each; nothing where the text is no form, or no two words stand in it. Of a name in brackets
    (``message[body]``) it is the last part that says what the field is for."""
    if len(text) > _LONGEST or not _BLANK.search(text) or text.count("&") > _MOST or not _FORM.fullmatch(text):
        return
    for name, value in parse_qsl(text, errors="replace"):
        yield last_name(name), value


def last_name(name: str) -> str:
    """``body`` of ``message[body]``."""
    return _NAME.findall(name)[-1] if _NAME.search(name) else name
