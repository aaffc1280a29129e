"""Roblox: chat between friends, private messages and group walls on its site and in its app.

Source: noblox/noblox.js (``chat.roblox.com/v2/send-message``, ``privatemessages.roblox.com/v1/messages``); Roblox's own
documentation of chat.roblox.com (``get-messages``) and groups.roblox.com (wall posts); the crate roblox-api on docs.rs,
``api/platform_chat/v1.rs`` (``apis.roblox.com/platform-chat-api/v1``: messages with ``content`` and ``sender_user_id``,
sent by ``send-messages``, listed by ``get-conversation-messages``). What is said inside a game goes with the game's own
traffic, which is no HTTP: it cannot be read here.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.services.base import Reads, Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.deeper import in_query
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_CHAT, _MAIL, _API, _GROUPS = (f"{name}.roblox.com" for name in ("chat", "privatemessages", "apis", "groups"))
_TALK = r"/platform-chat-api/v1/"
_WALL = r"/v\d/groups/(?P<conversation>\d+)/wall/posts"


def _letters(each: str, *, room: str) -> Reads:
    """A subject and what stands under it."""

    def read(call: Call) -> Iterator[Passage]:
        for letter in call.at(each):
            words = "\n".join(filter(None, (first(letter, "subject"), first(letter, "body"))))
            said = passage(Channel.MESSAGE, words, conversation=first(letter, room),
                           author=first(letter, "sender.name|sender.displayName"))  # fmt: skip
            if said:
                yield said

    return read


ROBLOX = Service(
    name="Roblox",
    hosts=("roblox.com",),
    known=(
        known(_TALK + r"send-messages", objects(Channel.MESSAGE, each="messages[]", text="content",
              conversation="conversation_id"), sent=True, host=_API),
        silent(_TALK + r"send-messages", sent=False, host=_API),
        known(_TALK + r"get-conversation-messages", in_query("conversation_id", objects(Channel.MESSAGE,
              each="messages[]", text="content", author="sender_user_id")), sent=False, host=_API),
        silent(_TALK + r"(?:update-typing-status|get-user-conversations|get-conversations|mark-conversations)",
               host=_API),
        known(r"/v2/send-message", objects(Channel.MESSAGE, text="message", conversation="conversationId"), sent=True,
              host=_CHAT),
        silent(r"/v2/send-message", sent=False, host=_CHAT),
        known(r"/v2/get-messages", in_query("conversationId", objects(Channel.MESSAGE, each="[]", text="content",
              author="senderTargetId")), sent=False, host=_CHAT),
        silent(r"/v2/(?:update-user-typing-status|get-user-conversations|multi-get-latest-messages)", host=_CHAT),
        known(r"/v1/messages/send", _letters("", room="recipientId"), sent=True, host=_MAIL),
        known(r"/v1/messages", _letters("collection[]", room="sender.id"), sent=False, host=_MAIL),
        known(_WALL, objects(Channel.POST, text="body"), sent=True, method="POST", host=_GROUPS),
        known(_WALL, objects(Channel.PAGE, each="data[]", text="body",
              author="poster.user.username|poster.username"), sent=False, host=_GROUPS),
    ),
)  # fmt: skip
