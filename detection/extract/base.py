"""What every extractor takes and gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from detection.extract.edit import Edit
from detection.observation import Channel, Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One request, response or frame, stripped of the protocol that carried it."""

    url: str
    method: str = "GET"
    media_type: str = ""
    """Lower case, without parameters."""
    charset: str = ""
    """From the content-type header, where it names one."""
    body: bytes = b""
    """Decoded: no content coding left."""
    direction: Direction
    frame: bool = False
    """One WebSocket message (its fragments joined); method and media type say nothing then."""
    action: str = ""
    """What a header of the request says is asked for, where its service's page says so in one (``header_action``); an
    answer bears its request's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of human language found in a message."""

    channel: Channel
    text: str
    conversation: str = ""
    author: str = ""
    """Who said it, where that is not the person themselves."""
    app: str = ""
    """The service's name, where it is a known one."""
    edits: tuple[Edit, ...] = ()
    """What was done to a document that is being written, in order; ``text`` is what of it stands there then, and may
    be nothing. Who remembers what was written before makes sentences of them: ``detection.typed_documents``."""


class Extractor(Protocol):
    def handles(self, message: Message) -> bool: ...

    def passages(self, message: Message) -> Iterator[Passage]: ...
