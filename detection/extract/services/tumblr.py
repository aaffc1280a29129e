"""Tumblr: posts, messages, the dashboard and searches.

Source: tumblr/docs, ``api.md`` (``/v2/blog/…/posts``, as JSON or in a form's field ``json``, ``/v2/user/dashboard``,
``/v2/tagged``) and ``npf-spec.md`` (``content`` blocks, ``trail``); for messages TextsHQ/platform-tumblr,
``src/network-api/index.ts`` and ``src/types.ts`` (``/v2/conversations/messages``: ``message``, ``conversation_id``; a
message's ``participant`` is a blog's ``uuid``; pushed over telegraph.srvcs.tumblr.com/socket as JSON in a string, the
conversation's number in the channel's name); public clients for ``/v2/timeline/search`` (``query``). The page asks the
same at www.tumblr.com/api.
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json, documents
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import in_path, objects, parameter, passage
from detection.observation import Channel

_API = r"(?:/api)?/v2/"
_POSTS = _API + r"blog/(?P<conversation>[^/]+)/posts(?:/\d+)?"
_MESSAGES = _API + r"conversations/messages"
_SOCKET, _ROOM = "telegraph.srvcs.tumblr.com", re.compile(r"private-messaging-(\d+)-")
_SAID = "message|content.text"
_PAGE = r"/search/(?P<words>[^/]+)(?:/(?:top|recent))?/?"


def _written(call: Call) -> Iterator[Passage]:
    for post in documents(call.form["json"]) if "json" in call.form else call.json:
        said = passage(Channel.POST, _words(post), conversation=first(post, "parent_post_id") or call.conversation)
        if said and first(post, "state") != "draft":
            yield said


def _shown(call: Call) -> Iterator[Passage]:
    """A post and, before it, what it answers; each part has its own blog."""
    for part in call.objects_with("content"):
        said = passage(Channel.PAGE, _words(part), author=first(part, "blog_name|blogName|blog.name"),
                       conversation=first(part, "id_string|idString|id|post.id"))  # fmt: skip
        if said:
            yield said


def _messages(call: Call) -> Iterator[Passage]:
    for conversation in call.at("response"):
        names = {first(blog, "uuid"): first(blog, "name") for blog in at(conversation, "participants[]")}
        for message in at(conversation, "messages.data[]"):
            who = first(message, "participant")
            said = passage(Channel.MESSAGE, first(message, _SAID), author=names.get(who) or who,
                           conversation=first(conversation, "id") or call.query.get("conversation_id", ""))  # fmt: skip
            if said:
                yield said


def _pushed(call: Call) -> Iterator[Passage]:
    for event in call.json:
        if room := _ROOM.match(first(event, "channel")):
            for message in documents(first(event, "data")):
                said = passage(Channel.MESSAGE, first(message, _SAID), author=first(message, "participant"),
                               conversation=room[1])  # fmt: skip
                if said:
                    yield said


def _words(post: Json) -> str:
    return "\n".join(text for text in at(post, "content[].text") if isinstance(text, str))


TUMBLR = Service(
    name="Tumblr",
    hosts=("tumblr.com",),
    known=(
        known(_POSTS, _written, sent=True),
        known(_MESSAGES, objects(Channel.MESSAGE, text="message", conversation="conversation_id"), sent=True,
              method="POST"),
        known(_MESSAGES, _messages, sent=False),
        silent(_MESSAGES, sent=False),
        known(r"/socket", _pushed, sent=False, frame=True, host=_SOCKET),
        silent(r"/socket", frame=True, host=_SOCKET),
        known(_API + r"timeline/search", parameter(Channel.SEARCH, "query", unless=("cursor",)), sent=True),
        known(_PAGE, in_path(Channel.SEARCH, _PAGE), sent=True, method="GET"),
        silent(_API + r"(?:timeline/search|search/.+|typeahead/.+)", sent=True, method="GET"),
        silent(_API + r"conversations(?:/unread.*|/participant.*)?"),
        known(_API + r"(?:timeline/.*|user/dashboard|tagged|blog/[^/]+/posts.*)", _shown, sent=False),
    ),
)  # fmt: skip
