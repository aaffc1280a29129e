"""Meta AI: what is asked on meta.ai and the answer, longer in every line; today's page: ``meta_ai_socket``.

Source: diegosouzapw/OmniRoute, ``open-sse/executors/muse-spark-web.ts``: ``useEctoSendMessageSubscription`` as JSON
(``variables`` with ``content`` and ``conversationId``), answered by events whose ``sendMessageStream`` repeats the
``content`` so far. Before that: Strvm/meta-ai-api and xtekky/gpt4free (``Provider/needs_auth/MetaAI.py``): the form's
``variables`` of ``useAbraSendMessageMutation``, and ``bot_response_message`` with its ``snippet`` in each line.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import documents
from detection.extract.json_path import first
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.meta_ai_socket import KNOWN, PIECES
from detection.extract.services.shapes import passage
from detection.observation import Channel

_GRAPHQL = r"/(?:api/)?graphql/?"


def _asked(call: Call) -> Iterator[Passage]:
    """As JSON, or as JSON in a field of a form."""
    for variables in [*call.at("variables"), *documents(call.form.get("variables", ""))]:
        if said := passage(Channel.PROMPT, first(variables, "content|message.sensitive_string_value"),
                           conversation=first(variables, "conversationId|externalConversationId")):  # fmt: skip
            yield said


def _answered(call: Call) -> Iterator[Passage]:
    """The last one counts: earlier ones are shorter, and may hold what was corrected since."""
    text = conversation = ""
    for part in call.at("data"):
        text = first(part, "sendMessageStream.content|node.bot_response_message.snippet") or text
        conversation = first(part, "sendMessageStream.conversationId") or conversation
    if said := passage(Channel.REPLY, text, conversation=conversation):
        yield said


META_AI = Service(
    name="Meta AI",
    hosts=("meta.ai",),
    chatbot=True,
    pieces=PIECES,
    known=(
        *KNOWN,
        known(_GRAPHQL, _asked, sent=True, method="POST"),
        known(_GRAPHQL, _answered, sent=False),
    ),
)
