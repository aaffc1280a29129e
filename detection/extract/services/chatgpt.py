"""ChatGPT: what is asked, the answer as a stream of patches, and an old conversation opened again.

Source: lanqian528/chat2api (``chatgpt/stream_v1.py``: the delta encoding v1, and the older whole-message events),
xtekky/gpt4free (``Provider/needs_auth/OpenaiChat.py``: the request and both addresses), pionxzh/chatgpt-exporter
(``src/api.ts``: a conversation's ``mapping``). An answer that is handed over to a WebSocket: ``chatgpt_socket``.
"""

from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.chatgpt_socket import PIECES, over_socket
from detection.extract.services.replies import reply, turns

_API = r"/backend-(?:api|anon)"
_TEXT = "content.parts[]|content.parts[].text"
"""Typed, or spoken and written down."""


class _Patches:
    def __init__(self) -> None:
        self._path = "/message/content/parts/0"
        self._speaks = True
        """So until told otherwise: a part of a stream begins amid a message."""

    def words(self, event: Json) -> str:
        """Of a patch, a list of patches, or a bare continuation of the last one."""
        if not isinstance(event, dict):
            return ""
        if isinstance(path := event.get("p"), str):
            self._path = path
        value = event.get("v", event)
        if isinstance(value, list):
            return "".join(self.words(v) for v in value if isinstance(v, dict) and not isinstance(v.get("v"), list))
        if isinstance(value, dict):
            return self._begun(value.get("message"))
        return value if isinstance(value, str) and self._speaks and "/content/parts" in self._path else ""

    def _begun(self, message: Json) -> str:
        """A message's first words, or in the older streams all so far."""
        if not isinstance(message, dict):
            return ""
        aside = first(message, "recipient") not in ("", "all")  # to a tool
        self._speaks = first(message, "author.role") == "assistant" and not aside
        self._path = "/message/content/parts/0"
        return "".join(v for v in at(message, "content.parts[]") if isinstance(v, str)) if self._speaks else ""


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    return map(_Patches().words, events)


_ANSWERED = reply(_pieces, conversation="v.conversation_id|conversation_id")

CHATGPT = Service(
    name="ChatGPT",
    hosts=("chatgpt.com", "chat.openai.com"),
    chatbot=True,
    pieces=PIECES,
    known=(
        *over_socket(_ANSWERED),
        known(_API + r"/(?:f/)?conversation", turns(each="messages[]", who="author.role", text=_TEXT,
              conversation="conversation_id"), sent=True, method="POST"),
        known(_API + r"/(?:f/)?conversation(?:/resume)?", _ANSWERED, sent=False),
        known(_API + r"/conversation/(?P<conversation>[0-9a-f-]{36})", turns(each="mapping{}.message",
              who="author.role", text=_TEXT), sent=False),
        silent(_API + r"/f/conversation/prepare"),
        silent(_API + r"/conversation/(?:gen_title|init)(?:/.*)?"),
        silent(_API + r"/(?:conversations|gizmos|prompt_library|lat|sentinel|accounts)(?:/.*)?"),
        silent(r"/ces/.*"),
    ),
)  # fmt: skip
