"""PubNub, which carries the chats of many sites and games: messages published and received, whatever page they are of.

Source: PubNub's OpenAPI descriptions, "Publish" and "Signal" (``/publish/{pub_key}/{sub_key}/0/{channel}/{callback}/
{payload}``), and "Subscribe V2" (``m``: messages with their channel ``c``, their sender ``i`` and what was published,
``d``); pubnub/javascript, ``src/core/endpoints/publish.ts`` (with ``sendByPost`` the address ends before the payload,
which is the body: any JSON value, a string too).
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from detection.extract.base import Passage
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import Json, documents
from detection.extract.json_language import Carrier
from detection.extract.json_path import first
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.observation import Channel

_PUBLISHED = r"/(?:publish|signal)/[^/]+/[^/]+/0/(?P<conversation>[^/]+)/[^/]+"
_PARTS = 8
"""Of the address before the message, the empty one before the first stroke among them."""


def _in_address(call: Call) -> Iterator[Passage]:
    """Strokes within the message are written as ``%2F``, so the address is cut before it is unquoted."""
    sent = unquote(urlsplit(call.message.url).path.split("/", _PARTS - 1)[-1])
    yield from _said(call, list(documents(sent)), call.conversation)


def _in_body(call: Call) -> Iterator[Passage]:
    yield from _said(call, call.json, call.conversation)


def _received(call: Call) -> Iterator[Passage]:
    for one in call.at("m[]"):
        if isinstance(one, dict) and "d" in one:
            for passage in _said(call, [one["d"]], first(one, "c")):
                yield replace(passage, author=passage.author or first(one, "i"))


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
        known(r"/v2/subscribe/[^/]+/[^/]+/0", _received, sent=False),
    ),
)
