"""What is to be drawn, and the picture that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from detection.observation import Channel, Evidence

Kind = Literal["page", "message", "search", "text"]
KINDS: Mapping[str, Kind] = {
    Channel.PAGE: "page",
    Channel.SEARCH: "search",
    Channel.MESSAGE: "message",
    Channel.PROMPT: "message",
    Channel.REPLY: "message",
}
"""How a channel is drawn; what is not named here, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing said before, in the same conversation."""

    when: datetime
    direction: str
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One capture, as the worker hands it over."""

    kind: Kind
    who: str
    when: datetime
    """Aware; shown in the zone it carries."""
    where: str
    app: str
    channel: str
    """A ``detection.observation.Channel``."""
    direction: str
    """A ``detection.observation.Direction``."""
    category: str
    severity: int
    needles: tuple[str, ...] = ()
    """The matched words as they were written, the leading match first."""
    text: str
    ranges: tuple[tuple[int, int], ...] = ()
    """Where they stand in ``text``, in code points, the leading match first."""
    evidence: Evidence | None = None
    url: str = ""
    author: str = ""
    before: tuple[Line, ...] = ()
    note: str = ""
    """Why there is no evidence, as a whole sentence, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    png: bytes
    note: str = ""
    """Why the picture is not simply the page: a sentence for the reviewer."""
