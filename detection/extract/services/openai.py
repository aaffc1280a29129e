"""OpenAI's API: Chat Completions and Responses, whole and streamed, and what is said in a Realtime session.

Source: OpenAI's API reference (openai/openai-openapi, ``openapi.yaml``): "Chat Completions", "Responses", "Streaming
events" (``response.output_text.delta``) and "Realtime": client and server events (``conversation.item.create``; what
the person said aloud in ``conversation.item.input_audio_transcription.completed``; a whole answer in
``response.output_text.done`` or ``response.output_audio_transcript.done``, until 2025 without ``output_``). Other hosts
that speak so are read by the general readers.
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.media_types import EVENT_STREAM
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns, usual_pieces
from detection.extract.services.shapes import objects, passage
from detection.observation import Channel

_REALTIME = r"/v1/realtime"
_WHOLE = re.compile(r"response\.(?:output_)?(?:text|audio_transcript)\.done")
_ALOUD = "conversation.item.input_audio_transcription.completed"
_CONTENT = "content|content[].text"
_ASKED = turns(each="messages[]", who="role", text=_CONTENT)
_INPUT = turns(each="input[]", who="role", text=_CONTENT, conversation="conversation|previous_response_id")
_INPUT_ALONE = objects(Channel.PROMPT, text="input", conversation="conversation|previous_response_id")
_ANSWER = turns(each="choices[].message", who="role", text="content|refusal")
_OUTPUT = turns(each="output[]", who="role", text=_CONTENT, conversation="conversation.id|id")
_STREAMED = reply(usual_pieces, conversation="response.conversation.id|response.id")


def _asked(call: Call) -> Iterator[Passage]:
    yield from _INPUT(call)
    yield from _INPUT_ALONE(call)


def _answered(call: Call) -> Iterator[Passage]:
    if call.message.media_type == EVENT_STREAM:
        yield from _STREAMED(call)
    else:
        yield from _ANSWER(call)
        yield from _OUTPUT(call)


def _heard(call: Call) -> Iterator[Passage]:
    for event in call.json:
        kind = first(event, "type")
        channel = Channel.REPLY if _WHOLE.fullmatch(kind) else Channel.PROMPT if kind == _ALOUD else None
        if channel and (said := passage(channel, first(event, "text|transcript"))):
            yield said


OPENAI = Service(
    name="OpenAI API",
    hosts=("api.openai.com",),
    chatbot=True,
    known=(
        known(r"/v1/chat/completions", _ASKED, sent=True, method="POST"),
        known(r"/v1/responses", _asked, sent=True, method="POST"),
        known(r"/v1/(?:chat/completions|responses)", _answered, sent=False),
        known(_REALTIME, turns(each="item", who="role", text=_CONTENT), sent=True, frame=True),
        known(_REALTIME, _heard, sent=False, frame=True),
        silent(_REALTIME, frame=True),
        silent(r"/v1/(?:embeddings|models|moderations)(?:/.*)?"),
    ),
)
