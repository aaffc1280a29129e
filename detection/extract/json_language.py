"""Walk a JSON value and bring out what people wrote, leaving the identifiers, addresses and secrets around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detection.extract.base import Passage
from detection.extract.form_within import fields as form_fields
from detection.extract.formatted_runs import joined
from detection.extract.forum import commented_on, thread_of
from detection.extract.graphql import arguments
from detection.extract.html_page import visible_text
from detection.extract.json_chat import chat_message, envelope
from detection.extract.json_documents import Json, documents
from detection.extract.json_keys import Kind, fields_of, kind_of
from detection.extract.json_turns import ROLES, new_turns, role_of, spoken
from detection.extract.language import is_language, is_short_message
from detection.extract.limits import leave_out
from detection.extract.matrix_event import is_room
from detection.extract.wrapped_text import unwrapped
from detection.observation import Channel
from detection.secret_names import is_secret, words

PRESENCE = frozenset({"online", "offline", "away", "idle", "dnd", "busy", "available", "unavailable", "invisible"})
"""Of these, under a ``status``, nobody has written any."""

_MARKUP = re.compile(r"<[a-zA-Z/][^<>]*>")
_PROGRAM = re.compile(r"\s*(?:query|mutation|subscription|fragment)\b[^{]*\{|\s*\{\s*\w|\s*function\b|\s*import ")
_DEEPEST = 200
_DEEPEST_TEXT = 3
"""JSON in a string in JSON, as often as seen in practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """What the message around a JSON value says about it."""

    written: bool
    """Sent by the person; else shown to them."""
    plain: Channel
    """For language that is nothing more particular."""
    conversation: str = ""
    chat: bool = False
    """It carries chat messages: a frame, or a request to a chat's own address."""


class _Item(NamedTuple):
    value: Json
    key: str
    conversation: str
    depth: int
    texts: int = 0
    """How many strings of JSON it was unpacked from."""


def passages_in(value: Json, carrier: Carrier) -> Iterator[Passage]:
    stack = [_Item(value, "", carrier.conversation, 0)]
    while stack:
        item = stack.pop()
        if isinstance(item.value, str):
            if inner := _unpacked(item):
                stack += reversed(inner)
            elif passage := _passage(item, carrier):
                yield passage
        elif item.depth > _DEEPEST:
            leave_out()
        elif isinstance(item.value, list) and (text := joined(item.value)):
            stack.append(item._replace(value=text, key="text"))
        elif isinstance(item.value, list):
            values = new_turns(item.value) if carrier.written else item.value
            stack += [_Item(v, item.key, item.conversation, item.depth + 1, item.texts) for v in reversed(values) if v]
        elif isinstance(item.value, dict):
            yield from _of_object(item, item.value, carrier, stack)


def _of_object(item: _Item, value: dict[str, Json], carrier: Carrier, stack: list[_Item]) -> Iterator[Passage]:
    if (role := role_of(value)) is not None:
        channel = ROLES[role]
        text = spoken(value)
        if channel and not (carrier.written and channel is Channel.REPLY) and is_short_message(text):
            yield Passage(channel=channel, text=text, conversation=item.conversation)
        return
    chat = chat_message(value, item.conversation, alone=carrier.chat and item.depth <= 2)
    if chat and _unpacked(_Item(chat.text, "", "", item.depth, item.texts)):
        chat = None  # a program's words, and perhaps somebody's among them
    thread = thread_of(value) if carrier.written and carrier.plain is not Channel.PROMPT else ""
    conversation = thread or item.conversation
    if chat:
        thread = thread or (commented_on(value) if carrier.written else "")
        conversation = thread or chat.conversation
        text = readable(chat.text)
        if is_short_message(text):
            channel = Channel.POST if thread and not carrier.chat else Channel.MESSAGE
            yield Passage(channel=channel, text=text, conversation=conversation, author=chat.author)
    named = chat.keys if chat else envelope(value)
    fields = [(k, v) for k, v in fields_of(value) if k not in named]
    stack += reversed([_Item(v, k, k if is_room(k) else conversation, item.depth + 1, item.texts) for k, v in fields])


def _unpacked(item: _Item) -> list[_Item]:
    """The values in a string that is JSON itself, a program with words written out in it, or something wrapped up."""
    text = item.value
    if not isinstance(text, str):
        return []
    if item.texts >= _DEEPEST_TEXT:
        if text[:1] in ("{", "["):
            leave_out()
        return []
    if text.lstrip()[:1] in ("{", "[") and (found := [v for v in documents(text) if isinstance(v, dict | list)]):
        return [_inside(item, item.key, value) for value in found]
    if _PROGRAM.match(text):
        return [
            _inside(item, k, v) for k, v in arguments(text) if not is_secret(k) and kind_of(k) is not Kind.MECHANICAL
        ]
    if form := [_inside(item, k, v) for k, v in form_fields(text) if not is_secret(k)]:
        return form
    plain = unwrapped(text)
    if plain and (plain[:1] in ("{", "[") or kind_of(item.key) is Kind.OTHER):
        return [_inside(item, item.key, plain)]
    return []


def _inside(item: _Item, key: str, value: Json) -> _Item:
    return _Item(value, key, item.conversation, item.depth + 1, item.texts + 1)


def _passage(item: _Item, carrier: Carrier) -> Passage | None:
    kind = kind_of(item.key)
    if kind is Kind.MECHANICAL or not isinstance(item.value, str) or _PROGRAM.match(item.value):
        return None
    if _is_label(item, carrier):
        return None
    text = readable(item.value)
    if not (is_language(text) or (kind is not Kind.OTHER and is_short_message(text))):
        return None
    channel = carrier.plain
    if carrier.written:
        channel = {Kind.SEARCH: Channel.SEARCH, Kind.PROMPT: Channel.PROMPT}.get(kind, channel)
    return Passage(channel=channel, text=text, conversation=item.conversation)


def _is_label(item: _Item, carrier: Carrier) -> bool:
    """Who is there, and what people and rooms are called, in a chat's own frames."""
    last = words(item.key)[-1:]
    if last == ("status",):
        return item.value in PRESENCE
    return carrier.chat and not carrier.written and last in (("name",), ("displayname",))


def readable(text: str) -> str:
    """A message's text without the markup some services send it in."""
    return visible_text(text) if "<" in text and _MARKUP.search(text) else text.strip()
