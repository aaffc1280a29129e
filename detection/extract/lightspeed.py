"""The messages in Meta's Lightspeed payloads: tasks that a client sends, and calls of procedures that it is sent.

Source: mautrix-meta: ``messagix/socket/task.go`` and ``threads.go`` (tasks, each with a ``payload`` that is JSON in a
string), ``messagix/lightspeed/decode.go`` (steps are lists: 5 calls a procedure by its name, 19 is a number in a
string, 9 is nothing) and ``messagix/table/messages.go`` (where a procedure has its text, thread, sender).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.json_within import holding
from detection.extract.limits import leave_out

_CALL = 5
_NUMBER = 19
_MESSAGES = frozenset({"insertMessage", "upsertMessage"})
_TEXT, _THREAD, _ID, _SENDER, _ADMIN = 2, 5, 10, 12, 14
"""Places in the step: two behind those in the procedure, for the step's own number and name stand in front."""
_MOST = 300_000
_PACKED = ("payload", "requestPayload")


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    thread: str
    sender: str = ""


def sent(value: Json) -> Iterator[Said]:
    """Messages, edits, questions of polls and new names of groups in the tasks of one request."""
    for one in _unpacked(value):
        for task in holding(one, "payload", "label"):
            for payload in _opened(task["payload"]):
                thread = first(payload, "thread_id|thread_key|message_id")
                if text := first(payload, "text|question_text|thread_name"):
                    yield Said(text, thread)


def pushed(value: Json) -> Iterator[Said]:
    """Each message once: an answer often inserts it and updates it."""
    known: set[str] = set()
    for one in _unpacked(value):
        for step in _calls(one):
            text, number = _at(step, _TEXT), _at(step, _ID)
            if text and _at(step, _ADMIN) != "True" and (not number or number not in known):
                known.add(number)
                yield Said(text, _at(step, _THREAD), _at(step, _SENDER))


def _unpacked(value: Json) -> Iterator[Json]:
    """The value, and the payloads in strings within it."""
    yield value
    for key in _PACKED:
        for holder in holding(value, key):
            yield from _opened(holder[key])


def _opened(value: Json) -> Iterator[Json]:
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            yield json.loads(value)
        except (ValueError, RecursionError):
            return


def _calls(value: Json) -> Iterator[list[Json]]:
    stack, seen = [value], 0
    while stack:
        if seen >= _MOST:
            leave_out()
            return
        one, seen = stack.pop(), seen + 1
        if isinstance(one, list):
            if len(one) > _SENDER and one[0] == _CALL and isinstance(one[1], str) and one[1] in _MESSAGES:
                yield one
            stack += reversed([v for v in one if isinstance(v, dict | list)])
        elif isinstance(one, dict):
            stack += reversed([v for v in one.values() if isinstance(v, dict | list)])


def _at(step: list[Json], place: int) -> str:
    value = step[place] if place < len(step) else None
    if isinstance(value, list):
        value = value[1] if len(value) == 2 and value[0] == _NUMBER else None
    return str(value) if isinstance(value, str | int) else ""
