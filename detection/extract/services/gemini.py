"""Gemini: what is asked on its page, the answer, and an old conversation opened again; and Google's API to its models.

Source: HanaokaYuzu/Gemini-API (``gemini_webapi``: where in ``StreamGenerate``'s ``f.req`` and answer the words stand;
``components/chat_mixin.py``: the turns of an old chat); Google's API reference, "generateContent" and
"streamGenerateContent", ai.google.dev/api.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.batchexecute import answers, calls
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns, usual_pieces
from detection.extract.services.shapes import passage
from detection.observation import Channel

_DATA = r"(?:/u/\d+)?/_/BardChatUi/data"
_GENERATE = _DATA + r"/assistant\.lamda\.BardFrontendService/StreamGenerate"
_READ_CHAT = "hNvQHb"
_MODEL = r"/v1(?:alpha|beta)?/(?:models|tunedModels)/[\w.-]+:(?:streamG|g)enerateContent"
_API = "generativelanguage.googleapis.com"


def _asked(call: Call) -> Iterator[Passage]:
    for _, value in calls(call.form.get("f.req", "")):
        if said := passage(Channel.PROMPT, first(value, "[0][0]"), conversation=first(value, "[2][0]")):
            yield said


def _answered(call: Call) -> Iterator[Passage]:
    """Every part repeats the answer so far, with whatever was improved in it; the last one counts."""
    text = conversation = ""
    for _, value in answers(call.json):
        text = first(value, "[4][0][1][0]") or text
        conversation = first(value, "[1][0]") or conversation
    if said := passage(Channel.REPLY, text, conversation=conversation):
        yield said


def _opened(call: Call) -> Iterator[Passage]:
    """The newest turn comes first."""
    for name, value in answers(call.json):
        for turn in reversed(list(at(value, "[0][]")) if name == _READ_CHAT else []):
            for channel, path in ((Channel.PROMPT, "[2][0][0]"), (Channel.REPLY, "[3][0][0][1][0]")):
                if said := passage(channel, first(turn, path), conversation=first(turn, "[0][0]")):
                    yield said


GEMINI = Service(
    name="Gemini",
    hosts=("gemini.google.com", _API),
    chatbot=True,
    known=(
        known(_GENERATE, _asked, sent=True, method="POST"),
        known(_GENERATE, _answered, sent=False),
        known(_DATA + r"/batchexecute", _opened, sent=False),
        silent(_DATA + r"/batchexecute"),
        known(_MODEL, turns(each="contents[]", who="role", text="parts[].text"), sent=True, method="POST", host=_API),
        known(_MODEL, reply(usual_pieces), sent=False, host=_API),
    ),
)
