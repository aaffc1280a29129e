"""The words of a Matrix message: of an edit the new ones, of an answer without what it quotes.

Source: Matrix client-server specification, "m.room.message", "Event replacements" (``m.new_content``) and "Fallbacks
for rich replies" (lines with ``> `` in front).
"""

import re

from detection.extract.json_documents import Json

NEW_CONTENT = "m.new_content"
_QUOTED = re.compile(r"\A> ?<@[^\n]*\n(?:>[^\n]*\n)*\n?")
_NAMES_A_ROOM = re.compile(r"![^\s:]{1,200}(?::\S{1,200})?")


def is_content(value: dict[str, Json]) -> bool:
    return isinstance(value.get("body"), str) and ("msgtype" in value or NEW_CONTENT in value)


def words(content: dict[str, Json]) -> str:
    new = content.get(NEW_CONTENT)
    body = new.get("body") if isinstance(new, dict) else content.get("body")
    return _QUOTED.sub("", body) if isinstance(body, str) else ""


def is_room(key: str) -> bool:
    """A synchronisation lists what is new under the room's identifier: ``!abc:matrix.example``."""
    return key.startswith("!") and _NAMES_A_ROOM.fullmatch(key) is not None
