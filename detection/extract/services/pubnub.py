"""PubNub, which carries the chats of many sites and games: messages published and received, whatever page they are of.

Source: PubNub's OpenAPI descriptions, "Publish" and "Signal" (``/publish/{pub_key}/{sub_key}/0/{channel}/{callback}/
{payload}``), and "Subscribe V2" (``m``: messages with their channel ``c``, their sender ``i`` and what was published,
``d``); pubnub/javascript, ``src/core/endpoints/publish.ts`` (with ``sendByPost`` the address ends before the payload,
which is the body: any JSON value, a string too), ``publish_file.ts`` (``/v1/files/publish-file``: ``message`` beside
the ``file``), ``fetch_messages.ts`` (``/v3/history/sub-key/{sub_key}/channel/{channels}``: under ``channels`` a list
for each of ``message`` with its ``uuid``), ``add_message_action.ts`` (``type`` and ``value``), ``subscribe.ts`` (with
``e`` 3 what is done to messages); the documentation of the Chat SDK, "Manage message updates", and its predecessor's
(an action ``edited`` or ``updated`` brings a message's new words).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from detection.extract.base import Passage
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import Json, documents
from detection.extract.json_language import Carrier
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.observation import Channel

_PUBLISHED = r"/(?:publish|signal|v1/files/publish-file)/[^/]+/[^/]+/0/(?P<conversation>[^/]+)/[^/]+"
_ACTION = r"/v1/message-actions/[^/]+/channel/(?P<conversation>[^/]+)/message/\d+"
_PARTS = 8
_PARTS_WITH_FILE = 10
"""Of the address before the message, the empty one before the first stroke among them."""
_DONE_TO_A_MESSAGE = "3"
_CHANGED = ("edited", "updated")


def _in_address(call: Call) -> Iterator[Passage]:
    """Strokes within the message are written as ``%2F``, so the address is cut before it is unquoted."""
    parts = _PARTS_WITH_FILE if call.path.startswith("/v1/files/") else _PARTS
    sent = unquote(urlsplit(call.message.url).path.split("/", parts - 1)[-1])
    yield from _said(call, list(documents(sent)), call.conversation)


def _in_body(call: Call) -> Iterator[Passage]:
    yield from _said(call, call.json, call.conversation)


def _received(call: Call) -> Iterator[Passage]:
    for one in call.at("m[]"):
        if not isinstance(one, dict) or "d" not in one:
            continue
        done = first(one, "e") == _DONE_TO_A_MESSAGE
        read = _changed(call, at(one, "d.data"), first(one, "c")) if done else _said(call, [one["d"]], first(one, "c"))
        for passage in read:
            yield replace(passage, author=passage.author or first(one, "i"))


def _listed(call: Call) -> Iterator[Passage]:
    for channels in call.at("channels"):
        for channel, messages in channels.items() if isinstance(channels, dict) else ():
            for one in at(messages, "[]"):
                for passage in _said(call, list(at(one, "message")), unquote(channel)):
                    yield replace(passage, author=passage.author or first(one, "uuid"))


def _edited(call: Call) -> Iterator[Passage]:
    yield from _changed(call, call.json, call.conversation)


def _changed(call: Call, actions: Iterable[Json], conversation: str) -> Iterator[Passage]:
    for action in actions:
        if first(action, "type") in _CHANGED:
            yield from _said(call, [first(action, "value")], conversation)


def _said(call: Call, values: list[Json], conversation: str) -> Iterator[Passage]:
    around = Carrier(
        written=carrier_of(call.message).written, plain=Channel.MESSAGE, conversation=conversation, chat=True
    )
    yield from passages_of([{"text": value} if isinstance(value, str) else value for value in values], around)


PUBNUB = Service(
    name="PubNub",
    hosts=("pndsn.com", "pubnub.com", "pubnubapi.com"),
    known=(
        known(_PUBLISHED + r"/.+", _in_address, sent=True, method="GET"),
        known(_PUBLISHED, _in_body, sent=True, method="POST"),
        known(_ACTION, _edited, sent=True, method="POST"),
        silent(_ACTION, sent=True),
        known(r"/v3/history(?:-with-actions)?/sub-key/[^/]+/channel/[^/]+", _listed, sent=False),
        known(r"/v2/subscribe/[^/]+/[^/]+/0", _received, sent=False),
    ),
)
