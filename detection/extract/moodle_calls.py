"""What Moodle's pages ask of their server: private messages, posts in a forum, comments. Each school runs its own.

Source: Moodle's published code, ``lib/ajax/service.php`` (a list of calls with ``methodname`` and ``args``, a list of
answers with ``data``), ``message/externallib.php``, ``mod/forum/externallib.php`` and ``comment/classes/external.php``.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.json_body import JsonBody
from detection.extract.json_documents import Json, documents
from detection.extract.json_language import readable
from detection.extract.json_path import at, first
from detection.extract.language import is_short_message
from detection.extract.media_types import is_json
from detection.observation import Channel, Direction

_SERVICE = re.compile(r"/lib/ajax/service(?:-nologin)?\.php")

_WRITTEN = {
    "core_message_send_messages_to_conversation": (Channel.MESSAGE, "args.messages[]", "text", "args.conversationid"),
    "core_message_send_instant_messages": (Channel.MESSAGE, "args.messages[]", "text", "touserid"),
    "mod_forum_add_discussion_post": (Channel.POST, "args", "subject|message", "args.postid"),
    "mod_forum_add_discussion": (Channel.POST, "args", "subject|message", "args.forumid"),
    "core_comment_add_comments": (Channel.POST, "args.comments[]", "content", "itemid"),
}
"""By method: what it is, where each thing said stands, its words (in this order, together), and where it belongs."""


class MoodleCalls:
    def handles(self, message: Message) -> bool:
        return is_json(message.media_type) and _is_service(message.url)

    def passages(self, message: Message) -> Iterator[Passage]:
        """What is none of the known calls is read as any JSON."""
        written, known = message.direction is not Direction.SHOWN, False
        for call in (call for document in documents(decode(message)) for call in at(document, "[]")):
            for passage in _written(call) if written else _shown(call):
                known = True
                yield passage
        if not known:
            yield from JsonBody().passages(message)


def _written(call: Json) -> Iterator[Passage]:
    if (method := _WRITTEN.get(first(call, "methodname"))) is None:
        return
    channel, each, texts, conversation = method
    for one in at(call, each):
        words = "\n\n".join(filter(None, (readable(first(one, text)) for text in texts.split("|"))))
        yield from _said(channel, words, first(one, conversation) or first(call, conversation))


def _shown(answer: Json) -> Iterator[Passage]:
    for talk in at(answer, "data"):
        names = {first(member, "id"): first(member, "fullname") for member in at(talk, "members[]")}
        for said in at(talk, "messages[]") if names else ():
            author = names.get(first(said, "useridfrom"), "")
            yield from _said(Channel.MESSAGE, readable(first(said, "text")), first(talk, "id"), author)


def _said(channel: Channel, text: str, conversation: str, author: str = "") -> Iterator[Passage]:
    if is_short_message(text):
        yield Passage(channel=channel, text=text, conversation=conversation, author=author)


def _is_service(url: str) -> bool:
    try:
        return _SERVICE.search(urlsplit(url).path) is not None
    except ValueError:
        return False
