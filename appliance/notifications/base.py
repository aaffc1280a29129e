"""What every way of telling somebody takes and promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    id: int
    """The notification's: the same alert sent twice carries the same."""
    recipient: str
    subject: str
    body: str
    created_at: datetime


class SendError(Exception):
    """Not delivered; ``permanent`` if trying again cannot help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Transport(Protocol):
    def send(self, alert: Alert) -> None:
        """Deliver, or raise SendError."""
