"""Readers for what chatbots share: a reply that comes in pieces, and a conversation turn by turn."""

from collections.abc import Callable, Iterable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.json_turns import ROLES
from detection.extract.reply_stream import ReplyStream, piece
from detection.extract.services.base import Reads
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage, strings
from detection.observation import Channel

Pieces = Callable[[Iterable[Json]], Iterator[str]]
"""The words of a stream's events, in order. It may begin amid a reply: the gateway reads a long one in parts."""


def reply(pieces: Pieces, *, conversation: str = "") -> Reads:
    """All pieces as one reply; a piece that repeats what came before it replaces it. ``conversation`` is looked for in
    every event."""

    def read(call: Call) -> Iterator[Passage]:
        stream = ReplyStream()
        for found in pieces(call.json):
            stream.add(found)
        where = next(filter(None, (first(event, conversation) for event in call.json)), call.conversation)
        if said := passage(Channel.REPLY, stream.text, conversation=where):
            yield said

    return read


def usual_pieces(events: Iterable[Json]) -> Iterator[str]:
    """In the shapes of OpenAI, Anthropic, Google and Ollama."""
    for event in events:
        for each in event if isinstance(event, list) else [event]:
            yield piece(each) or ""


def under(path: str) -> Pieces:
    """The strings a path leads to in each event, as they are: a piece's spaces count."""

    def pieces(events: Iterable[Json]) -> Iterator[str]:
        for event in events:
            for alternative in path.split("|"):
                found = [each for each in at(event, alternative) if isinstance(each, str)]
                if found:
                    yield "".join(found)
                    break

    return pieces


def turns(*, each: str, who: str, text: str, conversation: str = "") -> Reads:
    """What the person asked and what they were answered. Of a conversation that is sent along only what is new: what
    they wrote after the last reply."""

    def read(call: Call) -> Iterator[Passage]:
        for document in call.json:
            where = first(document, conversation) or call.conversation
            found = [(_channel(turn, who), turn) for path in each.split("|") for turn in at(document, path)]
            if call.sent:
                replies = [n for n, (channel, _) in enumerate(found, 1) if channel is Channel.REPLY]
                del found[: replies[-1] if replies else 0]
            for channel, turn in found:
                said = channel and passage(channel, "\n".join(strings(turn, text)), conversation=where)
                if said:
                    yield said

    return read


def _channel(turn: Json, who: str) -> Channel | None:
    return ROLES.get(first(turn, who).casefold())
