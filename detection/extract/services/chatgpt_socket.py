"""ChatGPT's answers that are handed over to its WebSocket: the same events, packed into the messages of a topic.

Source: kymuco/chatgpt-web-adapter, pull request 34 and ``examples/watch_conversation.py``: the event ``stream_handoff``
of an answer over HTTP names a topic, to which the page subscribes at wss://ws.chatgpt.com, and the answer's events
come there. Public programs that follow that socket agree on its messages (to be found by
"conversation-turn-stream"): each is a list of ``{"type": "message", "topic_id", "payload": {"type":
"conversation-turn-stream", "payload": {"type": "stream-item", "stream_item_id", "encoded_item"}}}``, and the answer to
a subscription has such items among its ``catchups``. Read are two fields: ``encoded_item``, which is server-sent events
as text, as over HTTP; and ``stream_item_id``, by which one that comes twice is known.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.media_types import EVENT_STREAM
from detection.extract.services.base import Known, Pieces, Reads, known, silent
from detection.extract.services.call import Call

_HOST = "ws.chatgpt.com"
_ITEM = "encoded_item"
_ROLE = re.compile(r'"role\\?"\s*:\s*\\?"(\w+)')

PIECES = Pieces(one=re.compile(f'"{_ITEM}"'), last=re.compile("message_stream_complete"))


def over_socket(reads: Reads) -> tuple[Known, ...]:
    """``reads`` is how the events of an answer are read that come over HTTP."""

    def read(call: Call) -> Iterator[Passage]:
        return reads(_unpacked(call))

    return (
        known(r"/.*", read, sent=False, frame=True, host=_HOST),
        silent(r"/.*", frame=True, host=_HOST, when=_says_nothing),
    )


def _says_nothing(call: Call) -> bool:
    """Subscriptions, pings, events that are no message's, and what the person asked, which comes back to them."""
    roles = _ROLE.findall(call.text)
    return "assistant" not in roles if roles else "parts" not in call.text


def _unpacked(call: Call) -> Call:
    """Each item once: whoever subscribes anew is given again what came before."""
    items: dict[str, str] = {}
    for number, item in enumerate(call.objects_with(_ITEM)):
        items.setdefault(first(item, "stream_item_id") or f"at {number}", first(item, _ITEM))
    body = "\n\n".join(items.values()).encode("utf-8", "replace")
    return replace(call, message=replace(call.message, media_type=EVENT_STREAM, charset="utf-8", body=body))
