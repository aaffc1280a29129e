"""A message to or from a named service, taken apart as its readers ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlsplit

from detection.extract.base import Message
from detection.extract.charset import codec_of, decode
from detection.extract.event_stream import data_of
from detection.extract.json_documents import Json, documents
from detection.extract.json_find import objects_with
from detection.extract.json_path import at
from detection.extract.limits import first_fields
from detection.extract.media_types import EVENT_STREAM, FORM, MULTIPART
from detection.extract.multipart import content, parts
from detection.observation import Direction

_MOST_FIELDS = 500


@dataclass(frozen=True, kw_only=True)
class Call:
    message: Message
    host: str
    """Lower case; "" where the address is none."""
    path: str
    """Unquoted, without the query."""
    query: dict[str, str]
    """The first value of each name."""
    conversation: str = ""
    """From the path, where it names one."""

    @classmethod
    def of(cls, message: Message) -> "Call":
        try:
            address = urlsplit(message.url)
            host = (address.hostname or "").lower()
            query = _first(parse_qsl(first_fields(address.query, _MOST_FIELDS), keep_blank_values=True))
        except ValueError:
            return cls(message=message, host="", path="", query={})
        return cls(message=message, host=host, path=unquote(address.path) or "/", query=query)

    def within(self, conversation: str) -> "Call":
        return replace(self, conversation=conversation)

    @property
    def sent(self) -> bool:
        """From the person's side, by themselves or by a page."""
        return self.message.direction is not Direction.SHOWN

    @property
    def action(self) -> str:
        """What the call is for, where the address or the service's header says."""
        return self.query.get("action") or self.message.action

    @cached_property
    def text(self) -> str:
        return decode(self.message)

    @cached_property
    def json(self) -> list[Json]:
        """Every JSON value in the body: one, one to a line, one to an event, or behind a guard."""
        if self.message.media_type == EVENT_STREAM:
            return [value for data in data_of(self.text) for value in documents(data)]
        return list(documents(self.text))

    def at(self, path: str) -> Iterator[Json]:
        """Every value the path leads to in any of ``json``."""
        return (value for document in self.json for value in at(document, path))

    def objects_with(self, key: str, *, without: tuple[str, ...] = ()) -> Iterator[dict[str, Json]]:
        """Every object in any of ``json`` that has ``key``."""
        return (one for document in self.json for one in objects_with(document, key, without=without))

    @cached_property
    def form(self) -> dict[str, str]:
        """The first value of each field of a form, urlencoded or in parts; files are left out."""
        message = self.message
        if message.media_type == FORM:
            coding = codec_of(message.charset) or "utf-8"
            body = message.body.decode("latin-1")
            return _first(parse_qsl(first_fields(body, _MOST_FIELDS), True, encoding=coding, errors="replace"))
        if message.media_type == MULTIPART:
            found = [part for part in parts(message.body) if part.file_name is None]
            return _first([(p.name, content(message.body, p).decode("utf-8", "replace")) for p in found])
        return {}


def _first(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(pairs))
