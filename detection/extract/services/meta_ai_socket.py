"""Meta AI's page today: what is asked and answered over the socket of Meta's gateway.

Source: Foxic05/foxroute, ``foxroute/providers/web/meta_ai.py`` and ``_dgw.py``: the gateway's data frames at
``gateway.meta.ai/ws/clippy``; in what is sent JSON with a protobuf in base64 (2: what is asked, of it 2 its words, and
1, 2, 1 the conversation), in what comes a protobuf (1, of it 4 or 5: one rendering of the answer so far, of that 2 its
words, and 1 or, in the patches of 10, a path that tells the model's thinking from its answer).
"""

import base64
import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import documents
from detection.extract.json_path import at, first
from detection.extract.meta_gateway import payloads
from detection.extract.protobuf_fields import Value, each, one, text
from detection.extract.services.base import Known, Pieces, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_SOCKET = r"/ws/clippy"
_DATA = re.compile("\\A\r")
_ATTACHED = re.compile(r"<\|attachment:\d{1,4}\|> ?")
_THINKING = "/sections/0/"


def _asked(call: Call) -> Iterator[Passage]:
    for payload in payloads(call.message.body):
        asked = one(_unwrapped(payload), 2)
        if said := passage(Channel.PROMPT, _ATTACHED.sub("", text(one(asked, 2))),
                           conversation=text(one(asked, 1, 2, 1))):  # fmt: skip
            yield said


def _answered(call: Call) -> Iterator[Passage]:
    """Every frame repeats the answer so far; one that holds less of it is another rendering."""
    longest = ""
    for payload in payloads(call.message.body):
        for part in each(_unwrapped(payload), 1):
            longest = max((longest, *_renderings(part)), key=len)
    if said := passage(Channel.REPLY, longest):
        yield said


def _renderings(part: Value) -> Iterator[str]:
    for block in each(part, 4):
        patches = (patch for found in each(block, 10) for patch in documents(text(found)))
        if not any(_THINKING in first(each_, "path") for patch in patches for each_ in at(patch, "operations[]")):
            yield text(one(block, 2))
    for block in each(part, 5):
        if not text(one(block, 1)).startswith("reasoning"):
            yield text(one(block, 2))


def _unwrapped(payload: bytes) -> bytes:
    if not payload.startswith(b"{"):
        return payload
    coded = next((first(value, "payload") for value in documents(payload.decode("utf-8", "replace"))), "")
    try:
        return base64.b64decode(coded)
    except ValueError:
        return b""


def _holds_no_data(call: Call) -> bool:
    return not any(payloads(call.message.body))


PIECES = Pieces(one=_DATA)
KNOWN: tuple[Known, ...] = (
    known(_SOCKET, _asked, sent=True, frame=True),
    known(_SOCKET, _answered, sent=False, frame=True),
    silent(_SOCKET, frame=True, when=_holds_no_data),
)
