"""HuggingChat: what is asked, the answer word by word, and an old conversation opened again.

Source: huggingface/chat-ui (``src/routes/conversation/[id]``: the form's ``data``, the updates ``stream``,
``finalAnswer``, ``title`` and ``reasoning``, a line each); xtekky/gpt4free (``Provider/needs_auth/hf/HuggingChat.py``).
"""

from collections.abc import Iterable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns
from detection.extract.services.shapes import passage
from detection.observation import Channel

_CHAT = r"/chat/conversation/(?P<conversation>\w+)"


def _asked(call: Call) -> Iterator[Passage]:
    for body in [call.form["data"]] if "data" in call.form else call.json:
        if said := passage(Channel.PROMPT, first(body, "inputs"), conversation=call.conversation):
            yield said


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    """A word is filled up with NULs, so that its length does not tell what it is."""
    for event in events:
        if isinstance(event, dict) and event.get("type") == "stream" and isinstance(token := event.get("token"), str):
            yield token.replace("\0", "")


HUGGINGCHAT = Service(
    name="HuggingChat",
    hosts=("huggingface.co", "hf.co"),
    chatbot=True,
    known=(
        known(_CHAT, _asked, sent=True, method="POST"),
        known(_CHAT, reply(_pieces), sent=False),
        known(r"/chat/api/v2/conversations/(?P<conversation>\w+)", turns(each="json.messages[]|messages[]",
              who="from", text="content"), sent=False),
        silent(r"/chat/conversation"),
        silent(r"/chat/api/(?:v2/)?(?:conversations|models|user)(?:/settings)?"),
    ),
)  # fmt: skip
