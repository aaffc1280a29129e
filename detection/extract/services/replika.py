"""Replika: what is said to it and what it says, over its WebSocket.

Source: devidw/replika-chat-export (``main.js``: the socket and its ``history``) and
IntenseSunlight/replika_backup_colab (its ``ReplikaWebSocketHandler``): ``payload`` with ``content.text`` and ``meta``,
where ``nature`` is Customer or Robot.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_SOCKET = r"/v\d+"


def _message(message: Json, conversation: str) -> Passage | None:
    channel = Channel.PROMPT if first(message, "meta.nature") == "Customer" else Channel.REPLY
    return passage(channel, first(message, "content.text"), conversation=first(message, "meta.chat_id") or conversation)


def _aside(call: Call) -> bool:
    """Commands and signs of life, and what the person said, coming back."""
    return all(first(frame, "event_name") != "message" or first(frame, "payload.meta.nature") == "Customer"
               for frame in call.json)  # fmt: skip


def _pushed(call: Call) -> Iterator[Passage]:
    """One message, where the person's own come back to them, or an opened history."""
    for payload in call.at("payload"):
        one = _message(payload, "")
        if one and one.channel is Channel.REPLY:
            yield one
        for message in at(payload, "messages[]"):
            if said := _message(message, first(payload, "chat_id")):
                yield said


REPLIKA = Service(
    name="Replika",
    hosts=("replika.com", "replika.ai"),
    chatbot=True,
    known=(
        known(_SOCKET, objects(Channel.PROMPT, each="payload", text="content.text", conversation="meta.chat_id"),
              sent=True, frame=True),
        known(_SOCKET, _pushed, sent=False, frame=True),
        silent(_SOCKET, frame=True, when=_aside),
    ),
)  # fmt: skip
