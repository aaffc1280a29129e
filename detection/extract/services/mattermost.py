"""Mattermost: messages sent, listed and pushed on its own servers. On others the general reader reads the same.

Source: Mattermost API reference (developers.mattermost.com/api-documentation; mattermost/mattermost,
``api/v4/source/posts.yaml``, ``scheduled_post.yaml`` and ``introduction.yaml``): "posts" (create, schedule, patch, get
posts for a channel, get a thread, search) and "WebSocket" (events ``posted`` and ``post_edited``, the post as JSON in a
string).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_API = r"/api/v4"
_SEARCH = _API + r"/(?:teams/\w+/)?posts/search"


def _listed(call: Call) -> Iterator[Passage]:
    """In the order of the list; posts whose type begins with ``system_`` are the server's."""
    for document in call.json:
        posts = document.get("posts") if isinstance(document, dict) else None
        for number in at(document, "order[]"):
            post = posts.get(number) if isinstance(posts, dict) and isinstance(number, str) else None
            yield from _post(post, first(post, "user_id"))


def _pushed(call: Call) -> Iterator[Passage]:
    for event in call.json:
        if first(event, "event") in ("posted", "post_edited"):
            for post in documents(first(event, "data.post")):
                yield from _post(post, first(event, "data.sender_name").removeprefix("@") or first(post, "user_id"))


def _post(post: Json, author: str) -> Iterator[Passage]:
    if first(post, "type").startswith("system_"):
        return
    if said := passage(Channel.MESSAGE, first(post, "message"), author=author, conversation=first(post, "channel_id")):
        yield said


MATTERMOST = Service(
    name="Mattermost",
    hosts=("mattermost.com", "mattermost.cloud"),
    known=(
        known(_API + r"/posts(?:/\w+(?:/patch)?|/ephemeral)?",
              objects(Channel.MESSAGE, text="message", conversation="channel_id"), sent=True),
        known(_SEARCH, objects(Channel.SEARCH, text="terms"), sent=True),
        known(_SEARCH + r"|" + _API + r"/(?:channels/\w+/posts(?:/\w+)?|posts/\w+/thread|users/\w+/posts/flagged"
              r"|users/\w+/channels/\w+/posts/unread)", _listed, sent=False),
        known(_API + r"/websocket", _pushed, sent=False, frame=True),
        silent(_API + r"/websocket", frame=True),
        silent(_API + r"/(?:(?:users/\w+/teams/\w+/)?drafts.*|users/(?:me/typing|\w+/status|status/ids|autocomplete))"),
    ),
)  # fmt: skip
