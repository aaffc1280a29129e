"""Poe: what is asked of a bot, and its answer as the WebSocket pushes it.

Source: snowby666/poe-api-wrapper (``api.py``: ``SendMessageMutation`` and ``ChatHelpersSendNewChatMessageMutation`` at
``gql_POST``, the pushed ``messageAdded`` that repeats the answer so far until its ``state`` is complete,
``ChatPageQuery`` and ``ChatsHistoryPageQuery``).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Pieces, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage, strings
from detection.observation import Channel

_GQL = r"/(?:poe_)?api/gql(?:_upload)?_POST"
_PERSON = ("human", "user")
_ADDED = "messages[].payload.data.messageAdded"


def _asks(query: str) -> bool:
    return "SendMessage" in query or "SendNewChatMessage" in query


def _aside(call: Call) -> bool:
    """Nothing but what the person said, coming back, and news of other kinds."""
    return bool(call.json) and all(first(message, "author") in _PERSON for message in call.at(_ADDED))


def _asked(call: Call) -> Iterator[Passage]:
    """With files the same JSON stands in a form."""
    for body in call.json if not call.form else [call.form.get("queryInfo", "")]:
        if _asks(first(body, "queryName")):
            said = passage(Channel.PROMPT, "\n".join(strings(body, "variables.query")),
                           conversation=first(body, "variables.chatId"))  # fmt: skip
            if said:
                yield said


def _message(message: Json, conversation: str) -> Passage | None:
    channel = Channel.PROMPT if first(message, "author") in _PERSON else Channel.REPLY
    return passage(channel, first(message, "text"), conversation=conversation)


def _opened(call: Call) -> Iterator[Passage]:
    for chat in call.at("data.chatOfCode"):
        for message in at(chat, "messagesConnection.edges[].node"):
            if said := _message(message, first(chat, "chatId|chatCode")):
                yield said


def _pushed(call: Call) -> Iterator[Passage]:
    """Of an answer's growing versions the last one counts; the person's own words come back to them."""
    last: dict[str, Passage] = {}
    for message in call.at(_ADDED):
        said = _message(message, "")
        if said and said.channel is Channel.REPLY:
            last[first(message, "messageId")] = said
    yield from last.values()


POE = Service(
    name="Poe",
    hosts=("poe.com",),
    chatbot=True,
    pieces=Pieces(one=re.compile(r'\\*"messageAdded\\*"'), last=re.compile(r'\\*"state\\*"\s*:\s*\\*"complete')),
    known=(
        known(_GQL, _asked, sent=True, method="POST"),
        known(_GQL, _opened, sent=False),
        silent(_GQL, sent=True, when=lambda call: not _asks(first(call.json[:1], "[0].queryName"))),
        silent(_GQL, sent=False),
        silent(r"/(?:poe_)?api/(?:receive_POST|settings)"),
        known(r"/up/[^/]+/updates", _pushed, sent=False, frame=True),
        silent(r"/up/[^/]+/updates", frame=True, when=_aside),
    ),
)
