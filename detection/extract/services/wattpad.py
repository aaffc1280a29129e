"""Wattpad: the pages of a story, and what is said about them.

Source: Skythrew/kattpad, ``api/Part.kt`` and ``api/Comment.kt`` (``v4/parts/…/comments`` with ``body``;
``v5/comments/namespaces/…`` with ``text`` and ``user.name``); TheOnlyWayUp/WattpadDownloader (``apiv2`` with
``m=storytext``). No source says how a story is written; the general readers read it.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.html_page import visible_text
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_V5 = r"/v5/comments/namespaces/(?:parts|paragraphs|comments)/resources/(?P<conversation>[^/]+)/comments"
_V4 = r"/v4/(?:parts|comments)/(?P<conversation>[^/]+)/(?:comments|replies)"


def _story(call: Call) -> Iterator[Passage]:
    if call.query.get("m") == "storytext" and (
        said := passage(Channel.PAGE, visible_text(call.text), conversation=call.query.get("id", ""))
    ):
        yield said


WATTPAD = Service(
    name="Wattpad",
    hosts=("wattpad.com",),
    known=(
        known(_V4, objects(Channel.POST, text="body"), sent=True, method="POST"),
        known(_V5, objects(Channel.PAGE, each="comments[]", text="text", author="user.name"), sent=False),
        known(_V4, objects(Channel.PAGE, each="comments[]", text="body", author="author.name"), sent=False),
        silent(_V4, sent=False),
        known(r"/apiv2/?", _story, sent=False),
    ),
)
