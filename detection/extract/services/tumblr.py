"""Tumblr: posts, messages and the dashboard.

Source: tumblr/docs, ``api.md`` (``/v2/blog/…/posts``, ``/v2/user/dashboard``, ``/v2/tagged``) and ``npf-spec.md``
(``content`` blocks, ``trail``); for messages, public clients of ``/v2/conversations/messages`` (``message``,
``conversation_id``, ``participant``). The page asks the same at www.tumblr.com/api.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import in_query
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_API = r"(?:/api)?/v2/"
_POSTS = _API + r"blog/(?P<conversation>[^/]+)/posts(?:/\d+)?"
_MESSAGES = _API + r"conversations/messages"


def _written(call: Call) -> Iterator[Passage]:
    for post in call.json:
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


def _words(post: Json) -> str:
    return "\n".join(text for text in at(post, "content[].text") if isinstance(text, str))


TUMBLR = Service(
    name="Tumblr",
    hosts=("tumblr.com",),
    known=(
        known(_POSTS, _written, sent=True),
        known(_MESSAGES, objects(Channel.MESSAGE, text="message", conversation="conversation_id"), sent=True,
              method="POST"),
        known(_MESSAGES, in_query("conversation_id", objects(Channel.MESSAGE, each="response.messages.data[]",
              text="message|content.text", author="participant")), sent=False),
        silent(_MESSAGES, sent=False),
        silent(_API + r"conversations(?:/unread.*|/participant.*)?"),
        known(_API + r"(?:timeline/.*|user/dashboard|tagged|blog/[^/]+/posts.*)", _shown, sent=False),
    ),
)  # fmt: skip
