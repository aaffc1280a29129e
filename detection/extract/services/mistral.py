"""Le Chat of Mistral: what is asked, and the answer, a numbered line for every few words.

Source: juangchuank-ops/mistral2api (``app/mistral_client.py``: the first question goes to the tRPC call
``message.newChat`` with ``content``, a further one to ``/api/chat`` with ``chatId`` and ``messageInput``; in the answer
the lines numbered 0 hold words as JSON strings, the others how it goes on).
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.numbered_lines import said_in
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.shapes import named, objects, passage
from detection.observation import Channel


def _answered(call: Call) -> Iterator[Passage]:
    if said := passage(Channel.REPLY, said_in(call.text)):
        yield said


MISTRAL = Service(
    name="Mistral Le Chat",
    hosts=("chat.mistral.ai",),
    chatbot=True,
    known=(
        known(r"/api/trpc/message\.newChat", objects(Channel.PROMPT, each="{}.json", text="content|content[].text",
              conversation="chatId"), sent=True, method="POST"),
        silent(r"/api/trpc/message\.newChat", sent=False),
        known(r"/api/chat", objects(Channel.PROMPT, text="messageInput|messageInput[].text", conversation="chatId"),
              sent=True, method="POST"),
        known(r"/api/chat", _answered, sent=False),
        silent(r"/api/chat", sent=True, when=named("mode", "start", "retry")),
        silent(r"/api/trpc/(?:event|user)\..*"),
    ),
)  # fmt: skip
