"""Kahoot: the names players give themselves and their teams, and their answers in words.

Source: theusaf/kahoot-api-docs, "LiveJoinPacket" (``name``), "LiveJoinTeamPacketContent" (a list of names in
``content``), "LiveQuestionAnswerContent" (``choice``: a string where the question is open) and "LiveEventPlayerJoined",
in messages of the channels ``/service/controller`` and ``/controller/<game>``; ``content`` is JSON in a string.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_CHANNELS = ("/meta/", "/service/", "/controller/")


def played(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for data in at(document, "[].data"):
            game = first(data, "gameid")
            for text in (each for each in _texts(data) if isinstance(each, str)):
                if said := passage(Channel.MESSAGE, text, conversation=game):
                    yield said


def _texts(data: Json) -> Iterator[Json]:
    yield from at(data, "name")
    for content in documents(first(data, "content")):
        if isinstance(content, list):
            yield from content
        else:
            yield from at(content, "choice")


def _is_play(call: Call) -> bool:
    """A message of the game's own channels."""
    return all(first(document, "[].channel").startswith(_CHANNELS) for document in call.json)


KAHOOT = Service(
    name="Kahoot",
    hosts=("kahoot.it", "kahoot.com"),
    known=(
        known(r"/cometd/.*", played, frame=True),
        silent(r"/cometd/.*", frame=True, when=_is_play),
    ),
)
