"""Readers for what lies deeper: an object anywhere in a document, JSON in a form's fields, a room in the query."""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.json_documents import Json
from detection.extract.json_path import at, first
from detection.extract.services.base import Reads
from detection.extract.services.call import Call
from detection.extract.services.shapes import passage
from detection.observation import Channel


def anywhere(channel: Channel, key: str, *, text: str, author: str = "", conversation: str = "",
             without: tuple[str, ...] = ()) -> Reads:  # fmt: skip
    """Of every object that has ``key``, the first words that ``text`` leads to; ``without`` marks advertisements."""

    def read(call: Call) -> Iterator[Passage]:
        for one in call.objects_with(key, without=without):
            if said := passage(channel, first(one, text), author=first(one, author),
                               conversation=first(one, conversation) or call.conversation):  # fmt: skip
                yield said

    return read


def in_form(channel: Channel, *texts: str, conversation: str = "") -> Reads:
    """One thing said, made of what each of these paths leads to; a field that holds JSON is opened."""

    def read(call: Call) -> Iterator[Passage]:
        form: dict[str, Json] = {**call.form}
        words = "\n".join(filter(None, (first(form, text) for text in texts)))
        if said := passage(channel, words, conversation=first(form, conversation) or call.conversation):
            yield said

    return read


def in_query(name: str, reads: Reads) -> Reads:
    """As ``reads``, where the address's query names the conversation."""
    return lambda call: reads(call.within(call.query.get(name) or call.conversation))


def joined(value: Json, path: str) -> str:
    """The pieces of one text, put together as they stand."""
    return "".join(piece for piece in at(value, path) if isinstance(piece, str)).strip()
