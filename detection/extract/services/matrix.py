"""Matrix (Element and other clients): messages sent, synchronised and listed on well-known servers. On others the
general reader reads the same messages.

Source: Matrix client-server specification, spec.matrix.org: "Sending events to a room", "Syncing", "Getting events for
a room", "Searching", "m.room.message", "Presence" (``status_msg``), "Listed rooms" (``generic_search_term``); MSC4186
for simplified sliding sync; votes: see ``matrix_event``. In encrypted rooms nothing can be read.
"""

import re
from collections.abc import Iterator
from itertools import count

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.limits import leave_out
from detection.extract.matrix_event import VOTES, is_room, words
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_MOST = 300_000
_SAID = ("m.room.message", *VOTES)
_CLIENT = r"/_matrix/client/(?:r0|v\d+|unstable(?:/[\w.]+)?)"
_ROOM = _CLIENT + r"/rooms/(?P<conversation>[^/]+)"
_LISTS = _ROOM + r"/(?:messages|threads|context/[^/]+|event/[^/]+|relations/.+)"


def _sent(call: Call) -> Iterator[Passage]:
    for content in call.json:
        text = words(content) if isinstance(content, dict) else ""
        if said := passage(Channel.MESSAGE, text, conversation=call.conversation):
            yield said


def _events(call: Call) -> Iterator[Passage]:
    """A synchronisation lists them under their room's identifier; elsewhere each names its own, or the address does."""
    stack: list[tuple[Json, str]] = [(value, call.conversation) for value in reversed(call.json)]
    for looked in count():
        if not stack:
            return
        if looked >= _MOST:
            leave_out()
            return
        value, room = stack.pop()
        if isinstance(value, list):
            stack += [(one, room) for one in reversed(value)]
        elif isinstance(value, dict) and value.get("type") in _SAID:
            yield from _event(value, room)
        elif isinstance(value, dict):
            stack += [(one, key if is_room(key) else room) for key, one in reversed(value.items())]


def _event(event: dict[str, Json], room: str) -> Iterator[Passage]:
    content = event.get("content")
    text = words(content) if isinstance(content, dict) else ""
    room = first(event, "room_id") or room
    if said := passage(Channel.MESSAGE, text, author=first(event, "sender"), conversation=room):
        yield said


MATRIX = Service(
    name="Matrix",
    hosts=("matrix.org", "ems.host", "modular.im", "beeper.com"),
    known=(
        known(_ROOM + rf"/send/(?:{'|'.join(map(re.escape, _SAID))})/[^/]+", _sent, sent=True),
        known(_CLIENT + r"/search", objects(Channel.SEARCH, text="search_categories.room_events.search_term"),
              sent=True),
        known(_CLIENT + r"/publicRooms", objects(Channel.SEARCH, text="filter.generic_search_term"), sent=True),
        known(_CLIENT + r"/presence/[^/]+/status", objects(Channel.POST, text="status_msg"), sent=True),
        known(_CLIENT + r"/(?:sync|search)", _events, sent=False),
        known(_LISTS, _events, sent=False),
        silent(_CLIENT + r"/(?:sync|publicRooms|keys/.+|presence/.+|pushers.*|sendToDevice/.+|user_directory/.+)"),
        silent(_LISTS, sent=False),
        silent(_ROOM + r"/(?:typing/.+|receipt/.+|read_markers|send/m\.(?:room\.encrypted|reaction)/.+)"),
    ),
)  # fmt: skip
