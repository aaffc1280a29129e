"""What a sensor saw: who, where, when, in which app, and the words themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4


class Channel(StrEnum):
    SEARCH = "search"
    PROMPT = "prompt"
    REPLY = "reply"
    MESSAGE = "message"
    POST = "post"
    MAIL = "mail"
    DOCUMENT = "document"
    PAGE = "page"
    URL = "url"
    FILE_NAME = "file-name"
    SCREEN = "screen"
    DNS = "dns"
    TUNNEL = "tunnel"


class Direction(StrEnum):
    WRITTEN = "written"
    """The person wrote it."""
    SENT_BY_PAGE = "sent-by-page"
    """A page sent it in the person's name."""
    SHOWN = "shown"
    """It was put in front of the person."""


class PersonRole(StrEnum):
    PUPIL = "pupil"
    STAFF = "staff"
    UNKNOWN = "unknown"


class AgeBand(StrEnum):
    PRIMARY = "4-10"
    SECONDARY = "11-16"
    SIXTH_FORM = "17-18"
    ADULT = "adult"
    UNKNOWN = "unknown"


class Mark(StrEnum):
    DELETED = "deleted"
    PASTED = "pasted"
    OCR = "ocr"
    TEST = "test"
    HELP_SEEKING = "help-seeking"
    WITHHELD = "withheld"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The monitored person, as far as a sensor can tell."""

    organisation: str = ""
    """The school's slug."""
    people: tuple[str, ...] = ()
    """Person references (never names): one is sure, several are possible, none is unknown."""
    role: PersonRole = PersonRole.UNKNOWN
    age_band: AgeBand = AgeBand.UNKNOWN
    group: str = ""
    """Of the school's people, such as ``Year 12`` or ``staff``; empty is unknown."""
    device: str | None = None
    address: str | None = None
    identity_source: str = "none"
    """Where the people came from: none, address-list, agent, radius …"""
    identity_age: float | None = None
    """Seconds since that source last confirmed it; None where the source has no clock."""

    @property
    def key(self) -> str:
        """What stands for this person in grouping: the person if sure, else the device, else the address."""
        if len(self.people) == 1:
            return f"person:{self.people[0]}"
        return f"device:{self.device}" if self.device else f"address:{self.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The recorded bytes a capture is drawn from, already without secrets."""

    index: bytes
    """A HAR 1.2 log as JSON; each response names its body as ``content._sha256``."""
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    """Decoded bodies by the SHA-256 (hex) of their bytes."""
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing seen."""

    id: str = field(default_factory=lambda: uuid4().hex)
    """The idempotency key from the sensor to the capture."""
    seen_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    reported_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """The sensor's own clock, never corrected afterwards."""
    subject: Subject
    channel: Channel
    direction: Direction
    app: str
    location: str
    """URL without its query's secrets, or window title."""
    conversation: str = ""
    """What holds messages together: a room, a thread; else the app."""
    author: str = ""
    """Who wrote a shown message, where the app says."""
    lang: str = ""
    text: str
    marks: frozenset[Mark] = frozenset()
    evidence: Evidence | None = None
