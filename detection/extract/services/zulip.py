"""Zulip: messages sent, listed and pushed on its own servers. On others the general reader reads the same messages.

Source: Zulip REST API (zulip.com/api): "Send a message", "Edit a message", "Get messages" (``narrow`` with the operator
"search"; ``content`` as HTML), "Get events from an event queue" (``message``, and ``update_message`` with the new
``content``), "Create a scheduled message", "Set typing status". The web client calls the same below ``/json``.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_API = r"/(?:json|api/v1)/"
_LISTS = _API + r"(?:messages(?:/\d+)?|events)"


def _sent(call: Call) -> Iterator[Passage]:
    """A topic may be new: what is written there is said too."""
    for name in ("content", "topic"):
        if said := passage(Channel.MESSAGE, call.form.get(name, ""), conversation=call.form.get("to", "")):
            yield said


def _searched(call: Call) -> Iterator[Passage]:
    for narrow in documents(call.query.get("narrow", "")):
        for term in at(narrow, "[]"):
            words = first(term, "operand|[1]") if first(term, "operator|[0]") == "search" else ""
            if said := passage(Channel.SEARCH, words):
                yield said


def _shown(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for path in ("messages[]", "message", "events[].message"):
            for message in at(document, path):
                said = passage(Channel.MESSAGE, first(message, "content"), author=first(message, "sender_full_name"),
                               conversation=first(message, "stream_id|display_recipient|recipient_id"))  # fmt: skip
                if said:
                    yield said
        for event in at(document, "events[]"):
            said = passage(Channel.MESSAGE, first(event, "content"), author=first(event, "user_id"),
                           conversation=first(event, "stream_id"))  # fmt: skip
            if said and first(event, "type") == "update_message":
                yield said


ZULIP = Service(
    name="Zulip",
    hosts=("zulipchat.com", "zulip.com", "chat.zulip.org"),
    known=(
        known(_API + r"(?:scheduled_)?messages(?:/\d+)?", _sent, sent=True, method="POST"),
        known(_API + r"(?:scheduled_)?messages/\d+", _sent, sent=True, method="PATCH"),
        known(_API + r"messages", _searched, sent=True, method="GET"),
        known(_LISTS, _shown, sent=False),
        silent(_LISTS, sent=False),
        silent(_API + r"(?:drafts(?:/\d+)?|typing|users/me/presence|messages/render)"),
    ),
)
