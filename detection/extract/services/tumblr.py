"""Tumblr: posts, messages and the dashboard.

Source: tumblr/docs, ``api.md`` (``/v2/blog/…/posts``, ``/v2/user/dashboard``, ``/v2/tagged``) and ``npf-spec.md``
(``content`` blocks, ``trail``); for messages, public clients of ``/v2/conversations/messages`` (``message``,
``conversation_id``, ``participant``). The page asks the same at www.tumblr.com/api.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_find import objects_with
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
        words = "\n".join(text for text in at(post, "content[].text") if isinstance(text, str))
        said = passage(Channel.POST, words, conversation=first(post, "parent_post_id") or call.conversation)
        if said and first(post, "state") != "draft":
            yield said


def _shown(call: Call) -> Iterator[Passage]:
    """A post and, before it, what it answers; each part has its own blog."""
    for document in call.json:
        for part in objects_with(document, "content"):
            words = "\n".join(text for text in at(part, "content[].text") if isinstance(text, str))
            said = passage(Channel.PAGE, words, author=first(part, "blog_name|blogName|blog.name"),
                           conversation=first(part, "id_string|idString|id|post.id"))  # fmt: skip
            if said:
                yield said


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
