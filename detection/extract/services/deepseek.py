"""DeepSeek: what is asked, the answer as patches of fragments, and an old conversation opened again.

Source: xtekky/gpt4free (``Provider/needs_auth/DeepSeek.py`` and ``deepseek/stream.py``: addresses, request, events and
kinds of fragment). A model's thinking is read with its answer: the page shows it above.
"""

from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.replies import reply, turns
from detection.extract.services.shapes import objects
from detection.observation import Channel

_SHOWN = frozenset({"", "RESPONSE", "TEMPLATE_RESPONSE", "THINK", "THINKING", "REASONING"})
"""Kinds of fragment with words for the reader; the rest is searches and files."""


class _Patches:
    def __init__(self) -> None:
        self._path = "response/fragments/-1/content"
        self._speaks = True

    def words(self, event: Json) -> str:
        if not isinstance(event, dict):
            return ""
        if isinstance(path := event.get("p"), str):
            self._path = path
        value = event.get("v")
        if isinstance(value, dict):
            return "".join(map(self._fragment, at(value, "response.fragments[]")))
        if isinstance(value, list) and self._path.endswith("fragments"):
            return "".join(map(self._fragment, value))
        if isinstance(value, list):
            return "".join(self.words(v) for v in value if isinstance(v, dict) and not _is_batch(v))
        return value if isinstance(value, str) and self._speaks and self._path.endswith("content") else ""

    def _fragment(self, fragment: Json) -> str:
        self._speaks = first(fragment, "type") in _SHOWN
        self._path = "response/fragments/-1/content"
        text = fragment.get("content") if isinstance(fragment, dict) and self._speaks else ""
        return f"\n{text}" if isinstance(text, str) else ""


def _is_batch(patch: dict[str, Json]) -> bool:
    """A list of patches holds none itself, but may add fragments."""
    return isinstance(patch.get("v"), list) and not str(patch.get("p")).endswith("fragments")


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    return map(_Patches().words, events)


DEEPSEEK = Service(
    name="DeepSeek",
    hosts=("chat.deepseek.com",),
    chatbot=True,
    known=(
        known(r"/api/v0/chat/(?:completion|edit_message)", objects(Channel.PROMPT, text="prompt",
              conversation="chat_session_id"), sent=True, method="POST"),
        known(r"/api/v0/chat/(?:completion|continue|edit_message|regenerate|resume_stream)", reply(_pieces),
              sent=False),
        known(r"/api/v0/chat/history_messages", turns(each="data.biz_data.chat_messages[]", who="role",
              text="content|fragments[].content", conversation="data.biz_data.chat_session.id"), sent=False),
        silent(r"/api/v0/(?:chat_session|users|client|chat/create_pow_challenge)(?:/.*)?"),
    ),
)  # fmt: skip
