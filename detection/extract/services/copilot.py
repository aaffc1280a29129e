"""Copilot: what is asked and answered over its WebSocket, an old conversation opened again; and Bing's chat before it.

Source: xtekky/gpt4free (``Provider/Copilot.py``: the socket's address and its events ``send``, ``appendText``,
``replaceText``, ``done``, ``titleUpdate``, ``suggestedFollowups``); acheong08/EdgeGPT and bincooo/edge-api (Bing's
SignalR messages: type 4 asks, type 1 repeats the answer so far, type 2 holds it whole).
"""

import re
from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.services.base import Pieces, Service, known, silent
from detection.extract.services.replies import reply, turns
from detection.extract.services.shapes import named, objects
from detection.observation import Channel

_SOCKET = r"/c/api/chat"
_HUB = r"/sydney/ChatHub"
_CHATS = r"/c/api/conversations"
_ASIDE = (
    "connected", "received", "startMessage", "partCompleted", "done", "titleUpdate", "suggestedFollowups", "citation",
    "generatingImage", "imageGenerated", "partialImageGenerated", "chainOfThought", "setOptions", "error",
)  # fmt: skip


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    for event in events:
        if first(event, "event") in ("appendText", "replaceText") and isinstance(event, dict):
            yield text if isinstance(text := event.get("text"), str) else ""


COPILOT = Service(
    name="Copilot",
    hosts=("copilot.microsoft.com", "sydney.bing.com"),
    chatbot=True,
    pieces=Pieces(one=re.compile(r'"event"\s*:\s*"appendText"')),
    known=(
        known(_SOCKET, objects(Channel.PROMPT, text="content[].text", conversation="conversationId"), sent=True,
              frame=True),
        known(_SOCKET, reply(_pieces, conversation="conversationId"), sent=False, frame=True),
        silent(_SOCKET, frame=True, when=named("event", *_ASIDE)),
        known(_CHATS + r"/(?P<conversation>[\w-]+)/(?:history|messages)", turns(each="results[]|messages[]",
              who="author.type|author", text="content[].text|text"), sent=False),
        silent(_CHATS + r"(?:/[\w-]+)?"),
        known(_HUB, turns(each="arguments[].message", who="author", text="text",
              conversation="arguments[0].conversationId"), sent=True, frame=True),
        known(_HUB, turns(each="item.messages[]", who="author", text="text",
              conversation="item.conversationId"), sent=False, frame=True),
        silent(_HUB, frame=True, when=named("type", "1", "3", "6", "7")),
    ),
)  # fmt: skip
