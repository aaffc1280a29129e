"""Discord: messages, threads and forum posts sent over its API, messages listed, found and pushed, and searches.

Source: Discord's developer documentation, discord.com/developers/docs: "Message resource" (Create Message, Get Channel
Messages, Search Guild Messages), "Channel resource" (Start Thread in Forum or Media Channel: ``name`` and ``message``),
"Uploading files" (``payload_json``), "Gateway events" (MESSAGE_CREATE in the ``d`` of an event); the unofficial
documentation at docs.discord.food for searches in tabs. A chat of two people is a channel like any other.

The web client asks its gateway to pack all it sends as one stream (zlib-stream, zstd-stream), of which a frame can be
read only with all frames before: the gateway's ``frame_coding`` follows it. What the client sends goes over the API.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_API = r"/api(?:/v\d+)?"
_ROOM = _API + r"/channels/(?P<conversation>\d+)"
_SEARCH = _API + r"/(?:channels|guilds|users)/(?:\d+|@me)/messages/search"
_AUTHOR = "author.global_name|author.username"


def _sent(call: Call) -> Iterator[Passage]:
    """With files it is a form, and what would have been the body a field of it. Of a thread the name is written too."""
    for body in [*documents(call.form.get("payload_json", ""))] if call.form else call.json:
        for path in ("name", "content|message.content"):
            if said := passage(Channel.MESSAGE, first(body, path), conversation=call.conversation):
                yield said


def _listed(call: Call) -> Iterator[Passage]:
    """Those of a channel, of a search (each among its neighbours), pinned ones, the first ones of a forum's threads."""
    for document in call.json:
        for path in ("[]", "messages[][]", "tabs.messages.messages[][]", "items[].message", "first_messages[]"):
            for message in at(document, path):
                yield from _message(message, call.conversation)


def _pushed(call: Call) -> Iterator[Passage]:
    for event in call.json:
        for message in at(event, "d"):
            yield from _message(message, "")


def _message(message: Json, room: str) -> Iterator[Passage]:
    said = passage(Channel.MESSAGE, first(message, "content"), author=first(message, _AUTHOR),
                   conversation=first(message, "channel_id") or room)  # fmt: skip
    if said:
        yield said


def _searched(call: Call) -> Iterator[Passage]:
    for document in call.json:
        if said := passage(Channel.SEARCH, first(document, "tabs.messages.content")):
            yield said


def _is_no_message(call: Call) -> bool:
    return not any(first(event, "t").startswith("MESSAGE_") for event in call.json)


DISCORD = Service(
    name="Discord",
    hosts=("discord.com", "discordapp.com", "discord.gg"),
    known=(
        known(_ROOM + r"/(?:messages(?:/\d+)?(?:/threads)?|threads)", _sent, sent=True),
        known(_SEARCH, parameter(Channel.SEARCH, "content"), sent=True),
        known(_SEARCH + r"/tabs", _searched, sent=True),
        known(_ROOM + r"/(?:messages(?:/search(?:/tabs)?|/pins)?|pins|threads/search)", _listed, sent=False),
        known(_SEARCH + r"(?:/tabs)?", _listed, sent=False),
        known(r"/", _pushed, frame=True),
        silent(r"/", frame=True, when=lambda call: bool(call.json) and _is_no_message(call)),
        silent(_ROOM + r"/(?:typing|messages/\d+/(?:ack|reactions/.+)|call/.+)", sent=True),
        silent(_API + r"/(?:science|track|metrics/v2|users/@me/settings-proto/\d+|voice/.+)", sent=True),
    ),
)  # fmt: skip
