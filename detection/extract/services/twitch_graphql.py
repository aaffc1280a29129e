"""Twitch: what its page asks and tells over GraphQL: chat and whispers sent and listed, a replay's chat, searches.

Source: thiscallnet/Xtra, ``TwitchPrivateGqlOperations.kt`` (``SendWhisper``, ``whisperThreads``, ``whisperThread``);
Fickslayshun/7TVerino, ``src/assets/gql`` (``redeemCommunityPointsCustomReward`` with ``textInput``); public clients of
``sendChatMessage``, "MessageBufferChatHistory" (``recentChatMessages``) and "SearchResultsPage_SearchResults"
(``query``); lay295/TwitchDownloader, ``GqlCommentResponse.cs`` (a replay's ``comments``).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Known, known
from detection.extract.services.call import Call
from detection.extract.services.deeper import joined
from detection.extract.services.shapes import passage
from detection.observation import Channel

_HOST, _PATH = "gql.twitch.tv", r"/gql/?"
_RECIPIENT = "channelID|recipientUserID|recipientID"
_THREADS = ("data.whisperThread", "data.currentUser.whisperThreads.edges[].node")


def _sent(call: Call) -> Iterator[Passage]:
    for one in _operations(call):
        if first(one, "operationName") == "SearchResultsPage_SearchResults":
            asked = "" if any(at(one, "variables.options.targets[].cursor")) else first(one, "variables.query")
            if said := passage(Channel.SEARCH, asked):
                yield said
        for asked_for in at(one, "variables.input"):
            room = first(asked_for, _RECIPIENT)
            if room and (said := passage(Channel.MESSAGE, first(asked_for, "message|textInput"), conversation=room)):
                yield said


def _shown(call: Call) -> Iterator[Passage]:
    for one in _operations(call):
        yield from _chat(one, "data.video", "comments.edges[].node", "message.fragments[].text", "commenter")
        yield from _chat(one, "data.channel", "recentChatMessages[]", "content.text", "sender")
        for path in _THREADS:
            for thread in at(one, path):
                yield from _whispers(thread, first(one, "data.currentUser.id"))


def _chat(one: Json, room: str, each: str, text: str, author: str) -> Iterator[Passage]:
    for message in at(one, f"{room}.{each}"):
        said = passage(Channel.MESSAGE, joined(message, text), conversation=first(one, f"{room}.id"),
                       author=first(message, f"{author}.displayName|{author}.login"))  # fmt: skip
        if said:
            yield said


def _whispers(thread: Json, person: str) -> Iterator[Passage]:
    """The others'; the person's own were read as they sent them."""
    names = {first(one, "id"): first(one, "displayName|login") for one in at(thread, "participants[]")}
    for whisper in at(thread, "messages.edges[].node"):
        sender = first(whisper, "from.id")
        said = passage(Channel.MESSAGE, first(whisper, "content.content"), author=names.get(sender, ""),
                       conversation=first(thread, "id"))  # fmt: skip
        if said and not (person and sender == person):
            yield said


def _operations(call: Call) -> Iterator[Json]:
    """One, or a list of several."""
    for document in call.json:
        yield from document if isinstance(document, list) else [document]


KNOWN: tuple[Known, ...] = (
    known(_PATH, _sent, sent=True, host=_HOST),
    known(_PATH, _shown, sent=False, host=_HOST),
)
