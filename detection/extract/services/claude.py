"""Claude: what is asked on its page, the streamed answer, an old conversation opened again; and Anthropic's API.

Source: Anthropic's API reference, "Messages" and "Streaming Messages" (``content_block_delta``), docs.anthropic.com;
st1vms/unofficial-claude-api (the page's ``completion`` request); withLinda/claude-project-conversations-exporter
(``CLAUDE.md``: the addresses of lists and of one conversation, its ``chat_messages``).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.media_types import EVENT_STREAM
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns, usual_pieces
from detection.extract.services.shapes import objects
from detection.observation import Channel

_CHATS = r"/api/organizations/[\w-]+/chat_conversations"
_CHAT = _CHATS + r"/(?P<conversation>[\w-]+)"
_TEXT = "content[].text|content|text"
_STREAMED = reply(usual_pieces)
_WHOLE = turns(each="", who="role", text=_TEXT)


def _answered(call: Call) -> Iterator[Passage]:
    return (_STREAMED if call.message.media_type == EVENT_STREAM else _WHOLE)(call)


CLAUDE = Service(
    name="Claude",
    hosts=("claude.ai", "api.anthropic.com"),
    chatbot=True,
    known=(
        known(_CHAT + r"/(?:retry_)?completion", objects(Channel.PROMPT, text="prompt"), sent=True, method="POST"),
        known(_CHAT + r"/(?:retry_)?completion", _STREAMED, sent=False),
        known(r"/v1/messages", turns(each="messages[]", who="role", text=_TEXT), sent=True, method="POST"),
        known(r"/v1/messages", _answered, sent=False),
        silent(_CHAT + r"/title"),
        known(_CHAT, turns(each="chat_messages[]", who="sender", text=_TEXT), sent=False),
        silent(_CHATS),
        silent(r"/api/organizations/[\w-]+/(?:projects|chat_conversations_v2)(?:/.*)?", sent=False),
        silent(r"/(?:api/)?(?:event_logging|account|bootstrap)(?:/.*)?"),
    ),
)
