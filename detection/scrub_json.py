"""Mask the secrets in JSON without re-writing the rest, so that broken, guarded and line-wise JSON is cleaned too."""

import json
import re
from dataclasses import dataclass

from detection.scrub_text import MASK, mask_text
from detection.secret_names import is_secret, is_secret_group

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|[{}\[\]:,]|[^\s"{}\[\]:,]++')
_NAMES_A_FIELD = frozenset({"name", "key", "field", "id", "label"})
_HOLDS_IT = frozenset({"value", "values", "val", "v"})
_MOST_VALUES = 8
_KEPT = frozenset({"true", "false", "null"})
_DEEPEST = 4
_COLON = re.compile(r"\s*:")
_MASKED = f'"{MASK}"'


@dataclass(slots=True)
class _Group:
    """An object or list that is still open."""

    secret: bool
    """Everything in it is."""
    is_list: bool = False
    key: str | None = None
    """Whose value comes next."""
    named_secret: bool = False
    """It has ``"name": "password"``, so its ``value`` is secret, before or after."""
    values: tuple[int, ...] = ()
    """Where in the output the values of ``value`` stand."""


def scrub_json(text: str, depth: int = 0) -> str:
    return _Scrubber(depth).run(text)


class _Scrubber:
    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._out: list[str] = []
        self._open = [_Group(secret=False)]

    def run(self, text: str) -> str:
        at = 0
        for found in _TOKEN.finditer(text):
            self._out.append(text[at : found.start()])
            at = found.end()
            self._out.append(self._scrub(found[0], text, at))
        return "".join((*self._out, text[at:]))

    def _scrub(self, piece: str, text: str, after: int) -> str:
        group = self._open[-1]
        if piece in ("{", "["):
            self._enter(group, is_list=piece == "[")
        elif piece in ("}", "]"):
            self._leave()
        elif piece == ",":
            self._end_value(group)
        elif piece != ":":
            if group.key is None and _COLON.match(text, after):
                group.key = _plain(piece)
            else:
                return self._value(piece, group)
        return piece

    def _enter(self, around: _Group, *, is_list: bool) -> None:
        """What stands in a list stands under the list's key."""
        holds = around.named_secret and around.key in _HOLDS_IT
        secret = around.secret or holds or (not is_list and around.key is not None and is_secret_group(around.key))
        self._open.append(_Group(secret=secret, is_list=is_list, key=around.key if is_list else None))

    def _leave(self) -> None:
        if len(self._open) > 1:
            self._open.pop()
        self._end_value(self._open[-1])

    def _end_value(self, group: _Group) -> None:
        if not group.is_list:
            group.key = None

    def _value(self, piece: str, group: _Group) -> str:
        key = group.key
        secret = group.secret or (key is not None and is_secret(key))
        if key in _NAMES_A_FIELD and is_secret(_plain(piece)):
            group.named_secret = True
            for place in group.values:
                self._out[place] = _MASKED
            group.values = ()
        if key in _HOLDS_IT and piece not in _KEPT:
            group.values = (*group.values[-_MOST_VALUES:], len(self._out))
            secret = secret or group.named_secret
        self._end_value(group)
        if secret and piece not in _KEPT:
            return _MASKED
        return self._clean(piece) if piece.startswith('"') else mask_text(piece)

    def _clean(self, piece: str) -> str:
        plain = _plain(piece)
        inside = plain.lstrip()[:1] in ("{", "[") and ":" in plain
        if inside and self._depth >= _DEEPEST:
            return _MASKED
        clean = scrub_json(plain, self._depth + 1) if inside else mask_text(plain)
        return piece if clean == plain else json.dumps(clean)


def _plain(piece: str) -> str:
    """What a string says, also where it is cut off or badly escaped."""
    try:
        return str(json.loads(piece, strict=False))
    except ValueError:
        return piece.strip('"')
