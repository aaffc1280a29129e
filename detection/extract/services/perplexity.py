"""Perplexity: what is asked, and the answer block by block.

Source: helallao/perplexity-ai (``perplexity/client.py``: address and request; ``utils.py``: the JSON in an event's
``text``), jamiemills/perplexity-cli (the ``blocks`` of an event: ``markdown_block`` with ``chunks``, their
``chunk_starting_offset`` and the whole ``answer``; ``diff_block`` with patches of it).
"""

from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.replies import reply
from detection.extract.services.shapes import objects
from detection.observation import Channel


class _Block:
    """One rendering of the answer; a stream may carry several."""

    def __init__(self) -> None:
        self.text = ""

    def take(self, block: Json) -> None:
        for markdown in at(block, "markdown_block"):
            self._replace(markdown)
        for patch in at(block, "diff_block.patches[]"):
            if not isinstance(patch, dict):
                continue
            path, value = patch.get("path"), patch.get("value")
            if path == "":
                self._replace(value)
            elif isinstance(path, str) and path.startswith("/chunks/") and isinstance(value, str):
                self.text += value
            elif path == "/answer" and isinstance(value, str):
                self.text = value

    def _replace(self, markdown: Json) -> None:
        if not isinstance(markdown, dict):
            return
        if isinstance(answer := markdown.get("answer"), str) and answer:
            self.text = answer
        elif chunks := [chunk for chunk in at(markdown, "chunks[]") if isinstance(chunk, str)]:
            self.text = "".join(chunks) if not markdown.get("chunk_starting_offset") else self.text + "".join(chunks)


def _answer(events: Iterable[Json]) -> Iterator[str]:
    blocks: dict[str, _Block] = {}
    final = ""
    for event in events:
        for block in at(event, "blocks[]"):
            if (usage := first(block, "intended_usage")).startswith("ask_text"):
                blocks.setdefault(usage, _Block()).take(block)
        final = first(event, "text[].content.answer.answer") or final
    yield max((block.text for block in blocks.values()), key=len, default="") or final


PERPLEXITY = Service(
    name="Perplexity",
    hosts=("perplexity.ai",),
    chatbot=True,
    known=(
        known(r"/rest/sse/perplexity_ask", objects(Channel.PROMPT, text="query_str",
              conversation="params.last_backend_uuid|params.frontend_context_uuid"), sent=True, method="POST"),
        known(r"/rest/sse/perplexity_ask(?:/reconnect/[\w-]+)?", reply(_answer,
              conversation="context_uuid|backend_uuid"), sent=False),
        silent(r"/rest/(?:autosuggest|event|thread/list_ask_threads|discover|homepage-widgets)(?:/.*)?"),
    ),
)  # fmt: skip
