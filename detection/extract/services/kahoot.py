"""Kahoot: the names players give themselves and their teams, and their answers in words, in a game and in a challenge.

Source: theusaf/kahoot-api-docs, "LiveJoinPacket" (``name``), "LiveJoinTeamPacketContent" (a list of names in
``content``), "LiveQuestionAnswerContent", "LiveQuestionAnswered" (``cid``: whose answer it is) and
"LiveEventPlayerJoined", in messages of the channels ``/service/controller`` and ``/controller/<game>``; ``content`` is
JSON in a string. theusaf/kahoot.js-updated, ``assets/LiveQuestionAnswer.js``: an answer in words stands in ``text``
(in ``choice`` before that), and ``util/ChallengeHandler.js``: a challenge is joined with ``nickname`` in the address
and answered with ``question.answers[]``, where ``originalText`` is what was typed and ``text`` that or a choice's own.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, parameter, passage
from detection.observation import Channel

_CHANNELS = ("/meta/", "/service/", "/controller/")
_IN_WORDS = ("open_ended", "word_cloud")
_CHALLENGE = r"/rest/challenges/(?P<conversation>[\w-]+)/"


def played(call: Call) -> Iterator[Passage]:
    for document in call.json:
        for data in at(document, "[].data"):
            game, player = first(data, "gameid"), "" if call.sent else first(data, "cid")
            for text in (each for each in _texts(data) if isinstance(each, str)):
                if said := passage(Channel.MESSAGE, text, conversation=game, author=player):
                    yield said


def _texts(data: Json) -> Iterator[Json]:
    yield from at(data, "name")
    for content in documents(first(data, "content")):
        if isinstance(content, list):
            yield from content
        else:
            yield from at(content, "choice")
            if first(content, "type") in _IN_WORDS:
                yield from at(content, "text")


def _is_play(call: Call) -> bool:
    """A message of the game's own channels."""
    return all(first(document, "[].channel").startswith(_CHANNELS) for document in call.json)


KAHOOT = Service(
    name="Kahoot",
    hosts=("kahoot.it", "kahoot.com"),
    known=(
        known(r"/cometd/.*", played, frame=True),
        silent(r"/cometd/.*", frame=True, when=_is_play),
        known(_CHALLENGE + r"join/?", parameter(Channel.MESSAGE, "nickname"), sent=True),
        known(
            _CHALLENGE + "answers", objects(Channel.MESSAGE, each="question.answers[]", text="originalText"), sent=True
        ),
        silent(_CHALLENGE + "answers", sent=True, when=lambda call: bool(list(call.at("question.answers[]")))),
    ),
)
