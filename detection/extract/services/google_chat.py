"""Google Chat: messages sent, listed and pushed, in its own window and within Gmail.

Source: mautrix-googlechat: ``maugclib/googlechat.proto`` (the numbers of the fields), ``client.py`` (below ``/api/``:
``create_topic``, ``create_message``, ``edit_message``, ``list_topics``, ``list_messages``, ``catch_up_…``, and what a
status, a new and a renamed space are called) and ``channel.py`` (events in base64 over ``/webchannel/events``). That
pages also send and get the same fields as JSON lists, answers behind the method's name: Schachte/google-chat-api, its
notes "Protobuf & PBLite" ("dfe.t.lt"). Google's documentation of the Chat API, "spaces.messages", for
chat.googleapis.com.
"""

import base64
import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import documents
from detection.extract.json_within import holding
from detection.extract.protobuf_fields import Value, each, one, text
from detection.extract.services.base import Reads, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_API = r"(?:/u/\d+)?/api/"
_OFFICIAL = r"/v1/(?P<conversation>spaces/[^/]+)/messages(?:/[^/]+)?"
_SYSTEM = "2"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""In a message on the wire before long, for so begin its fields; never in JSON or base64."""
_LOOK_AT = 200


def _sent(call: Call) -> Iterator[Passage]:
    """Of a topic the group is field 5; an answer and an edit name the message or topic above in field 1."""
    for request in _bodies(call, answer=False):
        room = _room(one(request, 5)) or _room(one(request, 1, 4, 3)) or _room(one(request, 1, 1, 4, 3))
        if said := passage(Channel.MESSAGE, text(one(request, 2)), conversation=room):
            yield said


def _named(*numbers: int) -> Reads:
    """What the field that the numbers lead to says of a person or a space."""

    def read(call: Call) -> Iterator[Passage]:
        for request in _bodies(call, answer=False):
            if said := passage(Channel.POST, text(one(request, *numbers))):
                yield said

    return read


def _topics(call: Call) -> Iterator[Passage]:
    for answer in _bodies(call, answer=True):
        for topic in each(answer, 1):
            for message in each(topic, 7):
                yield from _message(message)


def _messages(call: Call) -> Iterator[Passage]:
    for answer in _bodies(call, answer=True):
        for message in each(answer, 1):
            yield from _message(message)


def _missed(call: Call) -> Iterator[Passage]:
    for answer in _bodies(call, answer=True):
        for event in each(answer, 1):
            yield from _event(event)


def _pushed(call: Call) -> Iterator[Passage]:
    for value in call.json:
        for carrier in holding(value, "data"):
            data = carrier["data"]
            for response in _coded(data) if isinstance(data, str) else ():
                yield from _event(one(response, 1))


def _event(event: Value) -> Iterator[Passage]:
    for body in (one(event, 4), *each(event, 8)):
        yield from _message(one(body, 6, 1))


def _message(message: Value) -> Iterator[Passage]:
    if text(one(message, 28)) == _SYSTEM:
        return
    author = text(one(message, 2, 2)) or text(one(message, 2, 1, 1))
    room = _room(one(message, 1, 1, 4, 3))
    if said := passage(Channel.MESSAGE, text(one(message, 10)), author=author, conversation=room):
        yield said


def _room(group: Value) -> str:
    """A space's, or that of two people."""
    return text(one(group, 1, 1)) or text(one(group, 3, 1))


def _bodies(call: Call, *, answer: bool) -> Iterator[Value]:
    """The body as bytes, or its lists; those of an answer have the method's name in front."""
    if _CONTROL.search(call.message.body[:_LOOK_AT]):
        yield call.message.body
        return
    if call.text.lstrip(" \r\n)]}'")[:1] not in ("[", "{"):
        yield from _coded(call.text)
        return
    for document in call.json:
        lists = document if answer and isinstance(document, list) else [document]
        for message in lists:
            named = isinstance(message, list) and message[:1] and isinstance(message[0], str)
            yield message[1:] if answer and named and isinstance(message, list) else message


def _coded(data: str) -> Iterator[Value]:
    if data[:1] == "[":
        yield from documents(data)
        return
    try:
        yield base64.b64decode(data)
    except ValueError:
        return


GOOGLE_CHAT = Service(
    name="Google Chat",
    hosts=("chat.google.com", "chat.googleapis.com"),
    known=(
        known(_API + r"(?:create_topic|create_message|edit_message)", _sent, sent=True),
        known(_API + r"set_custom_status", _named(1, 1), sent=True),
        known(_API + r"create_group", _named(1, 1), sent=True),
        known(_API + r"update_group", _named(2), sent=True),
        known(_API + r"list_topics", _topics, sent=False),
        known(_API + r"list_messages", _messages, sent=False),
        known(_API + r"catch_up_(?:group|user)", _missed, sent=False),
        known(r"(?:/u/\d+)?/webchannel/events(?:_encoded)?", _pushed, sent=False),
        known(_OFFICIAL, objects(Channel.MESSAGE, text="text"), sent=True),
        known(_OFFICIAL, objects(Channel.MESSAGE, each="messages[]", text="text",
              author="sender.displayName|sender.name"), sent=False),
        silent(_API + r"(?:create_topic|create_message|edit_message|list_topics|list_messages)", sent=False),
        silent(_API + r"(?:catch_up_\w+|paginated_world|set_\w+|mark_\w+|get_\w+|update_reaction)"),
        silent(r"(?:/u/\d+)?/webchannel/\w+"),
    ),
)  # fmt: skip
