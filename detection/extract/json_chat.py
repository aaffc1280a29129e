"""A chat message among JSON objects: something said, with who said it or where."""

import re
from dataclasses import dataclass

from detection.extract.json_documents import Json
from detection.extract.matrix_event import NEW_CONTENT, is_content, words

SAID = ("text", "message", "content", "body", "msg")
AUTHORS = ("author", "user", "from", "sender", "username", "user_name", "nick", "nickname", "screen_name",
           "author_name", "from_name", "display_name", "displayname", "imdisplayname", "sender_full_name",
           "user_id", "userid", "sender_id", "senderid")  # fmt: skip
CONVERSATIONS = ("conversation", "conversation_id", "conversationid", "thread", "thread_id", "threadid", "room",
                 "room_id", "roomid", "channel", "channel_id", "channelid", "chat", "chat_id", "chatid", "group_id",
                 "groupid", "to", "recipient", "recipient_id", "peer", "stream_id", "display_recipient")  # fmt: skip
_BESIDE_MSG = (("u",), ("rid",))
"""Rocket.Chat's author and room; elsewhere such keys say anything."""
_TWICE = (NEW_CONTENT, "formatted_body", "formatted_text", "html", "body_html", "content_html", "message_html",
          "text_html", "rendered")  # fmt: skip
"""The same words once more, as markup."""
_DDP = frozenset({"connect", "connected", "failed", "ping", "pong", "sub", "unsub", "nosub", "ready", "added",
                  "changed", "removed", "method", "result", "updated"})  # fmt: skip
_DDP_FIELDS = frozenset({"id", "collection", "method", "subs", "methods", "session", "version", "server_id"})
_NOTICE = "stream-notify"
_NAMES = ("name", "display_name", "displayname", "global_name", "username", "nick", "login", "title", "id")
_ARTICLE = frozenset({"title", "headline", "slug", "permalink", "canonical", "published", "published_at"})
_LONGEST = 8000
"""Characters; a longer text is an article."""

_IN_ADDRESS = re.compile(r"/(?:channels?|rooms?|conversations?|threads?|chats?|groups?)/([^/?#]{1,200})", re.I)


@dataclass(frozen=True, slots=True)
class Chat:
    keys: frozenset[str]
    """Under which the words, their author and their conversation stand: none of them is something more said."""
    text: str
    author: str
    conversation: str


def conversation_in(url: str) -> str:
    """The room a chat's own address names: ``/channels/123/messages``."""
    found = _IN_ADDRESS.search(url)
    return found[1] if found else ""


def chat_message(value: dict[str, Json], conversation: str, *, alone: bool) -> Chat | None:
    """``conversation`` is what the surroundings say; ``alone``: the object is all a chat's frame or request carries."""
    folded = {key.casefold(): key for key in value}
    if not _ARTICLE.isdisjoint(folded) or envelope(value):
        return None
    said = next((key for name in SAID if (key := folded.get(name)) is not None and _text(value[key])), None)
    if said is None:
        return None
    more_authors, more_rooms = _BESIDE_MSG if said == "msg" else ((), ())
    author_key, author = _first_name(value, folded, AUTHORS + more_authors)
    room_key, room = _first_name(value, folded, CONVERSATIONS + more_rooms)
    text = words(value) if is_content(value) else _text(value[said])
    if len(text) > _LONGEST or not (author or room or alone):
        return None
    around = (folded[name] for name in (*AUTHORS, *CONVERSATIONS) if name in folded)
    names = (key for key in around if isinstance(value[key], str))
    again = (folded[name] for name in _TWICE if name in folded)
    return Chat(frozenset((said, author_key, room_key, *names, *again)), text, author, room or conversation)


def envelope(value: dict[str, Json]) -> frozenset[str]:
    """The keys of what Meteor's protocol (DDP) sends that name what it does: nothing said. Of a notice all of them.

    Source: "DDP Specification", meteor/meteor; Rocket.Chat's developer guide, "Realtime API".
    """
    kind = value.get("msg")
    if not isinstance(kind, str) or kind not in _DDP or not (len(value) == 1 or _DDP_FIELDS & value.keys()):
        return frozenset()
    if any(name in value for name in AUTHORS):
        return frozenset()
    told = value.get("method"), value.get("collection"), value.get("name")
    is_notice = any(isinstance(name, str) and name.startswith(_NOTICE) for name in told)
    return frozenset(value) if is_notice else frozenset({"msg", "method", "collection", "name"})


def _text(value: Json) -> str:
    if isinstance(value, dict) and is_content(value):
        return words(value)
    if isinstance(value, dict):
        value = next((value[key] for key in SAID if isinstance(value.get(key), str)), None)
    return value if isinstance(value, str) else ""


def _first_name(value: dict[str, Json], folded: dict[str, str], names: tuple[str, ...]) -> tuple[str, str]:
    """The key and the name under it; both empty if there is none."""
    found = ((folded[name], _name(value[folded[name]])) for name in names if name in folded)
    return next(((key, name) for key, name in found if name), ("", ""))


def _name(value: Json) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _NAMES if isinstance(value.get(key), str | int)), "")
    if isinstance(value, str):
        return value.strip()[:200]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
