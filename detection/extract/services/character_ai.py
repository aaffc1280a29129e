"""Character.AI: what is said to a character and what it says, over the WebSocket and in the streams before it.

Source: Xtr4F/PyCharacterAI (``methods/chat.py``: the commands ``create_and_generate_turn``, ``edit_turn_candidate``,
``add_turn`` and ``update_turn``, which repeats the answer so far until ``is_final``; ``turns`` of an old chat;
``types/message.py``), realcoloride/node_characterai (``chat.js``: ``beta.character.ai/chat/streaming`` and the messages
of a history).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Pieces, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, under
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_SPEAKING = ("", "create_and_generate_turn", "add_turn", "update_turn")


def _human(value: Json) -> bool:
    return any(found is True for found in at(value, "author.is_human"))


def _turn(turn: Json) -> Passage | None:
    """Of several answers to choose from the first is shown."""
    channel = Channel.PROMPT if _human(turn) else Channel.REPLY
    return passage(channel, first(turn, "candidates[0].raw_content"), conversation=first(turn, "turn_key.chat_id"),
                   author="" if _human(turn) else first(turn, "author.name"))  # fmt: skip


def _aside(call: Call) -> bool:
    """Neither said by a character nor newly by the person."""
    return all(first(frame, "command") not in _SPEAKING or any(map(_human, at(frame, "turn"))) for frame in call.json)


def _pushed(call: Call) -> Iterator[Passage]:
    """What the person said comes back to them; of an answer's growing versions the last one counts."""
    last: dict[str, Passage] = {}
    for turn in call.at("turn"):
        if not _human(turn) and (said := _turn(turn)):
            last[first(turn, "turn_key.turn_id")] = said
    yield from last.values()


def _opened(call: Call) -> Iterator[Passage]:
    """The newest turn comes first."""
    for document in call.json:
        for turn in reversed(list(at(document, "turns[]"))):
            if said := _turn(turn):
                yield said


def _old_history(call: Call) -> Iterator[Passage]:
    for message in call.at("messages[]"):
        human = any(found is True for found in at(message, "src.is_human"))
        said = passage(Channel.PROMPT if human else Channel.REPLY, first(message, "text"),
                       conversation=call.query.get("history_external_id", ""),
                       author="" if human else first(message, "src__name|src__character__participant__name"),
                       )  # fmt: skip
        if said:
            yield said


CHARACTER_AI = Service(
    name="Character.AI",
    hosts=("character.ai",),
    chatbot=True,
    pieces=Pieces(one=re.compile(r'"command"\s*:\s*"update_turn"|"update_turn"\s*,\s*"command"'),
                  last=re.compile(r'"is_final"\s*:\s*true')),
    known=(
        known(r"/ws/?", objects(Channel.PROMPT, each="payload.turn", text="candidates[0].raw_content",
              conversation="turn_key.chat_id"), sent=True, frame=True),
        known(r"/ws/?", objects(Channel.PROMPT, each="payload", text="new_candidate_raw_content",
              conversation="turn_key.chat_id"), sent=True, frame=True),
        known(r"/ws/?", _pushed, sent=False, frame=True),
        silent(r"/ws/?", frame=True, when=_aside),
        known(r"/turns/[\w-]+/?", _opened, sent=False),
        known(r"/chat/streaming/?", objects(Channel.PROMPT, text="text", conversation="history_external_id"),
              sent=True),
        known(r"/chat/streaming/?", reply(under("replies[0].text")), sent=False),
        known(r"/chat/history/msgs/user/?", _old_history, sent=False),
        silent(r"/chats/?(?:recent/?)?"),
        silent(r"/chat/(?:character/histories|characters/.*|curated_categories.*)/?"),
    ),
)  # fmt: skip
