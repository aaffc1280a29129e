"""Twitch: chat beside a stream, and the whispers that are pushed.

Source: Twitch's documentation, "IRC Concepts" and "Sending and Receiving Chat Messages" (irc-ws.chat.twitch.tv,
PRIVMSG, tags), and "PubSub" (whispers); twitch4j/twitch4j, ``TwitchPubSub.java`` (a whisper's ``data`` is JSON in a
string); crowbartools/Firebot (hermes.twitch.tv carries the same in ``notification.pubsub``).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.limits import at_most
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import parameter, passage
from detection.extract.services.twitch_graphql import KNOWN as GRAPHQL
from detection.observation import Channel

_LINE = re.compile(
    r"(?:@(?P<tags>[^ ]+) +)?(?::(?P<nick>[^ !@]+)[^ ]* +)?"
    r"(?P<command>PRIVMSG|WHISPER|USERNOTICE) +(?P<to>[^ ]+) +:(?P<text>.*)"
)
_MOST_LINES = 500
_ACTION = re.compile("\x01ACTION (.*)\x01?")


def _lines(call: Call) -> Iterator[Passage]:
    for line in at_most(call.text.split("\n", _MOST_LINES + 1), _MOST_LINES):
        if not (found := _LINE.match(line.rstrip("\r"))):
            continue
        author = "" if call.sent else _tag(found["tags"], "display-name") or found["nick"] or ""
        room = found["nick"] or "" if found["command"] == "WHISPER" and not call.sent else found["to"]
        text = _ACTION.sub(r"\1", found["text"]).rstrip("\x01")
        if said := passage(Channel.MESSAGE, text, conversation=room, author=author):
            yield said


def _tag(tags: str | None, name: str) -> str:
    values = (tag.partition("=")[2] for tag in (tags or "").split(";") if tag.startswith(f"{name}="))
    return next(values, "").replace(r"\s", " ").strip()


def _pushed(call: Call) -> Iterator[Passage]:
    """Whispers, as an object or as JSON in a string; what the person whispers comes back as another type."""
    for document in call.json:
        for envelope in ("data.message", "notification.pubsub"):
            whisper = tuple(f"{envelope}.{name}" for name in ("data_object", "data"))
            said = passage(Channel.MESSAGE, first(document, _either(whisper, "body")),
                           author=first(document, _either(whisper, "tags.display_name", "tags.login")),
                           conversation=first(document, _either(whisper, "thread_id")))  # fmt: skip
            if said and first(document, f"{envelope}.type") in ("whisper_received", "whisper_edited"):
                yield said


def _either(objects: tuple[str, ...], *names: str) -> str:
    return "|".join(f"{one}.{name}" for name in names for one in objects)


TWITCH = Service(
    name="Twitch",
    hosts=("twitch.tv",),
    known=(
        known(r"/", _lines, frame=True, host="irc-ws.chat.twitch.tv"),
        silent(r"/", frame=True, host="irc-ws.chat.twitch.tv"),
        *GRAPHQL,
        known(r"/search", parameter(Channel.SEARCH, "term"), sent=True, method="GET"),
        known(r"/v1", _pushed, sent=False, frame=True),
        silent(r"/v1", frame=True, host="hermes.twitch.tv"),
        silent(r"/v1", frame=True, host="pubsub-edge.twitch.tv"),
    ),
)
