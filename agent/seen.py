"""What a session saw on the screen of a device: it says this to the service, which alone knows whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from detection.observation import Channel, Direction, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing seen. Whose it is the service knows from the account that the session runs under."""

    id: str = field(default_factory=lambda: uuid4().hex)
    """The observation's, from here to the capture: said twice, it is the same thing."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    channel: Channel
    direction: Direction
    app: str
    """The program's name as people know it, such as "LibreOffice Writer"."""
    title: str = ""
    """Of its window."""
    location: str = ""
    """The address or the document's name, where the system tells."""
    place: str = ""
    """Names the text field and the sentence in it, for as long as the session lives: what is said of the same place
    again is what it has grown to. Empty for what does not grow."""
    text: str
    marks: frozenset[Mark] = frozenset()
    picture: bytes = b""
    """The active window as a JPEG, or nothing. In memory only, until something is detected."""
    earlier_pictures: Sequence[bytes] = ()
    """Frames from before it, the oldest first, from the ring in memory."""
