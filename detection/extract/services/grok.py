"""Grok: what is asked and the answer, a line of JSON for every few words.

Source: xtekky/gpt4free (``Provider/needs_auth/Grok.py``: both addresses, the request's ``message``, the answer's
``token`` and ``isThinking``, and its ``title``).
"""

from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json
from detection.extract.json_path import at
from detection.extract.services.base import Service, known, silent
from detection.extract.services.replies import reply
from detection.extract.services.shapes import objects
from detection.observation import Channel

_CHATS = r"/rest/app-chat/conversations"
_CHAT = _CHATS + r"/(?P<conversation>[\w-]+)"


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    """Of a new conversation under ``result.response``, of a known one under ``result``."""
    for event in events:
        for path in ("result.response", "result"):
            for one in at(event, path):
                if isinstance(one, dict) and not one.get("isThinking") and isinstance(token := one.get("token"), str):
                    yield token


_ASKED = objects(Channel.PROMPT, text="message")
_ANSWERED = reply(_pieces, conversation="result.conversation.conversationId")

GROK = Service(
    name="Grok",
    hosts=("grok.com",),
    chatbot=True,
    known=(
        known(_CHATS + r"/new", _ASKED, sent=True, method="POST"),
        known(_CHAT + r"/responses", _ASKED, sent=True, method="POST"),
        known(_CHATS + r"/new", _ANSWERED, sent=False),
        known(_CHAT + r"/responses", _ANSWERED, sent=False),
        silent(_CHATS + r"(?:/new|/[\w-]+/title)?"),
    ),
)
