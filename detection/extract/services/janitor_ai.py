"""Janitor AI: what is said to a character, its answer, and an old chat opened again.

Source: unorouter/janitorai-full-export (its user script: ``hampter/chats/<id>`` with ``chatMessages``, each with
``is_bot`` and ``message``; the lists of chats; the request of ``generateAlpha``) and public clients that post such a
message to ``hampter/chats/<id>/messages`` and read ``generateAlpha`` in the pieces OpenAI's API uses. An answer is
stored afterwards by the page itself, and is not the person's then.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, usual_pieces
from detection.extract.services.shapes import passage
from detection.observation import Channel

_CHAT = r"/hampter/chats/(?P<conversation>[\w-]+)"


def _message(message: Json, conversation: str) -> Passage | None:
    bot = isinstance(message, dict) and message.get("is_bot") is True
    return passage(Channel.REPLY if bot else Channel.PROMPT, first(message, "message"), conversation=conversation)


def _sent(call: Call) -> Iterator[Passage]:
    for body in call.json:
        said = _message(body, call.conversation)
        if said and said.channel is Channel.PROMPT:
            yield said


def _opened(call: Call) -> Iterator[Passage]:
    for message in call.at("chatMessages[]"):
        if said := _message(message, call.conversation):
            yield said


JANITOR_AI = Service(
    name="Janitor AI",
    hosts=("janitorai.com",),
    chatbot=True,
    known=(
        known(_CHAT + r"/messages", _sent, sent=True, method="POST"),
        silent(_CHAT + r"/messages(?:/\d+)?"),
        known(_CHAT, _opened, sent=False),
        known(r"/generateAlpha", reply(usual_pieces), sent=False),
        silent(r"/generateAlpha"),
        silent(r"/hampter/chats(?:/character-chats|/character/[\w-]+/chats)?"),
    ),
)
