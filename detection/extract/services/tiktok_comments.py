"""TikTok: comments under videos, and what one says beside a live stream.

Source: VideoData/TiKTok-data (``comments[].text``, ``user.nickname``, ``aweme_id``);
Evil0ctal/Douyin_TikTok_Download_API, ``crawlers/tiktok/web/endpoints.py`` (``/api/comment/list/`` and ``reply/``);
public scripts that use ``/api/comment/publish/`` (``aweme_id`` and ``text``, in the address or as a form);
zerodytrash/TikTok-Live-Connector (``webcast/room/chat`` with ``content`` and ``room_id``).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.services.base import Known, Reads, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel


def _given(channel: Channel, *, text: str, room: str) -> Reads:
    """In a form, in JSON or in the address: the page has used all of them."""

    def read(call: Call) -> Iterator[Passage]:
        form: dict[str, Json] = {**call.form}
        query: dict[str, Json] = {**call.query}
        for source in (form, *call.json, query):
            conversation = first(source, room) or call.query.get(room, "")
            if said := passage(channel, first(source, text), conversation=conversation):
                yield said
                return

    return read


KNOWN: tuple[Known, ...] = (
    known(r"/api/comment/publish/?", _given(Channel.POST, text="text", room="aweme_id"), sent=True),
    silent(r"/api/comment/publish/?", sent=False),
    known(r"/api/comment/list/(?:reply/)?", objects(Channel.PAGE, each="comments[]", text="text",
          author="user.nickname|user.unique_id", conversation="aweme_id"), sent=False),
    known(r"/webcast/room/chat/", _given(Channel.MESSAGE, text="content", room="room_id"), sent=True),
    silent(r"/webcast/room/chat/", sent=False),
)  # fmt: skip
