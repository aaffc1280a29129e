"""Grok: what is asked and the answer, a line of JSON for every few words.

Source: xtekky/gpt4free (``Provider/needs_auth/Grok.py``: both addresses, the request's ``message``, the answer's
``token`` and ``isThinking``, and its ``title``); elizaOS/agent-twitter-client, ``src/grok.ts``, for Grok within X (at
``add_response.json`` the request's ``responses``, of which ``sender`` 1 is the person, the answer's
``result.message``).
"""

from collections.abc import Iterable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_CHATS = r"/rest/app-chat/conversations"
_ON_X = r"/2/grok/add_response\.json"
_PERSON = "1"
_CHAT = _CHATS + r"/(?P<conversation>[\w-]+)"


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    """Of a new conversation under ``result.response``, of a known one under ``result``."""
    for event in events:
        for path in ("result.response", "result"):
            yield from _words(event, path, "token")


def _pieces_on_x(events: Iterable[Json]) -> Iterator[str]:
    for event in events:
        yield from _words(event, "result", "message")


def _words(event: Json, path: str, name: str) -> Iterator[str]:
    for one in at(event, path):
        if isinstance(one, dict) and not one.get("isThinking") and isinstance(words := one.get(name), str):
            yield words


def _asked_on_x(call: Call) -> Iterator[Passage]:
    """What came before may be sent along: only what follows the last answer is new."""
    for body in call.json:
        said = list(at(body, "responses[]"))
        new = next((n for n in range(len(said), 0, -1) if first(said[n - 1], "sender") != _PERSON), 0)
        for one in said[new:]:
            if found := passage(Channel.PROMPT, first(one, "message"), conversation=first(body, "conversationId")):
                yield found


_ASKED = objects(Channel.PROMPT, text="message")
_ANSWERED = reply(_pieces, conversation="result.conversation.conversationId")

GROK = Service(
    name="Grok",
    hosts=("grok.com", "grok.x.com"),
    chatbot=True,
    known=(
        known(_CHATS + r"/new", _ASKED, sent=True, method="POST"),
        known(_CHAT + r"/responses", _ASKED, sent=True, method="POST"),
        known(_CHATS + r"/new", _ANSWERED, sent=False),
        known(_CHAT + r"/responses", _ANSWERED, sent=False),
        known(_ON_X, _asked_on_x, sent=True, method="POST", host="grok.x.com"),
        known(_ON_X, reply(_pieces_on_x, conversation="conversationId"), sent=False, host="grok.x.com"),
        silent(_CHATS + r"(?:/new|/[\w-]+/title)?"),
    ),
)
