"""Turns of a conversation with a chatbot, in the shapes the well-known services use."""

from collections.abc import Iterator
from typing import Final

from detection.extract.json_documents import Json
from detection.observation import Channel

ROLES: Final = {
    "user": Channel.PROMPT, "human": Channel.PROMPT,
    "assistant": Channel.REPLY, "model": Channel.REPLY, "bot": Channel.REPLY, "ai": Channel.REPLY,
    "chatbot": Channel.REPLY, "gpt": Channel.REPLY,
    "system": None, "developer": None, "tool": None, "function": None,
}  # fmt: skip
"""Instructions and tool results are nobody's words."""

_SPOKEN = ("content", "parts", "text", "message")
_DEEPEST = 4


def role_of(value: dict[str, Json]) -> str | None:
    """The role a turn names, if the object is one: who speaks, and something said."""
    if not any(key in value for key in _SPOKEN):
        return None
    author = value.get("author")
    for role in (value.get("role"), author.get("role") if isinstance(author, dict) else author, value.get("sender")):
        if isinstance(role, str) and role.casefold() in ROLES:
            return role.casefold()
    return None


def spoken(value: dict[str, Json]) -> str:
    return "\n".join(_texts(value, 0)).strip()


def new_turns(values: list[Json]) -> list[Json]:
    """Of a conversation sent along whole, what is new: everything since the last reply."""
    for at in range(len(values) - 1, -1, -1):
        value = values[at]
        if isinstance(value, dict) and (role := role_of(value)) and ROLES[role] is Channel.REPLY:
            return values[at + 1 :]
    return values


def _texts(value: Json, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST and isinstance(value, list):
        for item in value:
            yield from _texts(item, depth + 1)
    elif depth < _DEEPEST and isinstance(value, dict):
        for key in _SPOKEN:
            if key in value:
                yield from _texts(value[key], depth + 1)
                return
