"""OpenAI's API: Chat Completions and Responses, whole and streamed.

Source: OpenAI's API reference, "Chat Completions", "Responses" and "Streaming events" (``response.output_text.delta``),
platform.openai.com/docs/api-reference. Other hosts that speak so are read by the general readers.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.media_types import EVENT_STREAM
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns, usual_pieces
from detection.extract.services.shapes import objects
from detection.observation import Channel

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


OPENAI = Service(
    name="OpenAI API",
    hosts=("api.openai.com",),
    chatbot=True,
    known=(
        known(r"/v1/chat/completions", _ASKED, sent=True, method="POST"),
        known(r"/v1/responses", _asked, sent=True, method="POST"),
        known(r"/v1/(?:chat/completions|responses)", _answered, sent=False),
        silent(r"/v1/(?:embeddings|models|moderations)(?:/.*)?"),
    ),
)
