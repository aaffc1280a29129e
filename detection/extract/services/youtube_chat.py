"""YouTube: the chat beside a live video, and its replay.

Source: yt-dlp/yt-dlp, ``downloader/youtube_live_chat.py`` (``live_chat/get_live_chat``; the first messages stand in the
page ``/live_chat``, in ``ytInitialData``); LuanRT/YouTube.js, ``parser/youtube/LiveChat.ts``
(``live_chat/send_message`` with ``richMessage.textSegments``) and ``parser/classes/livechat`` (``addChatItemAction``;
``replaceChatItemAction`` for a message that was held back at first).
"""

import json
import re
from collections.abc import Iterable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_find import objects_with
from detection.extract.json_path import at, first
from detection.extract.services.base import Known, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import joined
from detection.extract.services.shapes import passage
from detection.extract.services.youtube_comments import runs
from detection.observation import Channel

_CALLS = r"/youtubei/v1/live_chat/"
_ACTIONS = {"addChatItemAction": "item", "replaceChatItemAction": "replacementItem"}
_SPOKEN = ("liveChatTextMessageRenderer", "liveChatPaidMessageRenderer", "liveChatMembershipItemRenderer")
_IN_PAGE = re.compile(r"""ytInitialData["']?\]?\s*=\s*(?=\{)""")


def _sent(call: Call) -> Iterator[Passage]:
    for document in call.json:
        if said := passage(Channel.MESSAGE, joined(document, "richMessage.textSegments[].text")):
            yield said


def _live(call: Call) -> Iterator[Passage]:
    yield from _messages(call.json)


def _page(call: Call) -> Iterator[Passage]:
    if not (found := _IN_PAGE.search(call.text)):
        return
    try:
        chat: Json = json.JSONDecoder().raw_decode(call.text, found.end())[0]
    except (ValueError, RecursionError):
        return
    yield from _messages([chat])


def _messages(values: Iterable[Json]) -> Iterator[Passage]:
    for value in values:
        for key, item in _ACTIONS.items():
            for action in objects_with(value, key):
                yield from _items(action, f"{key}.{item}")


def _items(action: Json, path: str) -> Iterator[Passage]:
    for item in (each for name in _SPOKEN for each in at(action, f"{path}.{name}")):
        author = first(item, "authorName.simpleText")
        if said := passage(Channel.MESSAGE, runs(item, "message.runs[]"), author=author):
            yield said


KNOWN: tuple[Known, ...] = (
    known(_CALLS + "send_message", _sent, sent=True),
    silent(_CALLS + "send_message", sent=False),
    known(_CALLS + "get_live_chat(?:_replay)?", _live, sent=False),
    silent(_CALLS + ".*"),
    known(r"/live_chat(?:_replay)?", _page, sent=False),
)
