"""Brave Search: what was searched for, and what its AI was asked and answered.

Source: SearXNG's engine "brave" (``/search``, ``/images``, ``/videos``, ``/news``) and its autocompleter
(``/api/suggest``); brave-core's list of search engines (``/ask``); iqbalmh18/brave-api (``/api/tap/v1/new``, ``stream``
and ``stream_multimodal``, a question in the address of each); abdo2048/Ask-Brave-Chat-Exporter (the events of an
answer: ``text_delta``, ``inline_entity``, ``text_stop``; ``get_current_state`` of a conversation: what is shown, then
its events, ``user`` with the ``query``); SvelteKit's documentation, by which a page visited without a page load is
fetched as ``__data.json``.
"""

from collections.abc import Iterable, Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.replies import reply
from detection.extract.services.shapes import parameter, passage
from detection.observation import Channel

_SEARCH = r"/(?:search|images|videos|news|goggles)"
_DATA = r"/__data\.json"
_PIECES = {"text_delta": "delta", "inline_entity": "name"}
"""The names of people and things come on their own, amid the words; what it thinks comes as ``thinking_delta``."""


def _asked(call: Call) -> Iterator[Passage]:
    if said := passage(Channel.PROMPT, call.query.get("query", ""), conversation=call.query.get("id", "")):
        yield said


def _pieces(events: Iterable[Json]) -> Iterator[str]:
    """A part of the answer is repeated whole as it ends."""
    come = whole = ""
    for event in events:
        kind = first(event, "type")
        come += "".join(words for words in at(event, _PIECES.get(kind, "")) if isinstance(words, str))
        whole += first(event, "text") if kind == "text_stop" else ""
    yield come or whole


def _answered(call: Call) -> Iterator[Passage]:
    yield from reply(_pieces)(call.within(call.query.get("id", "")))


def _reopened(call: Call) -> Iterator[Passage]:
    conversation = call.query.get("id", "")
    events = list(call.at("[1][]"))
    asked = [place for place, event in enumerate(events) if first(event, "type") == "user"]
    for place, following in zip(asked, [*asked, len(events)][1:], strict=True):
        if said := passage(Channel.PROMPT, first(events[place], "query"), conversation=conversation):
            yield said
        answer = "".join(_pieces(events[place + 1 : following]))
        if said := passage(Channel.REPLY, answer, conversation=conversation):
            yield said


BRAVE_SEARCH = Service(
    name="Brave Search",
    hosts=("search.brave.com",),
    known=(
        known(rf"{_SEARCH}(?:{_DATA})?", parameter(Channel.SEARCH, "q", unless=("offset",)), sent=True,
              method="GET"),
        known(rf"/ask(?:{_DATA})?", parameter(Channel.PROMPT, "q"), sent=True, method="GET"),
        known(r"/api/tap/v1/stream(?:_multimodal)?", _asked, sent=True),
        known(r"/api/tap/v1/stream(?:_multimodal)?", _answered, sent=False),
        known(r"/api/tap/v1/get_current_state", _reopened, sent=False),
        # A conversation opened carries its first question, which is asked next; a tool run, what the AI looks for.
        silent(rf"/api/suggest|/api/tap/v1/\w+|{_SEARCH}{_DATA}"),
    ),
)  # fmt: skip
