"""Twitch: chat beside a stream, its replay, and whispers.

Source: Twitch's documentation, "IRC Concepts" and "Sending and Receiving Chat Messages" (irc-ws.chat.twitch.tv,
PRIVMSG, tags), and "PubSub" (whispers); crowbartools/Firebot (hermes.twitch.tv carries the same in
``notification.pubsub``); the notes on whispers of crackededed/Xtra's forks and the page's own program
(``SendChatMessage``, ``SendWhisper`` at gql.twitch.tv); lay295/TwitchDownloader (a replay's ``comments``).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import joined
from detection.extract.services.shapes import passage
from detection.observation import Channel

_LINE = re.compile(
    r"(?:@(?P<tags>[^ ]+) +)?(?::(?P<nick>[^ !@]+)[^ ]* +)?"
    r"(?P<command>PRIVMSG|WHISPER|USERNOTICE) +(?P<to>[^ ]+) +:(?P<text>.*)"
)
_MOST_LINES = 500
_ACTION = re.compile("\x01ACTION (.*)\x01?")
_RECIPIENT = "channelID|recipientUserID|recipientID"


def _lines(call: Call) -> Iterator[Passage]:
    for line in call.text.split("\n", _MOST_LINES)[:_MOST_LINES]:
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


def _sent(call: Call) -> Iterator[Passage]:
    """One operation, or a list of several."""
    for document in call.json:
        for one in document if isinstance(document, list) else [document]:
            for asked in at(one, "variables.input"):
                room = first(asked, _RECIPIENT)
                if room and (said := passage(Channel.MESSAGE, first(asked, "message"), conversation=room)):
                    yield said


def _replay(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for one in document if isinstance(document, list) else [document]:
            for comment in at(one, "data.video.comments.edges[].node"):
                said = passage(Channel.MESSAGE, joined(comment, "message.fragments[].text"),
                               author=first(comment, "commenter.displayName|commenter.login"),
                               conversation=first(one, "data.video.id"))  # fmt: skip
                if said:
                    yield said


def _pushed(call: Call) -> Iterator[Passage]:
    """Whispers; what the person whispers comes back as another type."""
    for document in call.json:
        for envelope in ("data.message", "notification.pubsub"):
            for whisper in at(document, f"{envelope}.data_object"):
                said = passage(Channel.MESSAGE, first(whisper, "body"),
                               author=first(whisper, "tags.display_name|tags.login"),
                               conversation=first(whisper, "thread_id"))  # fmt: skip
                if said and first(document, f"{envelope}.type") == "whisper_received":
                    yield said


TWITCH = Service(
    name="Twitch",
    hosts=("twitch.tv",),
    known=(
        known(r"/", _lines, frame=True, host="irc-ws.chat.twitch.tv"),
        silent(r"/", frame=True, host="irc-ws.chat.twitch.tv"),
        known(r"/gql/?", _sent, sent=True, host="gql.twitch.tv"),
        known(r"/gql/?", _replay, sent=False, host="gql.twitch.tv"),
        known(r"/v1", _pushed, sent=False, frame=True),
        silent(r"/v1", frame=True, host="hermes.twitch.tv"),
        silent(r"/v1", frame=True, host="pubsub-edge.twitch.tv"),
    ),
)
