"""Rocket.Chat: messages sent, listed and pushed on its own servers. On others the general reader reads the same.

Source: Rocket.Chat developer guide (developer.rocket.chat; RocketChat/Rocket.Chat-Open-API): REST API
"chat.sendMessage", "chat.postMessage", "chat.update", "chat.search", "channels.history" and its like,
"rooms.mediaConfirm" (what is said of a file), "users.setStatus"; Realtime API: method "sendMessage", stream
"stream-room-messages". The web client calls methods also over REST, at "method.call/…". Messages with a type ``t`` are
the server's, or encrypted.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, parameter, passage
from detection.observation import Channel

_SAYS = ("sendMessage", "updateMessage")
_API = r"/api/v1/"
_LISTS = (_API + r"(?:(?:channels|groups|im|dm|rooms)\.(?:history|messages)|chat\.(?:search|syncMessages|getMessage"
          r"|getThreadMessages|getPinnedMessages|getStarredMessages))")  # fmt: skip
_SOCKET = r"/websocket|/sockjs/.+"


def _called(call: Call) -> Iterator[Passage]:
    """A method called in a frame, or over REST as JSON in a string."""
    for document in call.json:
        for method in (document, *documents(first(document, "message"))):
            if first(method, "method") in _SAYS:
                for message in at(method, "params[0]"):
                    yield from _message(message, "")


def _about_a_file(call: Call) -> Iterator[Passage]:
    form: dict[str, Json] = {**call.form}
    for said_of_it in [form] if form else call.json:
        if said := passage(Channel.MESSAGE, first(said_of_it, "msg|description"), conversation=call.conversation):
            yield said


def _listed(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for path in ("messages[]", "message", "result.updated[]"):
            for message in at(document, path):
                yield from _message(message, first(message, "u.name|u.username"))


def _pushed(call: Call) -> Iterator[Passage]:
    for document in call.json:
        if first(document, "collection") == "stream-room-messages":
            for message in at(document, "fields.args[]"):
                yield from _message(message, first(message, "u.name|u.username"))


def _message(message: Json, author: str) -> Iterator[Passage]:
    if first(message, "t"):
        return
    if said := passage(Channel.MESSAGE, first(message, "msg"), author=author, conversation=first(message, "rid")):
        yield said


ROCKET_CHAT = Service(
    name="Rocket.Chat",
    hosts=("rocket.chat",),
    known=(
        known(_API + r"chat\.(?:sendMessage|postMessage|update)", objects(Channel.MESSAGE, text="message.msg|text",
              conversation="message.rid|roomId|channel"), sent=True),
        known(_API + r"rooms\.(?:mediaConfirm|upload)/(?P<conversation>\w+)(?:/\w+)?", _about_a_file, sent=True),
        known(_API + r"users\.setStatus", objects(Channel.POST, text="message"), sent=True),
        known(_API + r"method\.call/(?:sendMessage|updateMessage)", _called, sent=True),
        known(_API + r"chat\.search", parameter(Channel.SEARCH, "searchText"), sent=True),
        known(_LISTS, _listed, sent=False),
        known(_SOCKET, _called, sent=True, frame=True),
        known(_SOCKET, _pushed, sent=False, frame=True),
        silent(_SOCKET, frame=True),
        silent(_API + r"(?:spotlight|\w+\.autocomplete[\w.]*|users\.presence)"),
    ),
)  # fmt: skip
