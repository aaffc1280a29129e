"""Meta AI: what is asked on meta.ai and the answer, longer in every line.

Source: Strvm/meta-ai-api and xtekky/gpt4free (``Provider/needs_auth/MetaAI.py``): the form's ``variables`` of
``useAbraSendMessageMutation``, and ``bot_response_message`` with its ``snippet`` in each line of the answer.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_path import first
from detection.extract.services.base import Service, known
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel

_GRAPHQL = r"/(?:api/)?graphql/?"


def _asked(call: Call) -> Iterator[Passage]:
    variables = call.form.get("variables", "")
    if said := passage(Channel.PROMPT, first(variables, "message.sensitive_string_value"),
                       conversation=first(variables, "externalConversationId")):  # fmt: skip
        yield said


def _answered(call: Call) -> Iterator[Passage]:
    """The last line counts: earlier ones are shorter, and may hold what was corrected since."""
    text = ""
    for line in call.json:
        text = first(line, "data.node.bot_response_message.snippet") or text
    if said := passage(Channel.REPLY, text):
        yield said


META_AI = Service(
    name="Meta AI",
    hosts=("meta.ai",),
    chatbot=True,
    known=(
        known(_GRAPHQL, _asked, sent=True, method="POST"),
        known(_GRAPHQL, _answered, sent=False),
    ),
)
