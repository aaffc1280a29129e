"""The envelope Google's pages put their calls in: JSON in a string in JSON, with the name of the call beside it."""

from collections.abc import Iterable, Iterator

from detection.extract.json_documents import Json, documents
from detection.extract.limits import at_most

_MOST = 100
"""Calls in one envelope."""


def calls(request: str) -> Iterator[tuple[str, Json]]:
    """The name and argument of each call in a form's ``f.req``: ``[[["name", "[…]", null, "generic"]]]``, or
    ``[null, "[…]"]`` where the address names the call."""
    for envelope in documents(request):
        if not isinstance(envelope, list):
            continue
        if len(envelope) > 1 and envelope[0] is None:
            yield from _opened("", envelope[1])
        for group in at_most(envelope, _MOST):
            for call in at_most(group, _MOST) if isinstance(group, list) else []:
                if isinstance(call, list) and len(call) > 1 and isinstance(call[0], str):
                    yield from _opened(call[0], call[1])


def answers(response: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """The name and result of each call in an answer's values: ``["wrb.fr", "name", "[…]", …]``. In front of each stands
    its length, which ``documents`` passes over."""
    for chunk in response:
        for part in chunk if isinstance(chunk, list) else []:
            if isinstance(part, list) and len(part) > 2 and part[0] == "wrb.fr":
                yield from _opened(part[1] if isinstance(part[1], str) else "", part[2])


def _opened(name: str, text: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(text, str):
        for value in documents(text):
            yield name, value
            return
