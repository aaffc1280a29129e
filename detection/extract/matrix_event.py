"""The words of a Matrix message: of an edit the new ones, of an answer without what it quotes, of a vote its question
and choices.

Source: Matrix client-server specification, "m.room.message", "Event replacements" (``m.new_content``) and "Fallbacks
for rich replies" (lines with ``> `` in front); matrix-org/matrix-spec-proposals, MSC3381 (votes), in the names of its
drafts too, which Element sends.
"""

import re

from detection.extract.json_documents import Json

NEW_CONTENT = "m.new_content"
VOTES = ("m.poll.start", "org.matrix.msc3381.poll.start")
"""The type of the event; in drafts the vote stands under that name in its content too."""
_VOTE = ("m.poll", *VOTES)
_TEXT = ("m.text", "org.matrix.msc1767.text", "body")
_QUOTED = re.compile(r"\A> ?<@[^\n]*\n(?:>[^\n]*\n)*\n?")
_NAMES_A_ROOM = re.compile(r"![^\s:]{1,200}(?::\S{1,200})?")


def is_content(value: dict[str, Json]) -> bool:
    return isinstance(value.get("body"), str) and ("msgtype" in value or NEW_CONTENT in value)


def words(content: dict[str, Json]) -> str:
    new = content.get(NEW_CONTENT)
    if vote := _vote(new if isinstance(new, dict) else content):
        return vote
    body = new.get("body") if isinstance(new, dict) else content.get("body")
    return _QUOTED.sub("", body) if isinstance(body, str) else ""


def _vote(content: dict[str, Json]) -> str:
    vote = next((one for name in _VOTE if isinstance(one := content.get(name), dict)), {})
    answers = vote.get("answers")
    told = [_plain(vote.get("question")), *map(_plain, answers if isinstance(answers, list) else [])]
    return "\n".join(filter(None, told))


def _plain(block: Json) -> str:
    """As published, a list of the text in several forms, the best first; in drafts the text itself."""
    if not isinstance(block, dict):
        return ""
    for text in (block.get(name) for name in _TEXT):
        best = text[0] if isinstance(text, list) and text else text
        best = best.get("body") if isinstance(best, dict) else best
        if isinstance(best, str):
            return best
    return ""


def is_room(key: str) -> bool:
    """A synchronisation lists what is new under the room's identifier: ``!abc:matrix.example``."""
    return key.startswith("!") and _NAMES_A_ROOM.fullmatch(key) is not None
